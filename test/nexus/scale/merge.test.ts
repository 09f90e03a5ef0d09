import { describe, expect, it } from 'vitest';
import { FIELD, addPod, emptyShard, mergeShards, type Shard } from '../../../core/signal/fold.ts';
import { SILENCE } from '../../../nexus/scale/chanting.ts';
import { createMerge, type Merge } from '../../../nexus/scale/merge.ts';
import type { Partial } from '../../../nexus/scale/partial.ts';
import { reading } from '../../support/pods.ts';

const T = 1_800_000_000_000;
const BACK = { settleMs: 2_000, fadeMs: 4_000 };

const sum = (pods: number, stage: 'N3' | 'R' = 'N3'): Shard => Array.from({ length: pods }, (_, i) => reading(stage, i)).reduce(addPod, emptyShard());
const says = (shard: number, at: number, live: Shard, changes: globalThis.Partial<Partial> = {}): Partial => ({
  moment: T + at, shard, of: 2, speaker: { since: T, id: shard }, heard: 1, shards: 1, until: null, chanting: SILENCE, sums: { live, kept: live, published: emptyShard() }, ...changes,
});

/** Two shards speak from one moment to another, every quarter of a second. */
const speak = (merge: Merge, from: number, to: number, each: readonly (readonly [number, Shard, globalThis.Partial<Partial>?])[]): void => {
  for (let at = from; at <= to; at += 250) for (const [shard, live, changes] of each) merge.hear(says(shard, at, live, changes), T + at + 420);
};
const at = (merge: Merge, moment: number): Shard => merge.at(T + moment).sums.live;
const pods = (merge: Merge, moment: number): number => at(merge, moment)[FIELD.pods] ?? 0;

describe('the merge of partial sums', () => {
  it('is their sum, and says how many were on time', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 1_000, [[0, sum(3)], [1, sum(4, 'R')]]);
    expect(merge.at(T + 1_000)).toMatchObject({ shards: 2, heard: [1, 1] });
    expect(at(merge, 1_000)).toEqual(mergeShards(sum(3), sum(4, 'R')));
    expect(merge.troubles(T + 1_500)).toEqual([]);
  });

  it('carries a silent shard: whole at first, without its breaths after 10 s, fading from 90 s to 180 s', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 1_000, [[1, sum(8)]]);
    expect(at(merge, 10_000)).toEqual(sum(8));
    const silent = at(merge, 12_000);
    expect(silent[FIELD.breathQuality]).toBe(0);
    expect(silent[FIELD.N3]).toBe(sum(8)[FIELD.N3]);
    const fading = at(merge, 1_000 + 135_000);
    expect(fading[FIELD.N3]).toBe((sum(8)[FIELD.N3] ?? 0) / 2);
    expect(fading[FIELD.massSquares]).toBe((sum(8)[FIELD.massSquares] ?? 0) / 4);
    expect(fading[FIELD.pods]).toBe(8);
    expect(fading.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))).toBe(true);
    expect(at(merge, 181_000)).toEqual(emptyShard());
    expect(merge.troubles(T + 30_000).join()).toMatch(/Shard 1 has not spoken yet.*Shard 2 has been silent for 29 s/);
  });

  it('hands over to one that comes back without a leap, and then it is its sums to the bit', () => {
    const merge = createMerge(2, BACK);
    const again = { speaker: { since: T + 9_000, id: 9 } };
    speak(merge, 0, 5_000, [[0, sum(10)], [1, sum(10, 'R')]]);
    speak(merge, 5_250, 8_750, [[0, sum(10)]]);
    const steps: number[] = [];
    let before = at(merge, 8_750);
    for (let moment = 9_000; moment <= 17_000; moment += 250) {
      speak(merge, moment, moment, [[0, sum(10)], [1, moment < 10_000 ? emptyShard() : sum(9, 'R'), again]]);
      const { sums: { live: now }, shards } = merge.at(T + moment);
      if (moment === 13_000) expect(shards).toBe(1);
      steps.push(Math.abs((now[FIELD.R] ?? 0) - (before[FIELD.R] ?? 0)) / 4096);
      before = now;
    }
    expect(Math.max(...steps)).toBeLessThan(0.2);
    expect(at(merge, 15_000)).toEqual(mergeShards(sum(10), sum(9, 'R')));
    expect(merge.at(T + 15_000).shards).toBe(2);
  });

  it('does not let a shard that falls again and again drag the collective down', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 2_000, [[0, sum(10)], [1, sum(10, 'R')]]);
    for (const start of [4_000, 7_000, 10_000]) speak(merge, start, start + 1_000, [[0, sum(10)], [1, emptyShard(), { speaker: { since: T + start, id: 1 } }]]);
    expect(at(merge, 11_000)[FIELD.R]).toBe(sum(10, 'R')[FIELD.R]);
  });

  it('stops carrying what it can no longer take a pod out of', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 1_000, [[0, sum(6)], [1, sum(6)]]);
    merge.left(1, T + 3_000);
    speak(merge, 1_250, 4_000, [[0, sum(6)]]);
    expect(pods(merge, 3_250)).toBe(12);
    expect(pods(merge, 3_500)).toBe(6);
    // The owner is there and obeys by itself: nothing is dropped.
    merge.left(0, T + 4_000);
    speak(merge, 4_250, 5_000, [[0, sum(5)]]);
    expect(pods(merge, 5_000)).toBe(5);
  });

  it('stops carrying consents that have run out', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 1_000, [[0, sum(6)], [1, sum(6), { until: T + 20_000 }]]);
    expect(pods(merge, 19_750)).toBe(12);
    expect(pods(merge, 20_000)).toBe(6);
  });

  it('of two with one number hears the one that started first, until it falls silent', () => {
    const merge = createMerge(2, BACK);
    const other = { speaker: { since: T + 100, id: 0 } };
    speak(merge, 0, 2_000, [[0, sum(6)], [0, sum(5), other], [1, sum(6)]]);
    expect(pods(merge, 2_000)).toBe(12);
    expect(merge.troubles(T + 2_500).join()).toMatch(/Two shards call themselves 1 of 2/);
    speak(merge, 2_250, 12_000, [[0, sum(5), other], [1, sum(6)]]);
    expect(at(merge, 12_000)).toEqual(mergeShards(sum(5), sum(6)));
  });

  it('names shards of another number, and clocks that are off, and does not hear them', () => {
    const merge = createMerge(2, BACK);
    merge.hear(says(0, 0, sum(6), { of: 3 }), T + 400);
    merge.hear(says(1, 60_000, sum(6)), T + 400);
    expect(merge.troubles(T + 1_000).join()).toMatch(/1 of 3, but this merger was started for 2.*clock of shard 2 is 60 s ahead/);
    expect(pods(merge, 60_000)).toBe(0);
    merge.hear(says(1, 0, sum(6)), T + 3_400);
    expect(merge.troubles(T + 4_000).join()).toMatch(/What shard 2 says comes 3 s late/);
    expect(pods(merge, 0)).toBe(6);
  });

  it('forgets no shard and keeps no more than it needs, however often it speaks', () => {
    const merge = createMerge(2, BACK);
    speak(merge, 0, 100_000, [[0, sum(2)], [1, sum(2)]]);
    expect(pods(merge, 100_000)).toBe(4);
  });
});
