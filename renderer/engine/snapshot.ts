import { z } from 'zod';
import type { EngineState } from '../../core/engine/state.ts';
import type { PerformerSnapshot } from '../../core/events/perform.ts';
import type { Performed } from '../../core/events/performed.ts';
import type { NightMinute } from '../../core/ipc/engine-view.ts';

/** The live engine at one moment: with the journal from there on it goes on as if nothing had been. Plain data, which JSON carries. */
export interface RunnerSnapshot {
  /** Journal entries that the state has heard: the first that it has not is the one with this number. */
  readonly seq: number;
  /** Its cursor counts from the beginning of the take. */
  readonly state: EngineState;
  readonly performer: PerformerSnapshot;
  /** The last value of each control that the sinks were sent. */
  readonly controls: readonly Performed[];
  /** Everything up to here is decided, in microseconds since the gathering's start. */
  readonly decidedUntil: number;
}

/** What main keeps for an engine that falls. */
export interface EngineSnapshot {
  readonly runner: RunnerSnapshot;
  /** The night so far, with its open minute, from the frames among the first `heard` entries of the journal. */
  readonly night: { readonly minutes: readonly NightMinute[]; readonly heard: number };
}

const whole = z.int().min(0);
const data = <T extends object>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

/**
 * The outer shape alone. What is inside is trusted: an engine of this same build wrote it, main held it in memory as text, and
 * it never leaves the machine nor outlives the app. A schema of the whole state would be a second copy of it, to be kept in step.
 */
const snapshotSchema = z.strictObject({
  runner: z.strictObject({ seq: whole, state: data<EngineState>(), performer: data<PerformerSnapshot>(), controls: z.array(data<Performed>()), decidedUntil: whole }),
  night: z.strictObject({ minutes: z.array(data<NightMinute>()), heard: whole }),
});

/** A snapshot out of the text that main held. @throws where it is none */
export const readSnapshot = (text: string): EngineSnapshot => snapshotSchema.parse(JSON.parse(text));
