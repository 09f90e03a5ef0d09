import { butterworth } from './filter.ts';

/** Tells slow oscillations as the signal goes by. */
export interface SlowWaveDetector {
  /** One sample in microvolts; true where a slow oscillation has just ended. */
  push(microvolts: number): boolean;
}

/** Seconds and microvolts of the two halves: YASA's defaults, after Massimini and Carrier. */
const NEGATIVE_SECONDS = [0.3, 1.5] as const;
const POSITIVE_SECONDS = [0.1, 1] as const;
const NEGATIVE_MICROVOLTS = [40, 200] as const;
const POSITIVE_MICROVOLTS = [10, 150] as const;
const WHOLE_MICROVOLTS = [75, 350] as const;

const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;

/**
 * Slow oscillations by half-waves of the signal in .3-1.5 Hz: a trough of 40 to 200 uV between two crossings of zero .3 to
 * 1.5 s apart, then a crest of 10 to 150 uV, 75 to 350 uV from one to the other (Massimini et al. 2004, J Neurosci 24:6862;
 * Carrier et al. 2011, Eur J Neurosci 33:758; limits as in YASA, Vallat and Walker 2021).
 */
export const createSlowWaveDetector = (rate: number): SlowWaveDetector => {
  const high = butterworth('high', 0.3, rate);
  const low = butterworth('low', 1.5, rate);
  let before = 0;
  let at = 0;
  let fell: number | null = null;
  let rose: number | null = null;
  let trough = 0;
  let crest = 0;

  const isWave = (): boolean => {
    if (fell === null || rose === null) return false;
    return (
      within((rose - fell) / rate, NEGATIVE_SECONDS) &&
      within((at - rose) / rate, POSITIVE_SECONDS) &&
      within(-trough, NEGATIVE_MICROVOLTS) &&
      within(crest, POSITIVE_MICROVOLTS) &&
      within(crest - trough, WHOLE_MICROVOLTS)
    );
  };

  return {
    push: (microvolts) => {
      const value = low(high(microvolts));
      at += 1;
      let found = false;
      if (before >= 0 && value < 0) {
        found = isWave();
        [fell, rose, trough, crest] = [at, null, 0, 0];
      } else if (before < 0 && value >= 0) {
        rose = at;
      }
      trough = Math.min(trough, value);
      if (rose !== null) crest = Math.max(crest, value);
      before = value;
      return found;
    },
  };
};
