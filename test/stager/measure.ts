import { createStager } from '../../core/signal/sensing/stager.ts';
import type { StagerModel } from '../../core/signal/sensing/stager-weights.ts';
import { STAGE_DEPTH } from '../../core/signal/stages.ts';
import type { ScoredNight } from './nights.ts';

/** How well told stages agree with those scored by hand. */
export interface Agreement {
  readonly epochs: number;
  readonly accuracy: number;
  /** Cohen's kappa: agreement beyond chance. */
  readonly kappa: number;
  /** Share of each scored stage that was told as such: W, N1, N2, N3, R. */
  readonly recall: readonly number[];
  /** Spearman's rank correlation of expected and scored depth, outside R. */
  readonly depth: number;
  /** Mean distance between how sure it was and how often it was right (expected calibration error, ten bins). */
  readonly calibration: number;
}

/** What the stager said of a night, epoch by epoch. */
export interface Told {
  readonly stages: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

/** Lets a stager hear a night. `gamma`: whether the sensor tells it. */
export const tell = (night: ScoredNight, model: StagerModel, gamma: boolean): Told => {
  const stager = createStager(model);
  return {
    stages: night.stages,
    probabilities: night.readings.map((reading, i) => stager.hear(gamma ? reading : { bands: reading.bands }, (night.times[i] ?? 0) * 1_000)),
  };
};

const likeliest = (p: readonly number[]): number => p.indexOf(Math.max(...p));

const ranks = (values: readonly number[]): number[] => {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const rank = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    for (let k = from; k < to; k += 1) rank[order[k]?.i ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
};

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const mean = (v: readonly number[]): number => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - ma, (b[i] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return ab / Math.sqrt(aa * bb);
};

const depthCorrelation = (stages: readonly number[], probabilities: readonly (readonly number[])[]): number => {
  const depth = STAGE_DEPTH.map((value) => value ?? 0);
  const outside = stages.map((stage, i) => ({ stage, p: probabilities[i] ?? [] })).filter(({ stage }) => stage !== 4);
  const expected = outside.map(({ p }) => p.reduce((sum, value, k) => sum + value * (depth[k] ?? 0), 0) / Math.max(0.02, 1 - (p[4] ?? 0)));
  return correlation(ranks(expected), ranks(outside.map(({ stage }) => depth[stage] ?? 0)));
};

const calibrationError = (stages: readonly number[], probabilities: readonly (readonly number[])[]): number => {
  const bins = Array.from({ length: 10 }, () => ({ sure: 0, right: 0 }));
  probabilities.forEach((p, i) => {
    const sure = Math.max(...p);
    const bin = bins[Math.min(9, Math.floor(sure * 10))];
    if (bin === undefined) return;
    bin.sure += sure;
    bin.right += likeliest(p) === stages[i] ? 1 : 0;
  });
  return bins.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0) / stages.length;
};

/** Agreement over one or more nights together. */
export const agreement = (told: readonly Told[]): Agreement => {
  const stages = told.flatMap((night) => night.stages);
  const probabilities = told.flatMap((night) => night.probabilities);
  const table = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  stages.forEach((stage, i) => {
    table[stage]![likeliest(probabilities[i] ?? [])]! += 1;
  });
  const n = stages.length;
  const row = (k: number): number => table[k]?.reduce((a, b) => a + b, 0) ?? 0;
  const column = (k: number): number => table.reduce((sum, line) => sum + (line[k] ?? 0), 0);
  const accuracy = table.reduce((sum, line, k) => sum + (line[k] ?? 0), 0) / n;
  const chance = table.reduce((sum, _, k) => sum + row(k) * column(k), 0) / (n * n);
  return {
    epochs: n,
    accuracy,
    kappa: (accuracy - chance) / (1 - chance),
    recall: table.map((line, k) => (line[k] ?? 0) / Math.max(1, row(k))),
    depth: depthCorrelation(stages, probabilities),
    calibration: calibrationError(stages, probabilities),
  };
};
