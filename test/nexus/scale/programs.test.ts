import { describe, expect, it } from 'vitest';
import type { BrokerSource } from '../../../core/ipc/room.ts';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { FIELD } from '../../../core/signal/fold.ts';
import type { PodFrame } from '../../../core/signal/pod-frame.ts';
import { podTopic, type PodVerb } from '../../../nexus/adapters/topics.ts';
import { createCollectiveAdapter } from '../../../nexus/scale/collective-adapter.ts';
import { encodeCollective } from '../../../nexus/scale/collective-message.ts';
import { runMerger, type MergerOptions } from '../../../nexus/scale/merger.ts';
import type { Sums } from '../../../nexus/scale/partial.ts';
import { runShard } from '../../../nexus/scale/shard.ts';
import { partitionOf, shardTopic } from '../../../nexus/scale/topics.ts';
import { atEveryMoment } from '../../../nexus/scale/wall-clock.ts';
import { podFrame } from '../../support/pods.ts';
import { fakeBroker, fakeWallClock, type FakeBroker, type FakeWallClock } from './fake-broker.ts';

const START = 1_800_000_000_000;
const GATHERING = 'night';
const source: BrokerSource = { url: 'mqtt://fake:1883', version: 5, username: null, password: null, ca: null, circle: 'one' };
const sid = (pod: number): string => pod.toString(16).padStart(16, '0');

interface Hall {
  readonly clock: FakeWallClock;
  readonly broker: FakeBroker;
  readonly frames: CollectiveFrame[];
  readonly kept: (CollectiveFrame | null)[];
  say(pod: number, verb: PodVerb, payload: unknown): void;
  /** So many pods send once a second, for so many seconds. */
  sleep(pods: readonly number[], seconds: number, changes?: Partial<PodFrame>): void;
  shard(shard: number, of: number): Promise<ReturnType<typeof runShard>>;
  merger(of: number, changes?: Partial<MergerOptions>): Promise<ReturnType<typeof runMerger>>;
  readonly sums: Map<number, Sums>;
}

/** A gathering at a broker in memory, with a studio that listens. */
const hall = async (): Promise<Hall> => {
  const clock = fakeWallClock(START);
  let turn = 0;
  const broker = fakeBroker(() => (turn += 1));
  const frames: CollectiveFrame[] = [];
  const kept: (CollectiveFrame | null)[] = [];
  const sums = new Map<number, Sums>();
  const studio = createCollectiveAdapter({
    broker: source, gathering: GATHERING, clock, link: broker.link,
    onFrame: (frame, part) => {
      frames.push(frame);
      kept.push(part);
    },
  });
  await studio.start();
  let seq = 0;
  const say = (pod: number, verb: PodVerb, payload: unknown): void => broker.publish(podTopic(GATHERING, sid(pod), verb), JSON.stringify(payload));
  return {
    clock, broker, frames, kept, sums, say,
    sleep: (pods, seconds, changes = {}) => {
      for (let second = 0; second < seconds; second += 1) {
        seq += 1;
        for (const pod of pods) say(pod, 'frame', podFrame({ ...changes, sid: sid(pod), seq, tMono: seq * 1_000 }));
        clock.advance(1_000);
      }
    },
    shard: async (shard, of) => {
      const program = runShard({ broker: source, gathering: GATHERING, shard, of, clock, firstMs: 1_000, link: broker.link });
      await program.start();
      return program;
    },
    merger: async (of, changes = {}) => {
      const program = runMerger({ broker: source, gathering: GATHERING, of, clock, link: broker.link, back: { settleMs: 2_000, fadeMs: 2_000 }, onMerged: (merged, moment) => sums.set(moment, merged.sums), ...changes });
      await program.start();
      return program;
    },
  };
};

const TWELVE = Array.from({ length: 12 }, (_, pod) => pod + 1);
const ofPartition = (shard: number): number[] => TWELVE.filter((pod) => partitionOf(sid(pod), 2) === shard);

