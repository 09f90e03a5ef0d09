import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhoOf } from '../../../core/privacy/zcdp.ts';
import { addPod, emptyShard, ONE, removePod, type Shard } from '../../../core/signal/fold.ts';
import { privateBinSchema, privateHeadSchema } from '../../../core/signal/private-bin.ts';
import { STAGES, type Stage } from '../../../core/signal/stages.ts';
import { createPrivatePublisher, type PrivatePublisher, type PrivateRelease } from '../../../nexus/publish/private-publisher.ts';
import { secureCoins } from '../../../nexus/publish/secure-coins.ts';
import { addLook, emptySums, LOOKS, SENSITIVITY, SLEEPER } from '../../../nexus/publish/stage-sums.ts';
import { seededCoins } from '../../support/coins.ts';
import { podFrame, reading } from '../../support/pods.ts';

const HALF_HOUR = 1_800_000;
const room = (counts: Readonly<Partial<Record<Stage, number>>>): Shard => {
  const shard = emptyShard();
  for (const stage of STAGES) for (let i = 0; i < (counts[stage] ?? 0); i += 1) addPod(shard, reading(stage));
  return shard;
};
const open = (seed = 1, hours = 8): PrivatePublisher => createPrivatePublisher({ epsilon: 4, delta: 1e-6, hours, random: seededCoins(seed) });
/** All bins of a night in which nothing changes. */
const night = (publisher: PrivatePublisher, shard: Shard, hours = 8): PrivateRelease[] => {
  const releases: PrivateRelease[] = [];
  for (let now = 0; now <= hours * 2 * HALF_HOUR; now += 30_000) {
    const release = publisher.look(now, shard);
    if (release !== null) releases.push(release);
  }
  return releases;
};

describe('the private stream', () => {
  it('says how well it protects, and stops when that is spent', () => {
    const publisher = open();
    expect(privateHeadSchema.parse(publisher.head)).toMatchObject({ epsilon: 4, delta: 1e-6, sigma: 5.617, bins: 16 });
    expect(publisher.spent()).toEqual({ epsilon: 0, left: 16 });
    const releases = night(publisher, room({ N2: 120, R: 40 }));
    expect(releases).toHaveLength(16);
    expect(releases.map(({ bin }) => bin?.t)).toEqual(Array.from({ length: 16 }, (_, index) => index * HALF_HOUR * 1_000));
    for (const { bin } of releases) privateBinSchema.parse(bin);
    expect(publisher.spent().epsilon).toBeCloseTo(4, 9);
    expect(publisher.spent().epsilon).toBeLessThanOrEqual(4);
    expect(publisher.spent().left).toBe(0);
    expect(publisher.look(17 * HALF_HOUR, room({ N2: 160 }))).toBeNull();
    expect(publisher.look(90 * HALF_HOUR, room({ N2: 160 }))).toBeNull();
  });

  it('is right on average, with the noise that it says', () => {
    const shard = room({ W: 10, N2: 100, N3: 50, R: 40 });
    const bins = Array.from({ length: 60 }, (_, seed) => night(open(seed), shard)).flat().flatMap(({ bin }) => (bin === null ? [] : [bin]));
    expect(bins.length).toBe(960);
    [10, 0, 100, 50, 40].forEach((truth, stage) => {
      const errors = bins.map(({ counts }) => (counts[stage] ?? 0) - truth);
      const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
      const variance = errors.reduce((a, b) => a + b * b, 0) / errors.length;
      expect(Math.abs(mean)).toBeLessThan((5 * 5.617) / Math.sqrt(bins.length));
      expect(Math.abs(variance / 31.55 - 1)).toBeLessThan(5 * Math.sqrt(2 / bins.length));
    });
  });

  it('is for a hundred and more, by the noisy counts alone', () => {
    const shown = (sleepers: number): number => Array.from({ length: 10 }, (_, seed) => night(open(seed), room({ N2: sleepers }))).flat().filter(({ bin }) => bin !== null).length;
    expect(shown(30)).toBe(0);
    expect(shown(170)).toBe(160);
    const publisher = open();
    expect(night(publisher, room({ N2: 30 }))[0]).toEqual({ bin: null, reason: expect.stringMatching(/fewer than 100/) });
    // What was withheld was paid for all the same: that it was withheld tells something.
    expect(publisher.spent().left).toBe(0);
  });

  it('means each bin over its half hour, and a stall is no sleepers', () => {
    const publisher = createPrivatePublisher({ epsilon: 4, delta: 1e-6, hours: 1, random: seededCoins(2) });
    const full = room({ N3: 4_000 });
    for (let now = 0; now < HALF_HOUR / 2; now += 1_000) publisher.look(now, full);
    const half = publisher.look(HALF_HOUR, emptyShard());
    expect(Math.abs((half?.bin?.counts[3] ?? 0) - 2_000)).toBeLessThan(50);
  });

  it('begins with the half hour that it finds, and pays for none before', () => {
    const publisher = createPrivatePublisher({ epsilon: 4, delta: 1e-6, hours: 1, random: seededCoins(2) });
    for (let now = 5.2 * HALF_HOUR; now < 6 * HALF_HOUR; now += 30_000) expect(publisher.look(now, room({ N2: 300 }))).toBeNull();
    expect(publisher.look(6 * HALF_HOUR, room({ N2: 300 }))?.bin?.t).toBe(5 * HALF_HOUR * 1_000);
    expect(publisher.spent().left).toBe(1);
  });

  it.each([
    ['too much', { epsilon: 4.01 }], ['nothing', { epsilon: 0 }], ['no number', { epsilon: Number.NaN }], ['a loose delta', { delta: 1e-5 }],
    ['no delta', { delta: 0 }], ['too long', { hours: 25 }], ['no time', { hours: 0 }],
  ])('refuses %s', (_name, changes) => {
    expect(() => createPrivatePublisher({ epsilon: 4, delta: 1e-6, hours: 8, random: seededCoins(1), ...changes })).toThrow(/give/);
  });
});

