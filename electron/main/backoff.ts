/** Waits before a process is started again: soon the first time, then longer, soon again once it has lasted. */
export interface Backoff {
  /** Milliseconds to wait after an end at `now` (milliseconds of a monotonic clock). */
  readonly wait: (now: number) => number;
}

const FIRST_MS = 100;
const LONGEST_MS = 10_000;
const LASTED_MS = 60_000;

export const createBackoff = (): Backoff => {
  let next = FIRST_MS;
  let before = Number.NEGATIVE_INFINITY;
  return {
    wait: (now) => {
      const wait = now - before > LASTED_MS ? FIRST_MS : next;
      next = Math.min(LONGEST_MS, wait * 2);
      before = now;
      return wait;
    },
  };
};
