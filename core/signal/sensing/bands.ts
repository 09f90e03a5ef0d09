import { pow } from '../../math/elementary.ts';
import type { Bands } from './reading.ts';

/** Absolute band powers in any one unit (uV^2 or its like). Null: not told. */
export interface BandPowers {
  readonly delta: number;
  readonly theta: number;
  readonly alpha: number;
  readonly sigma: number | null;
  /** 16-30 Hz where sigma stands apart; from 12 or 13 Hz where it does not. */
  readonly beta: number;
  /** From 30 Hz. */
  readonly gamma: number | null;
}

/** What one moment of one or more electrodes tells. */
export interface BandMoment {
  readonly bands: Bands;
  /** Gamma over the five bands together; null where it is not told. */
  readonly gamma: number | null;
  /** The five bands together; 1 where the source tells shares alone. */
  readonly power: number;
}

/**
 * Sigma's part of a beta that begins at 12 or 13 Hz, as if power fell with the square of the frequency:
 * (1/13 - 1/16)/(1/13 - 1/30) = .33. Spindles are more than that. The stager adds both again, so only a reader of frames is misled.
 */
export const SIGMA_OF_BETA = 1 / 3;

/** A number that a sensor sent; null for "nan", for anything that is not finite and for what is no number. */
export const sensedNumber = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** Power from a value in Bels (Mind Monitor: the logarithm to base 10). Null where it is none, or no power of this world. */
export const powerOfBels = (bels: unknown): number | null => {
  const value = sensedNumber(bels);
  return value === null || Math.abs(value) > 12 ? null : pow(10, value);
};

/** Shares of the five bands and gamma against them. Null where a power is missing, negative or all are nothing. */
export const momentOf = ({ delta, theta, alpha, sigma, beta, gamma }: BandPowers): BandMoment | null => {
  const apart = sigma ?? beta * SIGMA_OF_BETA;
  const powers = [delta, theta, alpha, apart, sigma === null ? beta - apart : beta];
  const power = powers.reduce((a, b) => a + b, 0);
  if (!(power > 0) || !Number.isFinite(power) || !powers.every((value) => value >= 0)) return null;
  const share = (k: number): number => (powers[k] ?? 0) / power;
  const told = gamma !== null && Number.isFinite(gamma) && gamma >= 0;
  return { bands: [share(0), share(1), share(2), share(3), share(4)], gamma: told ? gamma / power : null, power };
};

/** Five powers in the order in which most programs send them: delta, theta, alpha, beta, gamma. Null where one of the first four is missing. */
export const momentOfFive = (values: readonly (number | null)[]): BandMoment | null => {
  const [delta = null, theta = null, alpha = null, beta = null, gamma = null] = values;
  return delta === null || theta === null || alpha === null || beta === null ? null : momentOf({ delta, theta, alpha, sigma: null, beta, gamma });
};

/** How far an electrode may be trusted by Muse's horseshoe: 1 good, 2 half, 3 and 4 not at all; what is not said is good. */
export const horseshoeQuality = (value: unknown): number => {
  const said = sensedNumber(value);
  if (said === null || said <= 1) return 1;
  return said <= 2 ? 0.5 : 0;
};

/**
 * Electrodes together: mean of their shares, each with its trust, so that one that is louder has no louder voice.
 * Quality: one good electrode of many is enough to tell sleep from (half the best plus half the mean). Null where none is trusted.
 */
export const averageMoments = (moments: readonly (BandMoment | null)[], trust: readonly number[]): { readonly moment: BandMoment; readonly quality: number } | null => {
  const sum = [0, 0, 0, 0, 0];
  let [weight, gammaWeight, gamma, power, best, all] = [0, 0, 0, 0, 0, 0];
  moments.forEach((moment, i) => {
    const own = moment === null ? 0 : (trust[i] ?? 1);
    best = Math.max(best, own);
    all += own / moments.length;
    if (moment === null || own <= 0) return;
    moment.bands.forEach((share, k) => {
      sum[k]! += own * share;
    });
    weight += own;
    power += own * moment.power;
    if (moment.gamma === null) return;
    gamma += own * moment.gamma;
    gammaWeight += own;
  });
  if (weight <= 0) return null;
  const share = (k: number): number => (sum[k] ?? 0) / weight;
  return {
    moment: { bands: [share(0), share(1), share(2), share(3), share(4)], gamma: gammaWeight > 0 ? gamma / gammaWeight : null, power: power / weight },
    quality: (best + all) / 2,
  };
};
