import type { StampedInput } from '../../core/engine/input.ts';
import { advance } from '../../core/engine/advance.ts';
import type { Input } from '../../core/engine/input.ts';
import { stampInput } from '../../core/engine/stamp.ts';
import { initialState, type EngineState } from '../../core/engine/state.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { Score } from '../../core/score/schema.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { micros, MICROS_PER_SECOND } from '../../core/units.ts';

/** A frame of a quiet night; change what a test is about. */
export const frame = (changes: Partial<CollectiveFrame> = {}): CollectiveFrame => ({
  t: 0, n: 12, gated: false, share: [0.2, 0.2, 0.2, 0.2, 0.2], entropy: 0.9, depth: 0.5, dream: 0, synchrony: 0, concordance: 0,
  discord: 0.5, unity: 0, novelty: 0, heartBpm: 60, breathHz: 0.25, motion: 0.1, chant: 0, ...changes,
});

/** Something that arrives at a second of the gathering. */
export type Arrival = readonly [second: number, input: Input];

/** The same frame once a second, from one second to another (exclusive). */
export const frames = (from: number, to: number, changes: Partial<CollectiveFrame> = {}): Arrival[] =>
  Array.from({ length: to - from }, (_, index): Arrival => [from + index, { kind: 'frame', frame: frame(changes) }]);

export const journalOf = (arrivals: readonly Arrival[]): StampedInput[] => {
  const journal: StampedInput[] = [];
  for (const [at, input] of arrivals.toSorted((a, b) => a[0] - b[0])) journal.push(stampInput(journal, input, at * MICROS_PER_SECOND));
  return journal;
};

export interface Played {
  readonly state: EngineState;
  readonly events: readonly ScoreEvent[];
}

/** Plays a score over some seconds with what arrives. */
export const play = (score: Score, arrivals: readonly Arrival[], seconds: number, seed = 1): Played =>
  advance(initialState(score, seed), journalOf(arrivals), micros(seconds * MICROS_PER_SECOND));

/** The scenes played, with the second each began and the rule that chose it. */
export const scenesOf = (events: readonly ScoreEvent[]): { readonly scene: string; readonly at: number; readonly rule: string }[] =>
  events.flatMap((event) => (event.kind === 'scene' ? [{ scene: event.scene, at: event.t / MICROS_PER_SECOND, rule: event.cause.rule }] : []));
