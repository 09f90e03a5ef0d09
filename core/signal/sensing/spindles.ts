import { twoBands } from './filter.ts';

/** Tells sleep spindles as the signal goes by. */
export interface SpindleDetector {
  /** One sample in microvolts; where a spindle has ended, its middle in seconds from the first sample. */
  push(microvolts: number): number | null;
}

/** A decision is made every tenth of a second over the three around it. */
const STEP_SECONDS = 0.1;
const REACH = 1;
const FILTER_SECONDS = 1.2;
const DEVIATIONS = 1.5;
/** Steps: .5 to 3 s. */
const SHORTEST = 5;
const LONGEST = 30;
/** Gaps of this many steps lie within one spindle. */
const JOINED = 2;
/** Share of 11-16 Hz among 4.5-30 Hz while it lasts: sleep without a spindle has about .1. */
const OWN_SHARE = 0.2;
/** Weaker than this is no spindle, however quiet the rest, microvolts RMS. */
const WEAKEST = 1.5;
/** The background is that of the last five minutes, looked at again every 10 s, first after 30 s. */
const BACKGROUND = 3_000;
const RENEWED = 100;
const FIRST_BACKGROUND = 300;

interface Run {
  readonly from: number;
  to: number;
  sigma: number;
  broad: number;
}

/** Mean + 1.5 standard deviations. */
const thresholdOf = (values: readonly number[]): number => {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return mean + DEVIATIONS * Math.sqrt(Math.max(0, squares / values.length - mean * mean));
};

/**
 * Spindles by the RMS of 11-16 Hz: above mean + 1.5 SD of its background for .5 to 3 s (Moelle et al. 2002, J Neurosci 22:10941; 2011,
 * Sleep 34:1411), with two guards: as long as it lasts a fifth or more of the power in 4.5-30 Hz lies in 11-16 Hz (muscle and
 * waking are broad; the relative power of Lacourse et al. 2019, J Neurosci Methods 316:3), and it is not weaker than 1.5 uV.
 * In place of the whole night, which a live signal does not have, the background is that of the last five minutes.
 * @param rate samples a second, 50 or more
 */
export const createSpindleDetector = (rate: number): SpindleDetector => {
  const taps = 2 * Math.round((FILTER_SECONDS * rate) / 2) + 1;
  const bands = twoBands([11, 16], [4.5, 30], rate, taps);
  const stepSamples = Math.max(1, Math.round(STEP_SECONDS * rate));
  const powers: { sigma: number; broad: number }[] = [];
  let background: number[] = [];
  let threshold = Number.POSITIVE_INFINITY;
  let [sigmaSum, broadSum, count, step] = [0, 0, 0, 0];
  let run: Run | null = null;

  const learn = (rms: number): void => {
    background.push(rms);
    if (background.length < FIRST_BACKGROUND || step % RENEWED !== 0) return;
    if (background.length > BACKGROUND) background = background.slice(-BACKGROUND);
    threshold = Math.max(WEAKEST, thresholdOf(background));
  };

  /** Grows, joins and ends runs of loud steps. Returns the middle of one that ended and is a spindle. */
  const follow = (at: number, loud: boolean, own: { sigma: number; broad: number }): number | null => {
    if (loud && run === null) run = { from: at, to: at, sigma: 0, broad: 0 };
    if (loud && run !== null) {
      run.to = at;
      run.sigma += own.sigma;
      run.broad += own.broad;
    }
    if (run === null || at - run.to <= JOINED) return null;
    const ended = run;
    run = null;
    const length = ended.to - ended.from + 1;
    const itsOwn = ended.sigma >= OWN_SHARE * ended.broad;
    return length >= SHORTEST && length <= LONGEST && itsOwn ? (ended.from + ended.to + 1) / 2 : null;
  };

  return {
    push: (microvolts) => {
      bands.push(microvolts);
      sigmaSum += bands.first * bands.first;
      broadSum += bands.second * bands.second;
      count += 1;
      if (count < stepSamples) return null;
      powers.push({ sigma: sigmaSum / count, broad: broadSum / count });
      sigmaSum = 0;
      broadSum = 0;
      count = 0;
      step += 1;
      const own = powers[REACH];
      if (powers.length <= 2 * REACH || own === undefined) return null;
      const rms = Math.sqrt(powers.reduce((sum, power) => sum + power.sigma, 0) / powers.length);
      powers.shift();
      learn(rms);
      const middle = follow(step - 1 - REACH, rms > threshold, own);
      return middle === null ? null : (middle * stepSamples - bands.delay) / rate;
    },
  };
};
