import { describe, expect, it } from 'vitest';
import { SIGNALS, readSignal, type CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { NEUTRAL_MEASURES, measure, startHistory, type Measures } from '../../core/signal/collective.ts';
import { addPod, emptyShard, type Shard } from '../../core/signal/fold.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { FADE_MS, arrange, foldRealms, isFading, partitionOf, startRealms, type Moment, type Realms } from '../../nexus/realms.ts';
import { meanMeasures, mixMeasures } from '../../nexus/mixed-measures.ts';
import { reading, sharp } from '../support/pods.ts';
import { guardedRoom, range } from '../support/guarded-room.ts';

/** So many sleepers of one stage who breathe as one. */
const sleepers = (count: number, stage: Stage, phase: number): Shard => range(count).reduce((sum) => addPod(sum, reading(stage, phase)), emptyShard());
const at = (now: number, minimumPods = 1): Moment => ({ now, elapsed: 0.25, night: 10_000 + now / 1_000, minimumPods });

/** Frames every quarter second from one moment to another. */
const play = (realms: Realms, shards: readonly Shard[], from: number, to: number, minimumPods = 1): { realms: Realms; measures: Measures[]; gated: boolean[] } => {
  const measures: Measures[] = [];
  const gated: boolean[] = [];
  let state = realms;
  for (let now = from; now <= to; now += 250) {
    const folded = foldRealms(state, shards, at(now, minimumPods));
    state = folded.realms;
    measures.push(folded.measures);
    gated.push(folded.gated);
  }
  return { realms: state, measures, gated };
};

const last = <T>(list: readonly T[]): T => {
  const value = list.at(-1);
  if (value === undefined) throw new Error('nothing came');
  return value;
};

describe('realms', () => {
  it('that are one are the fold of the whole, to the bit', () => {
    const shards = [sleepers(3, 'N2', 1), sleepers(4, 'R', 2), emptyShard()];
    let history = startHistory();
    let realms = startRealms(3);
    for (let now = 0; now < 30_000; now += 250) {
      const whole = measure(addAll(shards), history, 0.25, at(now).night);
      history = whole.history;
      const folded = foldRealms(realms, shards, at(now));
      realms = folded.realms;
      expect(folded.measures).toEqual(whole.measures);
    }
  });

  it('are folded apart and weigh by their pods; one below the gate says nothing', () => {
    const shards = [sleepers(6, 'N3', 0), sleepers(12, 'W', 3), sleepers(4, 'R', 0)];
    const parted = arrange(startRealms(3), [[0], [1], [2]], 0);
    const { measures } = play(parted, shards, 0, FADE_MS, 5);
    const alone = (i: number): Measures => measure(shards[i] ?? emptyShard(), startHistory(), 0, at(FADE_MS).night).measures;
    expect(last(measures).depth).toBeCloseTo(1 / 3, 4);
    expect(last(measures).dream).toBe(0);
    expect(last(measures).share[3]).toBeCloseTo((6 * alone(0).share[3] + 12 * alone(1).share[3]) / 18, 3);
    expect(last(measures).synchrony).toBe(1);
    expect(last(measures).share.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
  });

  it('that are parted below the gate fall silent by a fade', () => {
    const shards = [sleepers(3, 'N3', 0), sleepers(3, 'N3', 0)];
    const parted = arrange(startRealms(2), [[0], [1]], 0);
    const { measures, gated } = play(parted, shards, 0, FADE_MS + 1_000, 5);
    expect(gated[0]).toBe(false);
    expect(last(gated)).toBe(true);
    expect(last(measures)).toEqual(NEUTRAL_MEASURES);
    const steps = measures.slice(1).map(({ depth }, i) => Math.abs(depth - (measures[i]?.depth ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.01);
  });

  it('are faded between without a leap, however often the order changes', () => {
    const shards = [sleepers(6, 'N3', 0), sleepers(6, 'W', 3.1), sleepers(6, 'R', 1.5)];
    const orders = [[[0], [1], [2]], [[0, 1], [2]], [[0, 1, 2]], [[0], [1, 2]], [[0, 2], [1]], [[0, 1, 2]]];
    let { realms } = play(startRealms(3), shards, -60_000, 0);
    let before: Measures | null = null;
    let now = 250;
    for (const order of orders) {
      realms = arrange(realms, order, now - 100);
      expect(partitionOf(realms)).toEqual(order);
      const part = play(realms, shards, now, now + 8_000);
      for (const measures of part.measures) {
        for (const name of SIGNALS) {
          const step = before === null ? 0 : Math.abs(readSignal(framed(measures), name) - readSignal(framed(before), name));
          expect(step, name).toBeLessThan(0.02);
        }
        before = measures;
      }
      ({ realms } = part);
      now += 8_250;
    }
    expect(isFading(realms)).toBe(true);
    const rest = play(realms, shards, now, now + 3 * FADE_MS);
    expect(isFading(rest.realms)).toBe(false);
    expect(rest.realms.orders[0].realms.map(({ circles }) => circles)).toEqual([[0, 1, 2]]);
  });

  it('let unity rise when circles of synchronous sleepers are joined and fall when they are parted', () => {
    const shards = [sleepers(8, 'N3', 1), sleepers(8, 'N3', 1)];
    const parted = play(arrange(startRealms(2), [[0], [1]], -2 * FADE_MS), shards, -FADE_MS, 0);
    const joined = play(arrange(parted.realms, [[0, 1]], 0), shards, 250, FADE_MS + 1_000);
    const apart = play(arrange(joined.realms, [[1], [0]], FADE_MS + 1_000), shards, FADE_MS + 1_250, 2 * FADE_MS + 2_000);
    const unity = (frames: readonly Measures[]): number[] => frames.map((each) => each.unity);
    const rising = unity(joined.measures);
    const falling = unity(apart.measures);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(unity(parted.measures).at(-1)).toBeCloseTo(0.5, 3);
    expect(rising.at(-1)).toBeCloseTo(16 / 24, 3);
    expect(falling.at(-1)).toBeCloseTo(0.5, 3);
    expect(new Set(rising).size).toBeGreaterThan(100);
  });

  it('tell at once what does not know of a measure', () => {
    const known = { ...NEUTRAL_MEASURES, synchrony: 0.8, heartBpm: 60 };
    expect(mixMeasures(NEUTRAL_MEASURES, known, 0.25)).toMatchObject({ synchrony: 0.2, heartBpm: 60, breathHz: null });
    expect(meanMeasures([{ measures: NEUTRAL_MEASURES, weight: 30 }, { measures: known, weight: 10 }])).toMatchObject({ synchrony: 0.8, heartBpm: 60, breathHz: null });
  });
});

describe('the circles of a room', () => {
  const circleOf = (i: number): string => (i < 8 ? 'north' : 'south');

  it('are joined and parted by the host; newcomers come by twos into each realm, and not during a fade', () => {
    const room = guardedRoom({ circles: ['north', 'south'] }, circleOf);
    const asleep = (): object => ({ pStage: sharp('N3'), respPhase: 1 });
    const first = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13];
    room.live(20, first, asleep);
    expect(room.guard.view(room.now).realms).toEqual([['north', 'south']]);
    expect(room.guard.crowd('north')).toEqual({ pods: 12, heard: true });
    const joined = room.guard.frameAt(room.now).frame;
    room.guard.command({ kind: 'realms', realms: [['south'], ['north']] });
    room.live(60, first, asleep);
    expect(room.guard.crowd('north')).toEqual({ pods: 6, heard: true });
    const parted = room.guard.frameAt(room.now).frame;
    expect(parted.unity).toBeLessThan(joined.unity);
    expect(parted.n).toBe(12);
    // One newcomer in each realm: each would be told apart there.
    room.live(300, [...first, 6, 14], asleep);
    expect(room.guard.frameAt(room.now).frame.n).toBe(12);
    room.guard.command({ kind: 'realms', realms: [['north', 'south']] });
    room.live(40, [...first, 6, 14], asleep);
    expect(room.guard.frameAt(room.now).frame.n).toBe(12);
    room.live(20, [...first, 6, 14], asleep);
    expect(room.guard.frameAt(room.now).frame.n).toBe(14);
  });

  it('refuses an order that is not of every circle exactly once', () => {
    const room = guardedRoom({ circles: ['north', 'south'] }, circleOf);
    for (const realms of [[['north']], [['north', 'south'], ['north']], [['north', 'east'], ['south']]]) {
      expect(() => room.guard.command({ kind: 'realms', realms })).toThrow('the circles stay as they are');
    }
    expect(room.guard.frame({}, { adapter: 'test', connection: 'c', circle: 'east' })).toBe('malformed');
  });
});

const addAll = (shards: readonly Shard[]): Shard => shards.reduce((sum, shard) => sum.map((value, i) => value + (shard[i] ?? 0)), emptyShard());
const framed = (measures: Measures): CollectiveFrame => ({ t: 0, n: 0, gated: false, ...measures });
