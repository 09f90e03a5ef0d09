import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_MEASURES, measure, startHistory } from '../../core/signal/collective.ts';
import { addPod, emptyShard, mergeShards, removePod, type PodReading, type Shard } from '../../core/signal/fold.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { createAggregator } from '../../nexus/aggregator.ts';
import { gatheringFrames, openGathering } from '../../nexus/gathering-source.ts';
import { arrange, foldRealms, startRealms } from '../../nexus/realms.ts';
import { podFrame } from '../support/pods.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const pStage = fc.tuple(share, share, share, share, share).filter((p) => p.some((x) => x > 0.01)).map((p): [number, number, number, number, number] => {
  const sum = p.reduce((a, b) => a + b, 0);
  return [p[0] / sum, p[1] / sum, p[2] / sum, p[3] / sum, p[4] / sum];
});
const frame: fc.Arbitrary<PodFrame> = fc.record({
  pStage: orNull(pStage),
  hrBpm: orNull(fc.double({ min: 20, max: 250, noNaN: true })),
  respHz: orNull(fc.double({ min: 0.02, max: 2, noNaN: true })),
  motion: orNull(share),
  respPhase: orNull(fc.double({ min: 0, max: 6.28, noNaN: true })),
  arousal: fc.constantFrom(0 as const, 1 as const, null),
  q: fc.record({ eeg: share, hr: share, resp: share, motion: share }),
}).map((changes) => podFrame(changes));
const reading: fc.Arbitrary<PodReading> = fc.record({
  frame,
  weight: share,
  breathPhase: orNull(fc.double({ min: 0, max: 6.28, noNaN: true })),
  arousals: fc.double({ min: 0, max: 20, noNaN: true }),
  sleeperSeconds: fc.double({ min: 0, max: 600, noNaN: true }),
});
const crowd = fc.array(reading, { maxLength: 40 });
const fold = (readings: readonly PodReading[]): Shard => readings.reduce(addPod, emptyShard());

describe('law: the fold', () => {
  it('of shards is the fold of the whole, however they are cut and in whatever order', () => {
    fc.assert(
      fc.property(crowd, fc.array(fc.nat(), { maxLength: 40 }), fc.nat({ max: 6 }), (readings, order, shards) => {
        const parts = Array.from({ length: shards + 1 }, () => emptyShard());
        const shuffled = readings.map((each, i) => ({ each, key: order[i] ?? i })).toSorted((a, b) => a.key - b.key).map(({ each }) => each);
        shuffled.forEach((each, i) => addPod(parts[(order[i] ?? i) % parts.length] ?? emptyShard(), each));
        expect(parts.reduce(mergeShards)).toEqual(fold(readings));
      }),
    );
  });

  it('of circles that are one realm is the fold of the whole; the order of circles and realms changes nothing', () => {
    const moment = { now: 60_000, elapsed: 0.25, night: 3_600, minimumPods: 1 };
    fc.assert(
      fc.property(crowd, fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 }), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (readings, seats, order) => {
        const circles = Array.from({ length: 4 }, emptyShard);
        readings.forEach((each, i) => addPod(circles[seats[i] ?? 0] ?? emptyShard(), each));
        const whole = measure(fold(readings), startHistory(), 0.25, 3_600).measures;
        const joined = foldRealms(arrange(startRealms(4), [order], 0), circles, moment);
        expect(joined.measures).toEqual(readings.length === 0 ? NEUTRAL_MEASURES : whole);
        const [a = 0, b = 1, ...rest] = order;
        const parted = (realms: readonly (readonly number[])[]): unknown => foldRealms(arrange(startRealms(4), realms, 0), circles, moment).measures;
        const near = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'number' ? expect.closeTo(each, 3) : each));
        expect(parted([[a, b], rest])).toEqual(near(parted([rest.toReversed(), [b, a]])));
      }),
    );
  });

  it('is associative and commutative, and nothing is its nothing', () => {
    fc.assert(
      fc.property(crowd, crowd, crowd, (x, y, z) => {
        const [a, b, c] = [fold(x), fold(y), fold(z)];
        expect(mergeShards(mergeShards(a, b), c)).toEqual(mergeShards(a, mergeShards(b, c)));
        expect(mergeShards(a, b)).toEqual(mergeShards(b, a));
        expect(mergeShards(a, emptyShard())).toEqual(a);
      }),
    );
  });

  it('holds whole, safe numbers', () => {
    fc.assert(fc.property(crowd, (readings) => fold(readings).every((sum) => Number.isSafeInteger(sum))));
  });

  it('makes measures within their ranges from any pods', () => {
    fc.assert(
      fc.property(crowd, fc.double({ min: 0, max: 40_000, noNaN: true }), (readings, night) => {
        const { measures } = measure(fold(readings), startHistory(), 0, night);
        for (const value of [...measures.share, measures.entropy, measures.depth, measures.dream, measures.discord, measures.unity, measures.novelty, measures.motion]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(Math.abs(measures.concordance)).toBeLessThanOrEqual(1);
        expect(Math.abs(measures.synchrony ?? 0)).toBeLessThanOrEqual(1);
        expect(Math.abs(measures.share.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(0.0005);
      }),
    );
  });
});

describe('law: withdrawal', () => {
  it('of a pod leaves the sum in which it never was', () => {
    fc.assert(
      fc.property(crowd, reading, fc.nat(), (readings, leaver, place) => {
        const at = place % (readings.length + 1);
        const all = fold([...readings.slice(0, at), leaver, ...readings.slice(at)]);
        expect(removePod(all, leaver)).toEqual(fold(readings));
      }),
    );
  });

  it('from an aggregator at any time leaves the live sum as if the pod had never come', () => {
    const arrival = fc.record({ pod: fc.nat({ max: 5 }), after: fc.nat({ max: 5_000 }), frame });
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 60 }), fc.nat({ max: 5 }), fc.nat({ max: 100_000 }), (arrivals, leaver, later) => {
        const sid = (pod: number): string => pod.toString(16).padStart(16, '0');
        const withIt = createAggregator({ minimumPods: 1 });
        const without = createAggregator({ minimumPods: 1 });
        let now = 0;
        arrivals.forEach(({ pod, after, frame: heard }, seq) => {
          now += after;
          const own = { ...heard, sid: sid(pod), seq };
          withIt.accept(own, now);
          if (pod !== leaver) without.accept(own, now);
        });
        withIt.withdraw(sid(leaver));
        expect(withIt.shardAt(now + later)).toEqual(without.shardAt(now + later));
      }),
    );
  });
});

describe('law: chance has no clock', () => {
  it('the same seed makes the same frames, another seed others', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_fffe }), fc.integer({ min: 2, max: 6 }), (seed, pods) => {
        const text = (s: number): string => JSON.stringify([...gatheringFrames({ simulate: pods, seed: s, seconds: 30 })]);
        expect(text(seed)).toBe(text(seed));
        expect(text(seed)).not.toBe(text(seed + 1));
      }),
      { numRuns: 15 },
    );
  });

  it('a longer gathering begins with the same frames, and reading it in one go or step by step is one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (seed, short, more) => {
        const source = { simulate: 3, seed } as const;
        const long = [...gatheringFrames({ ...source, seconds: short + more })];
        expect([...gatheringFrames({ ...source, seconds: short })]).toEqual(long.slice(0, short * 4));
        const gathering = openGathering(source);
        expect(long.map(() => gathering.next())).toEqual(long);
      }),
      { numRuns: 10 },
    );
  });
});
