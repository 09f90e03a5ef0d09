import { exp, log } from '../../math/elementary.ts';
import type { Bands } from './reading.ts';

/** What is known at a moment. */
export interface ArousalInput {
  /** Of the last second or two. */
  readonly bands: Bands;
  /** Body movement, 0..1. */
  readonly motion: number;
  /** Probability of being awake by the stager, 0..1. */
  readonly wake: number;
}

/** Tells arousals, moment by moment. */
export interface ArousalDetector {
  /** 1 while an arousal lasts, from about its fourth second on. At least one reading every 2 s. @param atMs the pod's own time; never runs back */
  hear(input: ArousalInput, atMs: number): 0 | 1;
}

/**
 * AASM: an abrupt shift to theta, alpha or frequencies above 16 Hz (spindles are none), 3 s or longer, after 10 s or more of
 * stable sleep. Here: the ratio (theta + alpha + beta)/(delta + sigma) of the last 3 s against its mean of the half minute before.
 * One second of sleep's EEG strays by a factor of two and a half all the time (measured), so bare seconds would tell nothing.
 */
const SMOOTH_MS = 3_000;
const LEAST_MS = 3_000;
const STABLE_MS = 10_000;
/** Beyond this it is waking, and the mean takes to it. */
const LONGEST_MS = 15_000;
/** Natural logarithm of the shift: 2.7 times as much; 1.8 while the body moves. Chosen. */
const SHIFT = 1;
const SHIFT_MOVING = 0.6;
const MOVING = 0.05;
/** And by so many of its own spreads, so that a restless signal is no arousal. */
const SPREADS = 1.5;
/** Below this part of what began it, it is over. */
const OVER = 0.5;
const MEAN_MS = 30_000;
/** After a gap the mean is of another time. */
const GAP_MS = 5_000;
const LEAST_SHARE = 1e-4;

interface Moment {
  readonly at: number;
  readonly quick: number;
  readonly slow: number;
}

/** Logarithm of quick over slow rhythms, both summed over the last 3 s. */
const createQuickness = () => {
  let recent: Moment[] = [];
  return ([delta, theta, alpha, sigma, beta]: Bands, now: number, anew: boolean): number => {
    recent = [...recent.filter(({ at }) => !anew && at > now - SMOOTH_MS), { at: now, quick: theta + alpha + beta, slow: delta + sigma }];
    const quick = recent.reduce((sum, moment) => sum + moment.quick, 0) / recent.length;
    const slow = recent.reduce((sum, moment) => sum + moment.slow, 0) / recent.length;
    return log(Math.max(LEAST_SHARE, quick) / Math.max(LEAST_SHARE, slow));
  };
};

/** A detector that has heard nothing. */
export const createArousalDetector = (): ArousalDetector => {
  const quickness = createQuickness();
  let at: number | null = null;
  let mean = 0;
  let variance = 0;
  /** How long the rhythm has stayed about its mean, and asleep. */
  let stableMs = 0;
  /** When the present shift began, and how high it must stay. */
  let shift: { readonly began: number; readonly level: number } | null = null;

  const settle = (value: number, elapsed: number): void => {
    const share = 1 - exp(-elapsed / MEAN_MS);
    const off = value - mean;
    mean += off * share;
    variance += (off * off - variance) * share;
  };

  const begin = (value: number, now: number): 0 => {
    at = now;
    mean = value;
    variance = 0;
    stableMs = 0;
    shift = null;
    return 0;
  };

  return {
    hear: ({ bands, motion, wake }, now) => {
      const anew = at === null || now - at > GAP_MS;
      const value = quickness(bands, now, anew);
      if (at === null || anew) return begin(value, now);
      const elapsed = Math.max(0, now - at);
      at = now;
      if (shift !== null) {
        const lasted = now - shift.began;
        if (value - mean < shift.level * OVER || lasted > LONGEST_MS) {
          // What follows an arousal must be stable anew. One that would not end was waking: the mean goes there at once.
          if (lasted > LONGEST_MS) begin(value, now);
          shift = null;
          stableMs = 0;
          return 0;
        }
        return lasted >= LEAST_MS ? 1 : 0;
      }
      const level = Math.max(motion >= MOVING ? SHIFT_MOVING : SHIFT, SPREADS * Math.sqrt(variance));
      if (value - mean >= level) {
        if (stableMs >= STABLE_MS && wake < 0.5) {
          shift = { began: now, level };
          return 0;
        }
        stableMs = 0;
      } else stableMs += elapsed;
      if (wake >= 0.5) stableMs = 0;
      settle(value, elapsed);
      return 0;
    },
  };
};
