/** Waits between tries to reach a source: 1 s, then twice as long each time up to 60 s, each between .5 and 1 times that so that many do not come back at once. */
export interface Backoff {
  /** Milliseconds until the next try. */
  next(): number;
  /** It worked: the next wait is short again. */
  reset(): void;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** @param chance 0..1, drawn anew for each wait */
export const createBackoff = (chance: () => number = Math.random): Backoff => {
  let wait = FIRST_MS;
  return {
    next: () => {
      const whole = wait;
      wait = Math.min(LONGEST_MS, wait * 2);
      return Math.round(whole * (0.5 + chance() / 2));
    },
    reset: () => {
      wait = FIRST_MS;
    },
  };
};
