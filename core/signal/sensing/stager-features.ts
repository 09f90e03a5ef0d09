import { exp, log } from '../../math/elementary.ts';
import type { EegReading } from './reading.ts';

/** A share below this is taken as this: a logarithm needs a floor. */
const LEAST_SHARE = 1e-5;
/** Time constants in seconds: of what is now, of the last minutes, and of the sleeper's own night. */
const NOW_SECONDS = 30;
const LATELY_SECONDS = 300;
const NIGHT_SECONDS = 7_200;
/** What a typical sleeper's night weighs against the sleeper's own at the start. */
const TYPICAL_SECONDS = 3_600;
/** The first reading, and one after a gap, counts for this long. */
const ONE_READING_SECONDS = 30;

/**
 * Logarithms of delta, theta, alpha and 12-30 Hz (sigma and beta together) over their geometric mean (the centred
 * log-ratio: a gain that is the same in all bands falls out), and of gamma over the same where it is known.
 */
export const logRatios = ({ bands, gamma }: Pick<EegReading, 'bands' | 'gamma'>): number[] => {
  const [delta, theta, alpha, sigma, beta] = bands;
  const logs = [delta, theta, alpha, sigma + beta].map((share) => log(Math.max(LEAST_SHARE, share)));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  if (gamma !== null && gamma !== undefined) logs.push(log(Math.max(LEAST_SHARE, gamma)));
  return logs.map((value) => value - mean);
};

/** What a run of log-ratios tells the stager: how it is now and lately against the sleeper's own night, and the square of now. */
export interface FeatureTrack {
  /** @param seconds since the reading before; 0 for the first */
  next(ratios: readonly number[], seconds: number): number[];
}

/**
 * Features of one sleeper. Each ratio is followed by three moving averages (30 s, 5 min, 2 h); the first two are told
 * as differences from the third, so an electrode or an amplifier that shifts a band all night falls out. At the start the
 * third leans on `typical`, and within an hour on the sleeper's own.
 */
export const createFeatureTrack = (typical: readonly number[]): FeatureTrack => {
  const night = [...typical];
  let heard = TYPICAL_SECONDS;
  let now: number[] | null = null;
  let lately: number[] = [];
  const move = (average: number[], ratios: readonly number[], share: number): void => {
    for (let i = 0; i < average.length; i += 1) average[i]! += ((ratios[i] ?? 0) - average[i]!) * share;
  };
  return {
    next: (ratios, seconds) => {
      const counted = now === null ? ONE_READING_SECONDS : Math.min(ONE_READING_SECONDS, seconds);
      heard += counted;
      move(night, ratios, counted / Math.min(heard, NIGHT_SECONDS));
      if (now === null) {
        now = [...ratios];
        lately = [...ratios];
      } else {
        move(now, ratios, 1 - exp(-seconds / NOW_SECONDS));
        move(lately, ratios, 1 - exp(-seconds / LATELY_SECONDS));
      }
      const nowAgainst = now.map((value, i) => value - night[i]!);
      return [...nowAgainst, ...lately.map((value, i) => value - night[i]!), ...nowAgainst.map((value) => value * value)];
    },
  };
};
