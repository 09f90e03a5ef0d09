import { micros, MICROS_PER_SECOND } from '../units.ts';

/**
 * How far ahead of its sounding a bar is decided. The sinks are handed events CONTROL_HORIZON ahead (`LOOKAHEAD` in
 * renderer/engine/runner.ts); this has to exceed that, so that a bar is whole before anything of it is handed on.
 */
export const BAR_HORIZON = micros(500_000);
/**
 * How far ahead continuous controls are decided: shortly before they sound, so that a knob feels immediate, and still more
 * than the worst timer gap measured (28 ms), so that nothing is late.
 */
export const CONTROL_HORIZON = micros(100_000);
/** Step of the control grid: 20 a second. */
export const CONTROL_STEP = micros(50_000);
/** The same in seconds. */
export const CONTROL_STEP_SECONDS = CONTROL_STEP / MICROS_PER_SECOND;
