import { exp, log } from '../../math/elementary.ts';
import { EPOCH_SECONDS, type PerStage } from '../stages.ts';
import type { EegReading } from './reading.ts';
import { createFeatureTrack, logRatios } from './stager-features.ts';
import { STAGER_MODEL } from './stager-model.ts';
import { likelihoods, type StagerModel } from './stager-weights.ts';

/** Tells sleep stages from bands, one reading after the other. */
export interface Stager {
  /**
   * Probabilities of W, N1, N2, N3, R after one more reading; they glide, and are some one to two minutes late.
   * @param reading bands of the last half minute or less @param atMs the pod's own time; never runs back
   */
  hear(reading: Pick<EegReading, 'bands' | 'gamma'>, atMs: number): PerStage<number>;
}

/** How much of an epoch's evidence counts: neighbouring epochs say nearly the same, so full weight would be too sure. */
const EVIDENCE = 0.4;
/** No stage is ever less likely than this by one epoch's evidence. */
const LEAST_LIKELIHOOD = 1e-4;
/** Longer gaps tell no less of the stage before than this. */
const LONGEST_GAP_EPOCHS = 60;
/** Before the first reading: awake as likely as asleep. */
const START: Five = [0.5, 0.1, 0.2, 0.1, 0.1];

type Five = [number, number, number, number, number];

/** Where the stages are after part of an epoch, knowing nothing new. */
const glide = (from: Five, transitions: StagerModel['transitions'], share: number): Five => {
  const to: Five = [0, 0, 0, 0, 0];
  for (let i = 0; i < 5; i += 1) {
    to[i]! += from[i]! * (1 - share);
    for (let j = 0; j < 5; j += 1) to[j]! += from[i]! * share * (transitions[i]?.[j] ?? 0);
  }
  return to;
};

/** Bayes' rule with the likelihood to the power of `evidence`. */
const weigh = (belief: Five, likelihood: readonly number[], evidence: number): Five => {
  const weighed = belief.map((value, i) => value * exp(evidence * log(Math.max(LEAST_LIKELIHOOD, likelihood[i] ?? 0))));
  const whole = weighed.reduce((a, b) => a + b, 0);
  const of = (i: number): number => (weighed[i] ?? 0) / whole;
  return [of(0), of(1), of(2), of(3), of(4)];
};

/**
 * A stager that has heard nothing yet. The method: log-ratios of bands against the sleeper's own night (stager-features.ts),
 * multinomial logistic regression, then the forward filter of a hidden Markov model. Readings may come at any rate: a
 * reading one second after another counts a thirtieth of an epoch.
 */
export const createStager = (model: StagerModel = STAGER_MODEL): Stager => {
  const full = createFeatureTrack(model.withGamma.typical);
  const shares = createFeatureTrack(model.sharesAlone.typical);
  let fullAt: number | null = null;
  let at: number | null = null;
  let belief: Five = [...START];
  return {
    hear: (reading, atMs) => {
      const known = reading.gamma !== null && reading.gamma !== undefined && Number.isFinite(reading.gamma);
      const ratios = logRatios(known ? reading : { bands: reading.bands });
      const seconds = at === null ? 0 : Math.max(0, (atMs - at) / 1_000);
      const epochs = at === null ? 1 : Math.min(LONGEST_GAP_EPOCHS, seconds / EPOCH_SECONDS);
      let features = shares.next(ratios.slice(0, 4), seconds);
      if (known) {
        features = full.next(ratios, fullAt === null ? 0 : Math.max(0, (atMs - fullAt) / 1_000));
        fullAt = atMs;
      }
      at = atMs;
      for (let left = epochs; left > 0; left -= 1) belief = glide(belief, model.transitions, Math.min(1, left));
      belief = weigh(belief, likelihoods(known ? model.withGamma : model.sharesAlone, features), EVIDENCE * Math.min(1, epochs));
      return belief;
    },
  };
};
