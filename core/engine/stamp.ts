import { Fault } from '../fault.ts';
import { firstProblem } from '../problem.ts';
import { onGrid, type CollectiveFrame } from '../signal/collective-frame.ts';
import { inputSchema, type Input, type RecordedInput, type StampedInput } from './input.ts';

/** A frame on the grid of 1/10 000, whatever its sender computed: what enters decides the same everywhere. */
const quantised = (frame: CollectiveFrame): CollectiveFrame => {
  const [w, n1, n2, n3, r] = frame.share;
  const orNull = (value: number | null): number | null => (value === null ? null : onGrid(value));
  return {
    t: frame.t, n: frame.n, gated: frame.gated,
    share: [onGrid(w), onGrid(n1), onGrid(n2), onGrid(n3), onGrid(r)],
    entropy: onGrid(frame.entropy), depth: onGrid(frame.depth), dream: onGrid(frame.dream),
    synchrony: orNull(frame.synchrony), concordance: onGrid(frame.concordance),
    discord: onGrid(frame.discord), unity: onGrid(frame.unity), novelty: onGrid(frame.novelty),
    heartBpm: orNull(frame.heartBpm), breathHz: orNull(frame.breathHz), motion: onGrid(frame.motion), chant: onGrid(frame.chant),
  };
};

/**
 * Stamps an input that has just been checked: its place in the journal and a time that never falls.
 * @param journal so far; its last entry is all that counts, so a tail of it does
 * @param now the engine's monotonic clock, microseconds from the gathering's start
 */
export const stampInput = (journal: readonly StampedInput[], input: Input, now: number): StampedInput => ({
  seq: (journal.at(-1)?.seq ?? -1) + 1,
  effective: Math.max(0, Math.floor(now), journal.at(-1)?.effective ?? 0),
  input: input.kind === 'frame' ? { kind: 'frame', frame: quantised(input.frame) } : input,
});

/** A journalled frame as a take may keep it: the fold over those who agreed to be recorded, in its place and at its time. */
export const asKept = (stamped: StampedInput, kept: CollectiveFrame): RecordedInput => ({ ...stamped, input: { kind: 'frame', frame: quantised(kept) }, substituted: true });

/** Checks whatever arrived, then stamps it. The caller appends it to the journal. @throws Fault where it is no input. */
export const stamp = (journal: readonly StampedInput[], value: unknown, now: number): StampedInput => {
  const checked = inputSchema.safeParse(value);
  if (checked.success) return stampInput(journal, checked.data, now);
  const { message, place } = firstProblem(checked.error, 'an input');
  throw new Fault(`this is not an input: ${message}`, place, 'send one of the inputs that docs/architecture.md lists');
};
