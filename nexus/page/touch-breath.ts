/** What touch tells of a breath: null where nothing is known. */
export interface TouchedBreath {
  readonly respHz: number;
  /** Radians, 0 at the start of an in-breath, pi at the start of an out-breath; null once a whole breath went by without a touch. */
  readonly respPhase: number | null;
  /** 0..1: more with more breaths, less with uneven ones, none after three breaths without a touch. */
  readonly quality: number;
}

/** Breath from a finger that presses while its owner breathes in. Times in milliseconds of one clock. */
export interface TouchBreath {
  press(now: number): void;
  release(now: number): void;
  read(now: number): TouchedBreath | null;
}

/** Breaths outside of 3 to 40 a minute are taps or forgotten fingers. */
const SHORTEST_MS = 1_500;
const LONGEST_MS = 20_000;
const KEPT = 6;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** By how many breaths are known: .4 after the first, whole after the fourth. */
const trust = (periods: readonly number[]): number => {
  const average = mean(periods);
  const variation = Math.sqrt(mean(periods.map((period) => (period - average) ** 2))) / average;
  return Math.min(1, 0.2 + 0.2 * periods.length) * (1 - 0.5 * Math.min(1, variation / 0.5));
};

export const createTouchBreath = (): TouchBreath => {
  /** Whole breaths, and the share of each that was in-breath. */
  let periods: number[] = [];
  let shares: number[] = [];
  let pressed: number | null = null;
  let released: number | null = null;

  const forget = (): void => {
    periods = [];
    shares = [];
  };

  return {
    press: (now) => {
      if (pressed !== null && released !== null) {
        const period = now - pressed;
        if (period > LONGEST_MS) forget();
        else if (period >= SHORTEST_MS) {
          periods = [...periods, period].slice(-KEPT);
          shares = [...shares, (released - pressed) / period].slice(-KEPT);
        }
      }
      pressed = now;
      released = null;
    },
    release: (now) => {
      if (pressed !== null && released === null) released = now;
    },
    read: (now) => {
      if (pressed === null || periods.length === 0) return null;
      const period = mean(periods);
      const still = (now - (released ?? pressed)) / period;
      if (still >= 3) {
        forget();
        return null;
      }
      const inward = Math.min(0.9, Math.max(0.1, mean(shares))) * period;
      const part = released === null ? (now - pressed) / inward : (now - released) / (period - inward);
      const phase = Math.PI * ((released === null ? 0 : 1) + Math.min(0.999, Math.max(0, part)));
      const fresh = still <= 1.5 ? 1 : (3 - still) / 1.5;
      return { respHz: 1_000 / period, respPhase: still > 1 ? null : phase, quality: trust(periods) * fresh };
    },
  };
};