describe('law: one sleeper more or less', () => {
  const p = fc.array(fc.nat({ max: 1_000 }), { minLength: 5, maxLength: 5 }).filter((values) => values.some((value) => value > 0));
  const sleeper = fc.array(fc.record({ p, weight: fc.double({ min: 0, max: 1, noNaN: true }), q: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: LOOKS, maxLength: LOOKS });
  it('changes the sums of a bin by no more than the noise is made for', () => {
    fc.assert(
      fc.property(sleeper, fc.integer({ min: 0, max: 20 }), (looks, others) => {
        const without = emptySums();
        const withOne = emptySums();
        for (const { p: weights, weight, q } of looks) {
          const total = weights.reduce((a, b) => a + b, 0);
          const [w = 0, n1 = 0, n2 = 0, n3 = 0, r = 0] = weights.map((value) => value / total);
          const one = reading('W', null, { frame: podFrame({ pStage: [w, n1, n2, n3, r], q: { eeg: q, hr: 1, resp: 1, motion: 1 } }), weight });
          const shard = room({ N2: others });
          addLook(without, shard);
          addLook(withOne, addPod(shard, one));
          expect(removePod(shard, one)).toEqual(room({ N2: others }));
        }
        const squares = withOne.reduce((sum, value, k) => sum + (value - (without[k] ?? 0n)) ** 2n, 0n);
        expect(squares <= BigInt(SENSITIVITY) ** 2n).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('reaches that bound but for the rounding, so less noise would be too little', () => {
    const sums = emptySums();
    for (let i = 0; i < LOOKS; i += 1) addLook(sums, room({ R: 1 }));
    expect(sums[4]).toBe(BigInt(SLEEPER));
    expect([SLEEPER, SENSITIVITY]).toEqual([ONE * 60, (ONE + 3) * 60]);
    expect(rhoOf(16, 5.6128)).toBeCloseTo(0.253_94, 4);
  });
});

describe('chance that nobody can foretell', () => {
  it('is even, and stays below', () => {
    const coins = secureCoins();
    for (const n of [1n, 2n, 3n, 6n, 255n, 256n, 257n, 10n ** 24n]) for (let i = 0; i < 50; i += 1) expect(coins.below(n) < n).toBe(true);
    const seen = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 12_000; i += 1) seen[Number(coins.below(6n))]! += 1;
    const chi = seen.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    // Five degrees of freedom: beyond 45 is one run in a hundred million.
    expect(chi).toBeLessThan(45);
  });
});
