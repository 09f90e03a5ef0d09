/** Stages from bands: what holds for any night, and how well it does on real ones. */
import { describe, expect, it } from 'vitest';
import { createStager } from '../../../../core/signal/sensing/stager.ts';
import { STAGER_MODEL } from '../../../../core/signal/sensing/stager-model.ts';
import type { EegReading } from '../../../../core/signal/sensing/reading.ts';
import { STAGES } from '../../../../core/signal/stages.ts';
import { fitStager } from '../../../stager/fit.ts';
import { leaveOnePersonOut } from '../../../stager/leave-one-out.ts';
import { agreement, tell } from '../../../stager/measure.ts';
import { scoredNights, type ScoredNight } from '../../../stager/nights.ts';
import { recordingsFolder } from '../../../support/recordings.ts';

type Heard = Pick<EegReading, 'bands' | 'gamma'>;

/** Shares of each stage with gamma, about as the scored nights have them at Fpz-Cz. */
const TYPICAL: Readonly<Record<(typeof STAGES)[number], Heard>> = {
  W: { bands: [0.9, 0.06, 0.02, 0.01, 0.01], gamma: 0.04 },
  N1: { bands: [0.69, 0.21, 0.07, 0.01, 0.02], gamma: 0.012 },
  N2: { bands: [0.84, 0.1, 0.035, 0.01, 0.015], gamma: 0.004 },
  N3: { bands: [0.955, 0.03, 0.008, 0.003, 0.004], gamma: 0.001 },
  R: { bands: [0.72, 0.21, 0.045, 0.01, 0.015], gamma: 0.007 },
};
const NIGHT: readonly (readonly [keyof typeof TYPICAL, number])[] = [['W', 15], ['N1', 3], ['N2', 20], ['N3', 25], ['N2', 10], ['R', 15], ['N2', 25], ['N3', 15], ['N2', 10], ['R', 25], ['W', 10]];

/** A made-up night: minutes of each stage, a reading every `step` s. Calls back with the stage that holds. */
const live = (step: number, change: (reading: Heard) => Heard, each: (stage: keyof typeof TYPICAL, p: readonly number[], into: number) => void): void => {
  const stager = createStager();
  let second = 0;
  for (const [stage, minutes] of NIGHT) {
    for (let into = 0; into < minutes * 60; into += step) {
      each(stage, stager.hear(change(TYPICAL[stage]), second * 1_000), into);
      second += step;
    }
  }
};

const likeliest = (p: readonly number[]): string => STAGES[p.indexOf(Math.max(...p))] ?? '?';

/** Share of the time, four minutes into each stage and later, in which it is told; N1 apart, which is too short. */
const told = (step: number, change: (reading: Heard) => Heard = (reading) => reading): number => {
  let [right, all] = [0, 0];
  live(step, change, (stage, p, into) => {
    if (stage === 'N1' || into < 240) return;
    all += 1;
    right += likeliest(p) === stage ? 1 : 0;
  });
  return right / all;
};

/** Gain by band, as an electrode or an amplifier has it all night. */
const gained = (gains: readonly number[]) => ({ bands, gamma }: Heard): Heard => {
  const powers = bands.map((share, k) => share * (gains[k] ?? 1));
  const whole = powers.reduce((a, b) => a + b, 0);
  const of = (k: number): number => (powers[k] ?? 0) / whole;
  return { bands: [of(0), of(1), of(2), of(3), of(4)], gamma: ((gamma ?? 0) * (gains[5] ?? 1)) / whole };
};

describe('a made-up night', () => {
  it('is told, at any rate of readings', () => {
    for (const step of [1, 5, 30]) expect(told(step)).toBeGreaterThan(0.85);
  });
  it('is told through another electrode, whose bands are louder and quieter', () => {
    expect(told(30, gained([0.6, 1.4, 1.3, 1.3, 1.5, 2]))).toBeGreaterThan(0.7);
  });
  it('glides: probabilities sum to 1 and no second leaps', () => {
    let before: readonly number[] | null = null;
    let furthest = 0;
    live(1, (reading) => reading, (_, p) => {
      expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      if (before !== null) furthest = Math.max(furthest, ...p.map((value, k) => Math.abs(value - (before?.[k] ?? 0))));
      before = p;
    });
    expect(furthest).toBeLessThan(0.12);
  });
});

