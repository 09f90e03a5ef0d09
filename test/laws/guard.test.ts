import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD, ONE, type Shard } from '../../core/signal/fold.ts';
import { podFrameSchema, type PodFrame } from '../../core/signal/pod-frame.ts';
import { readPodFrame } from '../../core/signal/read-pod-frame.ts';
import type { Origin } from '../../nexus/adapters/adapter.ts';
import { BATCH_MS } from '../../nexus/guard/admission.ts';
import { OPENED, guardedRoom, originOf, range, sidOf, type GuardedRoom } from '../support/guarded-room.ts';
import { podFrame, sharp } from '../support/pods.ts';

const agreed = podFrame().consent;
const share = fc.double({ min: 0, max: 1, noNaN: true });
const changes: fc.Arbitrary<Partial<PodFrame>> = fc.record({
  pStage: fc.constantFrom(sharp('W'), sharp('N2'), sharp('R'), null),
  respPhase: fc.double({ min: 0, max: 6.28, noNaN: true }),
  respHz: fc.double({ min: 0.05, max: 1, noNaN: true }),
  arousal: fc.constantFrom(0 as const, 1 as const),
  q: fc.record({ eeg: share, hr: share, resp: share, motion: share }),
  consent: fc.record({ live: fc.constant(true), record: fc.boolean(), soloVoice: fc.boolean(), publish: fc.boolean(), expiresAt: fc.constant(null) }),
});
const step = fc.record({ pod: fc.nat({ max: 6 }), after: fc.nat({ max: 20_000 }), changes });

const ROUTES = ['bye', 'consent', 'frame', 'broken frame', 'expiry', 'host', 'closed and silent'] as const;
type Route = (typeof ROUTES)[number];

/** Takes pod i out by one of the ways there are. */
const leaveBy = (route: Route, room: GuardedRoom, i: number, name: string): void => {
  const withdrawn = { ...agreed, live: false };
  const from = originOf(i);
  if (route === 'bye') room.guard.bye(sidOf(i), from);
  else if (route === 'consent') room.guard.consent(sidOf(i), withdrawn, from);
  else if (route === 'frame') room.send(i, { consent: withdrawn });
  else if (route === 'broken frame') room.guard.frame({ sid: sidOf(i), consent: { live: false } }, from);
  else if (route === 'host') {
    if (room.guard.view(room.now).pods.some((card) => card.name === name)) room.guard.command({ kind: 'remove', pod: name });
  } else if (route === 'closed and silent') {
    room.guard.closed(from);
  }
};

describe('law: withdrawal', () => {
  it('by whatever way leaves every live sum as if the pod had never come', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), fc.nat({ max: 6 }), fc.constantFrom(...ROUTES), fc.nat({ max: 60_000 }), (steps, leaver, route, later) => {
        const withIt = guardedRoom({ whose: 'mine' });
        const without = guardedRoom({ whose: 'mine' });
        const end = steps.reduce((sum, { after }) => sum + after, 0);
        const seen: number[] = [];
        for (const { pod, after, changes: frame } of steps) {
          for (const room of [withIt, without]) room.now += after;
          const own = pod === leaver && route === 'expiry' ? { ...frame, consent: { ...agreed, expiresAt: OPENED + end + 1 } } : frame;
          if (!seen.includes(pod)) seen.push(pod);
          withIt.send(pod, own);
          if (pod !== leaver) without.send(pod, own);
          if (route === 'host') for (const room of [withIt, without]) room.guard.frameAt(room.now);
        }
        leaveBy(route, withIt, leaver, `pod ${seen.indexOf(leaver) + 1}`);
        const at = end + (route === 'closed and silent' ? 180_000 : route === 'expiry' ? 1 : 0) + later;
        expect(withIt.guard.shardAt(at)).toEqual(without.guard.shardAt(at));
        expect(withIt.guard.published(at).shard).toEqual(without.guard.published(at).shard);
      }),
      { numRuns: 150 },
    );
  });

  it('from a room of others, too, in the same call', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 9 }), fc.constantFrom(...ROUTES.slice(0, 4)), fc.array(changes, { minLength: 12, maxLength: 12 }), (others, route, frames) => {
        const pods = range(others);
        const withIt = guardedRoom();
        const without = guardedRoom();
        withIt.live(8, [...pods, 20], (i) => frames[i % 12] ?? {});
        without.live(8, pods, (i) => frames[i % 12] ?? {});
        leaveBy(route, withIt, 20, '');
        expect(withIt.guard.shardAt(withIt.now)).toEqual(without.guard.shardAt(without.now));
        expect(withIt.guard.frameAt(withIt.now).frame.n).toBe(others);
      }),
      { numRuns: 60 },
    );
  });

  it('of the consent to record leaves what is kept as if the pod had never come; what is kept owes nothing to those who do not agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 8 }), fc.integer({ min: 1, max: 4 }), fc.array(changes, { minLength: 12, maxLength: 12 }), (recorded, silent, frames) => {
        const one = guardedRoom();
        const two = guardedRoom();
        const record = (i: number, other: boolean): Partial<PodFrame> => ({ ...frames[(i + (other && i >= 20 ? 5 : 0)) % 12], consent: { ...agreed, record: i < 20 } });
        const pods = [...range(recorded), ...range(20 + silent, 20)];
        for (let second = 0; second < 30; second += 1) {
          one.live(1, pods, (i) => record(i, false));
          two.live(1, pods, (i) => record(i, true));
        }
        one.now += 250;
        two.now += 250;
        const kept = (room: GuardedRoom): unknown => {
          const asked = room.guard.frameAt(room.now);
          return asked.kept ?? asked.frame;
        };
        expect(kept(one)).toEqual(kept(two));
      }),
      { numRuns: 25 },
    );
  });
});

