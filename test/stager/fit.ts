import { createFeatureTrack, logRatios } from '../../core/signal/sensing/stager-features.ts';
import { FURTHEST, type StagerModel, type StageWeights } from '../../core/signal/sensing/stager-weights.ts';
import type { PerStage } from '../../core/signal/stages.ts';
import type { ScoredNight } from './nights.ts';

const KINDS = 5;
const STEPS = 60;
const RATE = 0.15;
/** Weights are drawn towards zero by this much: sleepers differ more than seven of them can teach. */
const RIDGE = 3e-3;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const perStage = <T>(of: (stage: number) => T): PerStage<T> => [of(0), of(1), of(2), of(3), of(4)];

const ratiosOf = (reading: ScoredNight['readings'][number], gamma: boolean): number[] => logRatios(gamma ? reading : { bands: reading.bands });

/** The features of a night, as the stager hears them. */
const featuresOf = (night: ScoredNight, typical: readonly number[], gamma: boolean): number[][] => {
  const track = createFeatureTrack(typical);
  return night.readings.map((reading, i) => track.next(ratiosOf(reading, gamma), i === 0 ? 0 : (night.times[i] ?? 0) - (night.times[i - 1] ?? 0)));
};

interface Spread {
  readonly mean: readonly number[];
  readonly spread: readonly number[];
}

const spreadOf = (rows: readonly (readonly number[])[]): Spread => {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j] ?? 0));
  const mean = columns.map((column) => column.reduce((a, b) => a + b, 0) / column.length);
  const spread = columns.map((column, j) => Math.sqrt(column.reduce((sum, value) => sum + (value - (mean[j] ?? 0)) ** 2, 0) / column.length) || 1);
  return { mean, spread };
};

/** One step's gradient of the mean log-loss, each stage weighing the same whatever its share of the night. */
const gradientOf = (design: Float64Array, width: number, stages: readonly number[], each: readonly number[], weights: Float64Array): Float64Array => {
  const gradient = new Float64Array(weights.length);
  const score = new Float64Array(KINDS);
  for (let i = 0; i < stages.length; i += 1) {
    let highest = -Infinity;
    for (let k = 0; k < KINDS; k += 1) {
      let sum = 0;
      for (let j = 0; j < width; j += 1) sum += weights[k * width + j]! * design[i * width + j]!;
      score[k] = sum;
      highest = Math.max(highest, sum);
    }
    let whole = 0;
    for (let k = 0; k < KINDS; k += 1) whole += score[k] = Math.exp(score[k]! - highest);
    for (let k = 0; k < KINDS; k += 1) {
      const off = (score[k]! / whole - (stages[i] === k ? 1 : 0)) * (each[stages[i]!] ?? 0);
      for (let j = 0; j < width; j += 1) gradient[k * width + j]! += off * design[i * width + j]!;
    }
  }
  return gradient;
};

/** Multinomial logistic regression by gradient descent with momentum and scaling (Adam; Kingma and Ba 2015). Same data, same weights. */
const regress = (rows: readonly (readonly number[])[], stages: readonly number[], { mean, spread }: Spread): Float64Array => {
  const width = (rows[0]?.length ?? 0) + 1;
  const design = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    design[i * width] = 1;
    row.forEach((value, j) => {
      design[i * width + j + 1] = Math.max(-FURTHEST, Math.min(FURTHEST, (value - (mean[j] ?? 0)) / (spread[j] ?? 1)));
    });
  });
  const each = Array.from({ length: KINDS }, (_, k) => 1 / (KINDS * Math.max(1, stages.filter((stage) => stage === k).length)));
  const weights = new Float64Array(KINDS * width);
  const drift = new Float64Array(weights.length);
  const scale = new Float64Array(weights.length);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = gradientOf(design, width, stages, each, weights);
    for (let q = 0; q < weights.length; q += 1) {
      const slope = gradient[q]! + (q % width === 0 ? 0 : RIDGE * weights[q]!);
      drift[q] = 0.9 * drift[q]! + 0.1 * slope;
      scale[q] = 0.999 * scale[q]! + 0.001 * slope * slope;
      weights[q]! -= (RATE * (drift[q]! / (1 - 0.9 ** step))) / (Math.sqrt(scale[q]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
};

const fitWeights = (nights: readonly ScoredNight[], gamma: boolean): StageWeights => {
  const ratios = nights.flatMap((night) => night.readings.map((reading) => ratiosOf(reading, gamma)));
  const typical = (ratios[0] ?? []).map((_, j) => median(ratios.map((row) => row[j] ?? 0)));
  const rows = nights.flatMap((night) => featuresOf(night, typical, gamma));
  const spread = spreadOf(rows);
  const flat = regress(rows, nights.flatMap((night) => night.stages), spread);
  const width = flat.length / KINDS;
  return { typical, ...spread, weights: perStage((k) => Array.from(flat.subarray(k * width, (k + 1) * width))) };
};

/** How often each stage follows each, with a little of everything so that nothing is impossible. */
const fitTransitions = (nights: readonly ScoredNight[]): StagerModel['transitions'] => {
  const counts = perStage(() => [0.2, 0.2, 0.2, 0.2, 0.2]);
  for (const { stages, times } of nights) {
    for (let i = 1; i < stages.length; i += 1) if ((times[i] ?? 0) - (times[i - 1] ?? 0) === 30) counts[stages[i - 1] ?? 0]![stages[i] ?? 0]! += 1;
  }
  return perStage((from) => perStage((to) => (counts[from]?.[to] ?? 0) / (counts[from]?.reduce((a, b) => a + b, 0) ?? 1)));
};

/** Fits the stager to scored nights. */
export const fitStager = (nights: readonly ScoredNight[]): StagerModel => ({
  withGamma: fitWeights(nights, true),
  sharesAlone: fitWeights(nights, false),
  transitions: fitTransitions(nights),
});