describe('the stager', () => {
  it('does not look ahead: what comes later changes nothing earlier', () => {
    const [one, other] = [createStager(), createStager()];
    for (let i = 0; i < 100; i += 1) expect(one.hear(TYPICAL.N2, i * 1_000)).toEqual(other.hear(TYPICAL.N2, i * 1_000));
    one.hear(TYPICAL.W, 100_000);
    expect(other.hear(TYPICAL.N2, 100_000)).toEqual(other.hear(TYPICAL.N2, 100_000));
  });
  it('hears nothing new in a reading of the same moment', () => {
    const stager = createStager();
    const first = stager.hear(TYPICAL.N3, 5_000);
    expect(stager.hear(TYPICAL.W, 5_000)).toEqual(first);
  });
  it('grows unsure over a gap', () => {
    const stager = createStager();
    for (let i = 0; i < 120; i += 1) stager.hear(TYPICAL.N3, i * 30_000);
    const sure = stager.hear(TYPICAL.N3, 120 * 30_000);
    const after = stager.hear(TYPICAL.N1, 120 * 30_000 + 3_600_000);
    expect(sure[3]).toBeGreaterThan(0.7);
    expect(after[3]).toBeLessThan(0.3);
  });
  it('survives shares of nothing and gamma that comes and goes', () => {
    const stager = createStager();
    for (let i = 0; i < 200; i += 1) {
      const p = stager.hear({ bands: [1, 0, 0, 0, 0], gamma: [null, 0, Number.NaN, 5][i % 4] ?? null }, i * 1_000);
      for (const value of p) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

const folder = recordingsFolder();

/** A reading a second of the half minute before it, between two neighbouring epochs; told stages are compared at each epoch's end. */
const everySecond = (night: ScoredNight): { stages: number[]; probabilities: (readonly number[])[] } => {
  const stager = createStager();
  const probabilities = night.readings.map((reading, i) => {
    const before = night.readings[i - 1] ?? reading;
    let p: readonly number[] = [];
    for (let second = 1; second <= 30; second += 1) {
      const f = second / 30;
      const of = (k: number): number => (before.bands[k] ?? 0) * (1 - f) + (reading.bands[k] ?? 0) * f;
      p = stager.hear({ bands: [of(0), of(1), of(2), of(3), of(4)], gamma: before.gamma * (1 - f) + reading.gamma * f }, ((night.times[i] ?? 0) + second) * 1_000);
    }
    return p;
  });
  return { stages: [...night.stages], probabilities };
};

describe.skipIf(folder === null)(`nights scored by hand${folder === null ? ' (skipped: no recordings)' : ''}`, () => {
  const sets = () => [
    { name: 'Fpz-Cz', nights: scoredNights(folder ?? '', 0) },
    { name: 'Pz-Oz', nights: scoredNights(folder ?? '', 1) },
  ];

  it('are told as the figures in docs/nexus.md say, each person by what the others taught', { timeout: 180_000 }, () => {
    const [frontal, occipital] = leaveOnePersonOut(sets());
    expect(frontal?.withGamma.epochs).toBe(13_826);
    expect(frontal?.withGamma.kappa).toBeCloseTo(0.671, 2);
    expect(frontal?.withGamma.depth).toBeCloseTo(0.845, 2);
    expect(frontal?.withGamma.accuracy).toBeCloseTo(0.76, 2);
    expect(frontal?.withGamma.calibration).toBeLessThan(0.1);
    for (const [k, least] of [0.8, 0.15, 0.8, 0.75, 0.8].entries()) expect(frontal?.withGamma.recall[k]).toBeGreaterThan(least);
    expect(frontal?.sharesAlone.kappa).toBeCloseTo(0.504, 2);
    expect(frontal?.sharesAlone.depth).toBeCloseTo(0.634, 2);
    expect(occipital?.withGamma.kappa).toBeCloseTo(0.652, 2);
    expect(occipital?.sharesAlone.kappa).toBeCloseTo(0.612, 2);
  });

  it('give the weights in the tree', { timeout: 120_000 }, () => {
    const fitted = fitStager(sets().flatMap(({ nights }) => nights));
    for (const kind of ['withGamma', 'sharesAlone'] as const) {
      fitted[kind].weights.forEach((row, k) => row.forEach((value, j) => expect(Math.abs(value - (STAGER_MODEL[kind].weights[k]?.[j] ?? 9))).toBeLessThan(0.01)));
    }
    fitted.transitions.forEach((row, i) => row.forEach((value, j) => expect(Math.abs(value - (STAGER_MODEL.transitions[i]?.[j] ?? 9))).toBeLessThan(0.001)));
  });

  it.each([
    ['that begins at 1 Hz', [0.5, 1, 1, 1, 1, 1]],
    ['that is noisy', [0.5, 1, 1.2, 1.5, 1.5, 4]],
    ['that ends early', [1, 1, 1, 0.7, 0.7, 0.3]],
  ])('are told nearly as well through an amplifier %s', { timeout: 60_000 }, (_, gains) => {
    const through = gained(gains);
    const nights = scoredNights(folder ?? '', 0).map((night) => ({ ...night, readings: night.readings.map((reading) => ({ bands: through(reading).bands, gamma: through(reading).gamma ?? 0 })) }));
    expect(agreement(nights.map((night) => tell(night, STAGER_MODEL, true))).kappa).toBeGreaterThan(0.62);
  });

  it('are told alike by a reading a second as by one an epoch', { timeout: 60_000 }, () => {
    const nights = scoredNights(folder ?? '', 0);
    const epochs = agreement(nights.map((night) => tell(night, STAGER_MODEL, true)));
    const seconds = agreement(nights.map(everySecond));
    expect(Math.abs(seconds.kappa - epochs.kappa)).toBeLessThan(0.04);
    expect(seconds.kappa).toBeGreaterThan(0.62);
  });
});
