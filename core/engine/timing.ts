import { micros } from '../units.ts';

/**
 * How far ahead of its sounding a decision falls. It exceeds the sinks' lookahead (0.2 s, 0.35 s
 * while an export runs) plus the worst timer gap measured (28 ms), so that nothing is late.
 */
export const BAR_HORIZON = micros(500_000);
/** Continuous controls are decided shortly before they sound, so that a knob feels immediate. */
export const CONTROL_HORIZON = micros(100_000);
/** Step of the control grid: 20 a second. */
export const CONTROL_STEP = micros(50_000);