describe('law: admission', () => {
  const CIRCLES = ['north', 'south'];
  const circleOf = (i: number): string => CIRCLES[i % 2] ?? 'north';
  const event = fc.record({ pods: fc.array(fc.nat({ max: 15 }), { maxLength: 14 }), seconds: fc.integer({ min: 1, max: 90 }), parted: fc.boolean(), leaves: fc.option(fc.nat({ max: 15 }), { nil: null }) });

  it('never lets a single newcomer be told apart: by twos into each realm, five minutes apart', () => {
    let batches = 0;
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const room = guardedRoom({ circles: CIRCLES }, circleOf);
        let before: ReadonlySet<string> = new Set();
        let lastBatch = -Infinity;
        let parted = false;
        const look = (): void => {
          const { members } = room.guard.published(room.now);
          const joined = [...members].filter((name) => !before.has(name));
          if (joined.length > 0) {
            const cards = new Map(room.guard.view(room.now).pods.map(({ name, circle }) => [name, circle]));
            const circles = joined.map((name) => cards.get(name));
            const groups = parted ? CIRCLES.map((circle) => circles.filter((each) => each === circle).length) : [joined.length];
            for (const size of groups) expect(size === 0 || size >= 2).toBe(true);
            expect(before.size < 5 || room.now - lastBatch >= BATCH_MS).toBe(true);
            expect(members.size).toBeGreaterThanOrEqual(5);
            lastBatch = room.now;
            batches += 1;
          }
          before = members;
        };
        for (const { pods, seconds, parted: apart, leaves } of events) {
          if (apart !== parted) room.guard.command({ kind: 'realms', realms: apart ? [['north'], ['south']] : [['north', 'south']] });
          parted = apart;
          if (leaves !== null) room.guard.bye(sidOf(leaves), originOf(leaves, circleOf(leaves)));
          for (let second = 0; second < seconds; second += 1) {
            for (const i of pods) room.send(i);
            for (let half = 0; half < 2; half += 1) {
              room.now += 500;
              look();
            }
            room.guard.frameAt(room.now);
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(batches).toBeGreaterThan(5);
  });
});

/** What one sleeper adds to each sum at most. */
const mostOfOne = (): Shard => {
  const most = new Float64Array(Object.keys(FIELD).length).fill(ONE * ONE);
  const set = (field: keyof typeof FIELD, value: number): void => {
    most[FIELD[field]] = value;
  };
  set('pods', 1);
  for (const field of ['W', 'N1', 'N2', 'N3', 'R', 'breathQuality', 'rateQuality', 'heartQuality', 'motionQuality'] as const) set(field, ONE);
  set('rate', 2 * ONE * ONE);
  set('heart', 16 * 250 * ONE);
  // One arousal every 13 s, and sleep without a break, each fading over ten minutes.
  set('arousals', Math.ceil(ONE / (1 - Math.exp(-13 / 600))));
  set('sleeperSeconds', Math.ceil((5 * ONE) / (1 - Math.exp(-5 / 600))));
  return most;
};

describe('law: one voice', () => {
  const hostileFrame = fc.oneof(
    changes,
    fc.record({ seq: fc.nat({ max: 0xffff_ffff }), tMono: fc.nat(), arousal: fc.constantFrom(0 as const, 1 as const) }),
    fc.record({ hrBpm: fc.constantFrom(250, 1e9, Number.NaN), motion: fc.constantFrom(1, -1, 2), respHz: fc.constantFrom(2, 0, Infinity) }),
  );
  const move = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('frame' as const), sid: fc.nat({ max: 9 }), frame: hostileFrame, after: fc.nat({ max: 3_000 }) }) },
    fc.record({ kind: fc.constantFrom('bye' as const, 'consent' as const, 'closed' as const, 'chant' as const), sid: fc.nat({ max: 9 }), frame: changes, after: fc.nat({ max: 1_000 }) }),
  );

  it('is all that a pod has, whatever it sends and however fast', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 120 }), (moves) => {
        const alone = guardedRoom({ whose: 'mine' });
        const disturbed = guardedRoom({ whose: 'mine' });
        const most = mostOfOne();
        const hostile: Origin = { adapter: 'test', connection: 'hostile', one: true, circle: 'one' };
        for (const room of [alone, disturbed]) for (const i of range(3)) room.send(i);
        moves.forEach(({ kind, sid, frame, after }, seq) => {
          for (const room of [alone, disturbed]) room.now += after;
          if (kind === 'frame') disturbed.guard.frame({ ...podFrame({ sid: sidOf(sid), seq }), ...frame }, hostile);
          else if (kind === 'bye') disturbed.guard.bye(sidOf(sid), hostile);
          else if (kind === 'consent') disturbed.guard.consent(sidOf(sid), frame.consent, hostile);
          else if (kind === 'closed') disturbed.guard.closed(hostile);
          else disturbed.guard.chant(1, hostile);
          if (kind === 'closed') return;
          const [with_, without] = [disturbed.guard.shardAt(disturbed.now), alone.guard.shardAt(alone.now)];
          with_.forEach((sum, field) => expect(Math.abs(sum - (without[field] ?? 0))).toBeLessThanOrEqual((most[field] ?? 0) * connections(moves.slice(0, seq))));
        });
      }),
      { numRuns: 80 },
    );
  });

  it('stays one under an hour of arousals that no sleeper has', () => {
    const room = guardedRoom({ whose: 'mine' });
    for (let i = 0; i < 7_200; i += 1, room.now += 500) room.send(1, { arousal: i % 2 === 0 ? 1 : 0 });
    expect(room.guard.shardAt(room.now)[FIELD.arousals]).toBeLessThanOrEqual(mostOfOne()[FIELD.arousals] ?? 0);
  });
});