describe('shards, merger and studio at one broker', () => {
  it('send the collective 4 times a second, behind the gate of five', async () => {
    const { merger, shard, sleep, frames } = await hall();
    await shard(0, 2);
    await shard(1, 2);
    await merger(2);
    sleep(TWELVE.slice(0, 4), 5);
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.every(({ gated }) => gated)).toBe(true);
    sleep(TWELVE, 10);
    expect(frames.at(-1)?.n).toBeLessThan(12);
    sleep(TWELVE, 300);
    expect(frames.at(-1)).toMatchObject({ n: 12, gated: false });
    expect((frames.at(-1)?.t ?? 0) - (frames.at(-41)?.t ?? 0)).toBe(10_000_000);
  });

  it('keep apart what a take may hold', async () => {
    const { merger, shard, sleep, frames, kept } = await hall();
    await shard(0, 1);
    await merger(1);
    const consent = { ...podFrame().consent, record: false };
    for (let second = 0; second < 8; second += 1) {
      sleep(TWELVE.slice(0, 6), 0);
      sleep(TWELVE.slice(6), 1, { consent, pStage: [0, 0, 0, 0, 1] });
      sleep(TWELVE.slice(0, 6), 1);
    }
    expect(frames.at(-1)).toMatchObject({ n: 12 });
    expect(kept.at(-1)).toMatchObject({ n: 6, dream: 0 });
  });

  it('obey a bye within a second, though frames of the same pod come later by another way', async () => {
    const { merger, shard, sleep, say, sums, clock, frames } = await hall();
    await shard(0, 2);
    await shard(1, 2);
    await merger(2);
    sleep(TWELVE, 6);
    expect(frames.at(-1)?.n).toBe(12);
    const left = clock.unix();
    say(3, 'frame', podFrame({ sid: sid(3), seq: 1_000, tMono: 900_000 }));
    say(3, 'bye', null);
    say(3, 'frame', podFrame({ sid: sid(3), seq: 1_001, tMono: 900_000 }));
    const before = frames.length;
    clock.advance(1_000);
    const first = frames.slice(before).findIndex(({ n }) => n === 11);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(4);
    expect(sums.get(left)?.live[FIELD.pods]).toBe(11);
  });

  it('obey a consent that is taken back, and one that has run out', async () => {
    const { merger, shard, sleep, say, clock, frames } = await hall();
    await shard(0, 1);
    await merger(1);
    const consent = podFrame().consent;
    sleep(TWELVE, 6, { consent: { ...consent, expiresAt: START + 9_000 } });
    say(1, 'consent', { ...consent, live: false });
    clock.advance(1_000);
    expect(frames.at(-1)?.n).toBe(11);
    clock.advance(3_000);
    expect(frames.at(-1)?.n).toBe(0);
  });

  it('do not carry a partition that someone left while its owner was gone', async () => {
    const { merger, shard, sleep, say, clock, broker, frames } = await hall();
    await shard(0, 2);
    await shard(1, 2);
    await merger(2);
    sleep(TWELVE, 6);
    broker.cut(2);
    sleep(TWELVE, 2);
    expect(frames.at(-1)?.n).toBe(12);
    say(ofPartition(1)[0] ?? 0, 'bye', null);
    clock.advance(1_750);
    expect(frames.at(-1)?.n).toBe(ofPartition(0).length);
  });

  it('let a second of one number take over when the first falls silent, with all it knows', async () => {
    const { merger, shard, sleep, broker, frames, clock } = await hall();
    await shard(0, 1);
    clock.advance(10);
    await shard(0, 1);
    const program = await merger(1);
    sleep(TWELVE, 6);
    expect(program.health().words).toMatch(/Two shards call themselves 1 of 1/);
    broker.cut(1);
    const before = frames.length;
    sleep(TWELVE, 10);
    expect(frames.slice(before).every(({ n }) => n === 12)).toBe(true);
    expect(program.health().words).not.toMatch(/silent/);
  });

  it('let a second merger take over, and a new one go on where the last left off', async () => {
    const { merger, shard, sleep, broker, frames, clock } = await hall();
    await shard(0, 1);
    await merger(1);
    clock.advance(10);
    const second = await merger(1);
    sleep(TWELVE, 30);
    expect(second.health().words).toMatch(/this one stands by/);
    const [last] = frames.slice(-1);
    broker.cut(2);
    sleep(TWELVE, 10);
    broker.cut(3);
    await merger(1);
    sleep(TWELVE, 10);
    const times = frames.map(({ t }) => t);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    expect((frames.at(-1)?.t ?? 0) - (last?.t ?? 0)).toBe(20_000_000);
    expect(Math.abs((frames.at(-1)?.novelty ?? 1) - (last?.novelty ?? 0))).toBeLessThan(0.05);
  });

  it('merge again above: a merger is a shard of a larger gathering', async () => {
    const { shard, merger, sleep, sums, clock, broker } = await hall();
    await shard(0, 1);
    await merger(1, { above: { gathering: 'world', shard: 0, of: 1 }, onMerged: () => undefined });
    const world = runMerger({ broker: source, gathering: 'world', of: 1, clock, link: broker.link, marginMs: 1_100, onMerged: (merged, moment) => sums.set(moment, merged.sums) });
    await world.start();
    sleep(TWELVE, 10);
    expect([...sums.values()].at(-1)?.live[FIELD.pods]).toBe(12);
    expect(world.health().words).not.toMatch(/late|silent/);
  });

  it('add up who chants', async () => {
    const { merger, shard, sleep, say, frames, clock } = await hall();
    await shard(0, 2);
    await shard(1, 2);
    await merger(2);
    sleep(TWELVE, 6);
    for (let i = 0; i < 8; i += 1) {
      for (const pod of TWELVE) say(pod, 'chant', { strength: 0.5 });
      clock.advance(500);
    }
    expect(frames.at(-1)?.chant).toBeCloseTo(6 / 16, 2);
  });

  it('say in words what is wrong', async () => {
    const { merger, shard, sleep, broker, clock } = await hall();
    const one = await shard(0, 2);
    const program = await merger(3);
    sleep(TWELVE, 3);
    expect(program.health().words).toMatch(/1 of 2, but this merger was started for 3.*has not spoken yet/);
    broker.publish(shardTopic(GATHERING, 0), Uint8Array.of(1, 2, 3));
    broker.publish(podTopic(GATHERING, sid(1), 'frame'), 'no frame');
    clock.advance(1_000);
    expect(one.health().words).toMatch(/1 messages of other shards could not be read/);
    expect(one.counts().refused).toBe(1);
    await one.stop();
    await program.stop();
  });
});

