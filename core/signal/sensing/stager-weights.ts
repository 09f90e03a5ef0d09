import { exp } from '../../math/elementary.ts';
import type { PerStage } from '../stages.ts';

/** Weights of the stages for one kind of sensor. */
export interface StageWeights {
  /** Log-ratios of a typical sleeper's night (medians of the nights it was fitted to). */
  readonly typical: readonly number[];
  /** Mean and spread of each feature, by which it is made comparable before it is weighed. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  /** A row for each of W, N1, N2, N3, R: a constant, then a weight for each feature. */
  readonly weights: PerStage<readonly number[]>;
}

export interface StagerModel {
  /** For sensors that tell gamma, and for those that do not. */
  readonly withGamma: StageWeights;
  readonly sharesAlone: StageWeights;
  /** Probability of each stage 30 s after each: row from, column to. */
  readonly transitions: PerStage<PerStage<number>>;
}

/** A feature further out than this many spreads counts as this many. */
export const FURTHEST = 4;

/** Softmax of the weighed features: the likelihood of each stage, for the weights were fitted with all stages equally frequent. */
export const likelihoods = ({ mean, spread, weights }: StageWeights, features: readonly number[]): number[] => {
  const scaled = features.map((value, i) => Math.max(-FURTHEST, Math.min(FURTHEST, (value - (mean[i] ?? 0)) / (spread[i] ?? 1))));
  const scores = weights.map((row) => scaled.reduce((sum, value, i) => sum + value * (row[i + 1] ?? 0), row[0] ?? 0));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => exp(score - highest));
  const whole = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / whole);
};