/** A connection that closes leaves its pod behind for three minutes, and a new one may bring another. */
const connections = (moves: readonly { readonly kind: string }[]): number => 1 + moves.filter(({ kind }) => kind === 'closed').length;

describe('law: the door', () => {
  it('takes what the schema takes, and nothing else', () => {
    const frame = podFrame();
    const value = fc.oneof(fc.anything(), fc.double(), fc.integer(), fc.constantFrom(null, 0, 1), changes.map(({ q }) => q), changes.map(({ consent }) => consent), changes.map(({ pStage }) => pStage));
    const key = fc.oneof(fc.constantFrom(...Object.keys(frame)), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }), fc.option(fc.constantFrom(...Object.keys(frame)), { nil: null }), (replaced, left) => {
        const input = { ...frame, ...replaced };
        if (left !== null && !(left in replaced) && Object.keys(replaced).length > 2) Reflect.deleteProperty(input, left);
        const slow = podFrameSchema.safeParse(input);
        expect(readPodFrame(input)).toEqual(slow.success ? slow.data : null);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('law: memory', () => {
  it('is bounded, whoever comes', () => {
    const { guard } = guardedRoom({ maximumPods: 200 });
    for (let i = 0; i < 50_000; i += 1) guard.frame(podFrame({ sid: sidOf(i) }), originOf(i));
    for (let i = 0; i < 300_000; i += 1) {
      guard.refused('malformed', { adapter: 'test', connection: `f${i}`, circle: 'one' });
      guard.chant(1, { adapter: 'test', connection: `v${i}`, circle: 'one' });
    }
    const view = guard.view(0);
    expect(view.counts.waiting).toBe(200);
    expect(view.counts.limited).toBeLessThanOrEqual(1_024);
    expect(view.chanting).toBe(200);
    expect(guard.refusals().get('too many pods')).toBe(49_800 + 299_800);
  });
});
