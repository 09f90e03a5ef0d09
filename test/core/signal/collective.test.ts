import { describe, expect, it } from 'vitest';
import { breathSynchrony, concordance, discord, divergence, jeffreysShares, measure, stageCounts, stageEntropy, startHistory, unity } from '../../../core/signal/collective.ts';
import { collectiveFrameSchema } from '../../../core/signal/collective-frame.ts';
import { FIELD, ONE, addPod, emptyShard, type Shard } from '../../../core/signal/fold.ts';
import { chanceAgreement } from '../../../core/signal/stage-baseline.ts';
import type { Stage } from '../../../core/signal/stages.ts';
import { podFrame, reading } from '../../support/pods.ts';

const shardOf = (stages: readonly Stage[], phases: readonly number[] = []): Shard =>
  stages.reduce((shard, stage, i) => addPod(shard, reading(stage, phases[i] ?? null)), emptyShard());

describe('the fold of pods', () => {
  it('counts sharp labels and keeps probability as mass that adds up to the sleeper', () => {
    expect(stageCounts(shardOf(['N2', 'N2', 'R']))).toEqual([0, 0, 2, 0, 1]);
    const soft = addPod(emptyShard(), { ...reading('N2'), frame: podFrame({ pStage: [0.1, 0.2, 0.3, 0.15, 0.25] }) });
    expect(stageCounts(soft).reduce((a, b) => a + b, 0)).toBe(1);
    expect(stageCounts(soft)[2]).toBeCloseTo(0.3, 3);
  });

  it('reads null as unknown and leaves out what is below quality .3', () => {
    const none = addPod(emptyShard(), { ...reading('N2', 1), frame: podFrame({ q: { eeg: 0.29, hr: 0.29, resp: 0.29, motion: 0.29 } }) });
    expect([...none].filter((n) => n !== 0)).toEqual([1]);
    const heartless = addPod(emptyShard(), { ...reading('N2'), frame: podFrame({ hrBpm: null, q: { eeg: 1, hr: 1, resp: 1, motion: 1 } }) });
    expect(heartless[FIELD.heartQuality]).toBe(0);
  });
});

describe('measures by hand', () => {
  it('shares by Jeffreys: one sleeper in N2 is (1 + .5)/(1 + 2.5)', () => {
    expect(jeffreysShares([0, 0, 1, 0, 0]).map((s) => s.toFixed(6))).toEqual(['0.142857', '0.142857', '0.428571', '0.142857', '0.142857']);
  });

  it('entropy: [ln 2 + 1/8]/ln 5 for two and two; 0 for all alike; at most 1', () => {
    expect(stageEntropy([2, 0, 2, 0, 0])).toBeCloseTo((Math.log(2) + 1 / 8) / Math.log(5), 12);
    expect(stageEntropy([0, 0, 7, 0, 0])).toBe(0);
    expect(stageEntropy([1, 1, 1, 1, 1])).toBe(1);
    expect(stageEntropy([0, 0, 0, 0, 0])).toBe(0);
  });

  it('synchrony: phases 0, 0, pi give ((1)^2 - 3)/(9 - 3) = -1/3; alike 1; two opposite -1; one null', () => {
    expect(breathSynchrony(shardOf(['N2', 'N2', 'N2'], [0, 0, Math.PI]))).toBeCloseTo(-1 / 3, 6);
    expect(breathSynchrony(shardOf(['N2', 'N2', 'N2'], [2, 2, 2]))).toBeCloseTo(1, 5);
    expect(breathSynchrony(shardOf(['N2', 'N2'], [0, Math.PI]))).toBeCloseTo(-1, 5);
    expect(breathSynchrony(shardOf(['N2', 'N2', 'N2', 'N2'], [0, Math.PI / 2, Math.PI, (3 * Math.PI) / 2]))).toBeCloseTo(-1 / 3, 6);
    expect(breathSynchrony(shardOf(['N2'], [0]))).toBeNull();
  });

  it('synchrony weighs by quality: q 1, .5 in phase and .5 opposite gives ((1)^2 - 1.5)/(4 - 1.5) = -.2', () => {
    const shard = emptyShard();
    const weak = podFrame({ q: { eeg: 1, hr: 1, resp: 0.5, motion: 1 } });
    addPod(shard, reading('N2', 0));
    addPod(shard, { ...reading('N2', 0), frame: weak });
    addPod(shard, { ...reading('N2', Math.PI), frame: weak });
    expect(breathSynchrony(shard)).toBeCloseTo(-0.2, 6);
  });

  it('synchrony of strangers is 0 in the mean, whatever their number', () => {
    for (const n of [2, 5, 24]) {
      let sum = 0;
      for (let i = 0; i < 2_000; i += 1) {
        const phases = Array.from({ length: n }, (_, k) => ((i * 7_919 + k * 104_729 + i * k * 31) % 6_283) / 1_000);
        sum += breathSynchrony(shardOf(new Array<Stage>(n).fill('N2'), phases)) ?? 0;
      }
      expect(Math.abs(sum / 2_000)).toBeLessThan(0.05);
    }
  });

  it('concordance: C = (3x2 + 1x0)/(4x3) = .5, so C* = (.5 - .4)/(1 - .4)', () => {
    expect(concordance(shardOf(['N2', 'N2', 'N2', 'R']), 0.4)).toBeCloseTo((0.5 - 0.4) / 0.6, 12);
    expect(concordance(shardOf(['N2', 'N2', 'N2']), 0.4)).toBe(1);
    expect(concordance(shardOf(['W', 'N1', 'N2', 'N3', 'R']), 0.25)).toBeCloseTo(-1 / 3, 12);
    expect(concordance(shardOf(['N2']), 0.4)).toBe(0);
  });

  it('concordance of unsure pods: alike is still 1, and chance is still 0', () => {
    const soft = (p: [number, number, number, number, number]) => ({ ...reading('N2'), frame: podFrame({ pStage: p }) });
    const alike = emptyShard();
    for (let i = 0; i < 4; i += 1) addPod(alike, soft([0.05, 0.05, 0.8, 0.05, 0.05]));
    expect(concordance(alike, 0.4)).toBeCloseTo(1, 3);
    // Four sleepers, one surely leaning to each of four stages: pairs agree by 2 x .8 x .05 + 3 x .05^2.
    const apart = emptyShard();
    const leaning: readonly [number, number, number, number, number][] = [[0.8, 0.05, 0.05, 0.05, 0.05], [0.05, 0.8, 0.05, 0.05, 0.05], [0.05, 0.05, 0.8, 0.05, 0.05], [0.05, 0.05, 0.05, 0.8, 0.05]];
    for (const p of leaning) addPod(apart, soft(p));
    const agreement = 2 * 0.8 * 0.05 + 3 * 0.05 * 0.05;
    const sharpness = 0.8 * 0.8 + 4 * 0.05 * 0.05;
    const chance = 0.2 + ((sharpness - 0.2) / 0.8) * (0.4 - 0.2);
    expect(concordance(apart, 0.4)).toBeCloseTo((agreement - chance) / (sharpness - chance), 3);
  });

  it('discord: .5 with no evidence or a normal night, (60 + 30)/(2 + 2) an hour gives 22.5/37.5', () => {
    expect(discord(0, 0)).toBe(0.5);
    expect(discord(30, 2)).toBe(0.5);
    expect(discord(60, 2)).toBeCloseTo(22.5 / 37.5, 12);
    expect(discord(0, 2)).toBeCloseTo(7.5 / 22.5, 12);
  });

  it('unity: 8 sleepers, PPC .6 and C* .4 give 1/2 x .5; below chance counts as chance', () => {
    expect(unity(8, 0.6, 0.4)).toBeCloseTo(0.25, 12);
    expect(unity(8, -0.6, -0.4)).toBe(0);
    expect(unity(24, null, 1)).toBeCloseTo(0.375, 12);
  });

  it('divergence: 1 of strangers, 0 of the same, and a case by hand', () => {
    expect(divergence([1, 0], [0, 1])).toBe(1);
    expect(divergence([0.3, 0.7], [0.3, 0.7])).toBe(0);
    const jsd = 0.5 * Math.log2(1 / 0.75) + 0.5 * (0.5 * Math.log2(0.5 / 0.75) + 0.5 * Math.log2(0.5 / 0.25));
    expect(divergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.sqrt(jsd), 12);
  });

  it('chance agreement: 1 at lights off, a bedroom of mixed sleepers later, held after 8 h', () => {
    expect(chanceAgreement(0)).toBe(1);
    expect(chanceAgreement(-5)).toBe(1);
    expect(chanceAgreement(300)).toBeCloseTo(0.9231 ** 2 + 0.0353 ** 2 + 0.0335 ** 2 + 0.0081 ** 2, 12);
    expect(chanceAgreement(4 * 3_600)).toBeGreaterThan(0.25);
    expect(chanceAgreement(4 * 3_600)).toBeLessThan(0.45);
    expect(chanceAgreement(20 * 3_600)).toBe(chanceAgreement(9 * 3_600));
  });
});

