import type { PerStage, Stage } from '../../core/signal/stages.ts';
import { STAGES } from '../../core/signal/stages.ts';

/** What the body does in one stage: modelling values, sources in docs/nexus.md. */
export interface StageBody {
  /** Relative power of delta, theta, alpha, sigma, beta; sums to 1. */
  readonly bands: readonly [number, number, number, number, number];
  /** Spindles and slow oscillations a minute, from and to. */
  readonly spindles: readonly [number, number];
  readonly slowOscillations: readonly [number, number];
  /** Factors over the sleeper's own REM (PMC5078504). */
  readonly heart: number;
  readonly variability: number;
  readonly breath: number;
  /** Coefficient of variation of breath intervals. */
  readonly breathVariation: number;
  readonly arousalsAnHour: number;
  readonly motion: number;
}

const TABLE: PerStage<StageBody> = [
  { bands: [0.35, 0.15, 0.3, 0.08, 0.12], spindles: [0, 0], slowOscillations: [0, 0], heart: 1.06, variability: 1.15, breath: 1.02, breathVariation: 0.22, arousalsAnHour: 0, motion: 0.12 },
  { bands: [0.45, 0.25, 0.13, 0.07, 0.1], spindles: [0, 0.5], slowOscillations: [0, 0], heart: 0.98, variability: 0.97, breath: 0.95, breathVariation: 0.12, arousalsAnHour: 25, motion: 0.03 },
  { bands: [0.65, 0.17, 0.06, 0.08, 0.04], spindles: [2, 6], slowOscillations: [2, 6], heart: 0.98, variability: 0.97, breath: 0.95, breathVariation: 0.09, arousalsAnHour: 15, motion: 0.01 },
  { bands: [0.87, 0.07, 0.03, 0.02, 0.01], spindles: [1, 3], slowOscillations: [10, 20], heart: 0.99, variability: 0.93, breath: 0.92, breathVariation: 0.05, arousalsAnHour: 6, motion: 0.004 },
  { bands: [0.5, 0.26, 0.1, 0.05, 0.09], spindles: [0, 0], slowOscillations: [0, 0], heart: 1, variability: 1, breath: 1, breathVariation: 0.18, arousalsAnHour: 13, motion: 0.008 },
];

/** The body in a stage. */
export const bodyOf = (stage: Stage): StageBody => TABLE[STAGES.indexOf(stage)] ?? TABLE[0];

/**
 * How a pod's staging blurs each stage: where the probability that is not on the true stage goes.
 * Rows sum to 1; neighbours of the sleep ladder share it, and R is mixed up with N1 most.
 */
export const CONFUSION: Readonly<Record<Stage, PerStage<number>>> = {
  W: [0, 0.7, 0.15, 0, 0.15],
  N1: [0.35, 0, 0.4, 0, 0.25],
  N2: [0.1, 0.35, 0, 0.4, 0.15],
  N3: [0.05, 0.05, 0.9, 0, 0],
  R: [0.2, 0.45, 0.35, 0, 0],
};