describe('the studio at a merged collective', () => {
  const frame = { t: 0, n: 6, gated: false, share: [0.2, 0.2, 0.2, 0.2, 0.2], entropy: 0.5, depth: 0.5, dream: 0.2, synchrony: null, concordance: 0, discord: 0.5, unity: 0, novelty: 0, heartBpm: null, breathHz: null, motion: 0, chant: 0 } satisfies CollectiveFrame;

  it('lets go of what is late, repeated, too much or no frame, and tells of silence', async () => {
    const clock = fakeWallClock(START);
    const broker = fakeBroker(() => 0);
    const heard: number[] = [];
    const studio = createCollectiveAdapter({ broker: source, gathering: GATHERING, clock, link: broker.link, onFrame: ({ t }) => heard.push(t) });
    await studio.start();
    const send = (moment: number, since = 1): void => broker.publish(`nexus/v1/${GATHERING}/collective`, encodeCollective({ moment: START + moment, speaker: { since, id: 1 }, frame: { ...frame, t: moment } }));
    for (const moment of [0, 250, 250, 0, 500]) send(moment);
    expect(heard).toEqual([0, 250, 500]);
    send(750, 2);
    expect(heard).toHaveLength(3);
    broker.publish(`nexus/v1/${GATHERING}/collective`, '{"v":1}');
    clock.advance(2_000);
    expect(studio.health()).toMatchObject({ state: 'live' });
    send(2_500, 2);
    expect(heard.at(-1)).toBe(2_500);
    clock.advance(4_000);
    expect(studio.health()).toMatchObject({ state: 'waiting', words: expect.stringMatching(/no collective of "night" for 4 s.*1 messages there were no collective frames/) });
    for (let i = 0; i < 100; i += 1) send(7_000 + i, 2);
    expect(heard.length).toBeLessThan(25);
    await studio.stop();
  });
});

describe('moments', () => {
  it('come in order and once, and are left out after a machine stood still', () => {
    const clock = fakeWallClock(START + 100);
    const moments: number[] = [];
    const end = atEveryMoment(clock, 400, (moment) => moments.push(moment - START));
    clock.advance(1_300);
    expect(moments).toEqual([250, 500, 750, 1_000]);
    clock.advance(0, 10_000);
    clock.advance(300, 10_000);
    clock.advance(250);
    expect(moments[4]).toBeGreaterThan(9_000);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    end();
    expect(clock.waiting).toBe(0);
  });
});