describe('a collective frame', () => {
  it('is on the grid, in the schema, and depth leaves REM out', () => {
    const shard = shardOf(['N2', 'N3', 'R', 'W'], [0, 1, 2, 3]);
    const { measures } = measure(shard, startHistory(), 0, 7_200);
    const frame = { t: 0, n: 4, gated: false, ...measures };
    expect(collectiveFrameSchema.parse(frame)).toEqual(frame);
    expect(measures.depth).toBe(0.5533);
    expect(measures.dream).toBe(0.25);
    expect(measures.heartBpm).toBe(60);
    for (const value of Object.values(measures).flat()) if (value !== null) expect(Math.abs(value * 10_000 - Math.round(value * 10_000))).toBeLessThan(1e-6);
  });

  it('holds the depth while everybody dreams and says null of what no pod sends', () => {
    const first = measure(shardOf(['N3']), startHistory(), 0, 3_600);
    const silent = addPod(emptyShard(), { ...reading('R'), frame: podFrame({ pStage: [0, 0, 0, 0, 1], hrBpm: null, respHz: null }) });
    const { measures } = measure(silent, first.history, 0.25, 3_600);
    expect(measures.depth).toBe(1);
    expect([measures.heartBpm, measures.breathHz, measures.synchrony]).toEqual([null, null, null]);
  });

  it('finds novelty when sleepers change and forgets it again', () => {
    let history = startHistory();
    const values: number[] = [];
    for (let minute = 0; minute < 120; minute += 1) {
      const step = measure(shardOf(minute < 30 ? ['N2', 'N2', 'N2', 'N2'] : ['R', 'R', 'R', 'R']), history, 60, 7_200);
      history = step.history;
      values.push(step.measures.novelty);
    }
    expect(values[29]).toBe(0);
    expect(Math.max(...values)).toBeGreaterThan(0.3);
    expect(values[119]).toBeLessThan(0.02);
  });

  it('has sums that stay whole and safe for a million pods', () => {
    const one = addPod(emptyShard(), { ...reading('N3', 1), frame: podFrame({ hrBpm: 250, respHz: 2, motion: 1, pStage: [0, 0, 0, 1, 0] }), arousals: 5, sleeperSeconds: 600 });
    for (const value of one) {
      expect(Number.isInteger(value)).toBe(true);
      expect(Math.abs(value)).toBeLessThan(2 ** 26);
    }
    expect(ONE).toBe(4096);
  });
});
