import { REFUSALS, type Refusal, type Verdict } from './verdict.ts';

/** Counted in halves of a minute: this half and the one before are "the last minute". */
const HALF_MS = 30_000;

/** What became of the messages of one pod or connection. Counters alone: they may outlive a pod's data. */
export interface Tally {
  half: number;
  taken: number;
  refused: number;
  takenBefore: number;
  refusedBefore: number;
  /** Since it came. */
  refusedInAll: number;
  last: Refusal | null;
}

export const createTally = (): Tally => ({ half: 0, taken: 0, refused: 0, takenBefore: 0, refusedBefore: 0, refusedInAll: 0, last: null });

const turn = (tally: Tally, now: number): void => {
  const half = Math.floor(now / HALF_MS);
  if (half === tally.half) return;
  const next = half === tally.half + 1;
  tally.takenBefore = next ? tally.taken : 0;
  tally.refusedBefore = next ? tally.refused : 0;
  tally.taken = 0;
  tally.refused = 0;
  tally.half = half;
};

const REASONS: ReadonlySet<string> = new Set(REFUSALS);
/** Whether a verdict is a refusal. */
export const isRefusal = (verdict: Verdict): verdict is Refusal => REASONS.has(verdict);

export const count = (tally: Tally, verdict: Verdict, now: number): void => {
  turn(tally, now);
  if (verdict === 'taken' || verdict === 'waiting') {
    tally.taken += 1;
    return;
  }
  tally.refused += 1;
  tally.refusedInAll += 1;
  tally.last = verdict;
};

/** Why it was refused, where that happened more often than not within the last minute; else null. */
export const troubleOf = (tally: Tally, now: number): Refusal | null => {
  turn(tally, now);
  return tally.refused + tally.refusedBefore > tally.taken + tally.takenBefore ? tally.last : null;
};
