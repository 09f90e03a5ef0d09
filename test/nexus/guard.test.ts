import { describe, expect, it } from 'vitest';
import { NEUTRAL_MEASURES } from '../../core/signal/collective.ts';
import { collectiveFrameSchema } from '../../core/signal/collective-frame.ts';
import { podFrame, sharp } from '../support/pods.ts';
import { OPENED, guardedRoom, originOf, range, sidOf } from '../support/guarded-room.ts';

const agreed = podFrame().consent;
const DAY_SECONDS = 24 * 3_600;

describe('consent', () => {
  it('is asked of each frame, and taken back in the same call', () => {
    const room = guardedRoom({ whose: 'mine' });
    expect(room.send(1, { consent: { ...agreed, live: false } })).toBe('no consent');
    expect(room.guard.shardAt(0)[0]).toBe(0);
    expect(room.send(1)).toBe('taken');
    expect(room.guard.shardAt(0)[0]).toBe(1);
    expect(room.send(1, { consent: { ...agreed, live: false } })).toBe('no consent');
    expect(room.guard.shardAt(0).every((sum) => sum === 0)).toBe(true);
  });

  it('ends by a message, a farewell, or when its time is over', () => {
    const room = guardedRoom({ whose: 'mine' });
    for (const i of range(3)) room.send(i, { consent: { ...agreed, expiresAt: i === 2 ? OPENED + 5_000 : null } });
    expect(room.guard.consent(sidOf(0), { ...agreed, live: false }, originOf(0))).toBe('taken');
    expect(room.guard.shardAt(0)[0]).toBe(2);
    expect(room.guard.bye(sidOf(1), originOf(1))).toBe('taken');
    expect(room.guard.shardAt(0)[0]).toBe(1);
    expect(room.guard.shardAt(4_999)[0]).toBe(1);
    expect(room.guard.shardAt(5_000)[0]).toBe(0);
    room.now = 5_000;
    expect(room.send(2, { consent: { ...agreed, expiresAt: OPENED + 5_000 } })).toBe('consent expired');
    expect(room.send(2, { consent: { ...agreed, expiresAt: OPENED + 9_000 } })).toBe('taken');
  });

  it('that is taken back is obeyed however fast, broken or by whatever sid of its own the pod says it', () => {
    const room = guardedRoom({ whose: 'mine' });
    const gone = (): boolean => room.guard.shardAt(room.now)[0] === 0;
    for (let i = 0; i < 30; i += 1) room.send(1);
    expect(room.send(1)).toBe('too fast');
    expect(room.send(1, { consent: { ...agreed, live: false } })).toBe('no consent');
    expect(gone()).toBe(true);
    room.now = 60_000;
    room.send(1);
    expect(room.guard.frame({ sid: sidOf(1), consent: { live: false, tail: 1 } }, originOf(1))).toBe('no consent');
    expect(gone()).toBe(true);
    room.send(1);
    expect(room.guard.bye(sidOf(77), originOf(1))).toBe('taken');
    expect(gone()).toBe(true);
  });

  it('lasts a day at most, whatever a clock says, and is given anew in person', () => {
    const room = guardedRoom({ whose: 'mine' });
    const far = { ...agreed, expiresAt: OPENED + 400 * DAY_SECONDS * 1_000 };
    room.live(2, [1], () => ({ consent: far }));
    for (; room.now < DAY_SECONDS * 1_000 - 1; room.now += 100_000) room.send(1, { consent: far });
    room.now = DAY_SECONDS * 1_000;
    expect(room.guard.shardAt(room.now)[0]).toBe(0);
    for (let i = 0; i < 4; i += 1, room.now += 100_000) expect(room.send(1, { consent: far })).toBe('consent expired');
    expect(room.guard.view(room.now).pods).toMatchObject([{ state: 'limited', trouble: 'its consent has run out', quality: { eeg: 0 } }]);
    expect(room.guard.consent(sidOf(1), far, originOf(1))).toBe('taken');
    expect(room.send(1, { consent: far })).toBe('taken');
    expect(room.send(2, { consent: { ...agreed, expiresAt: 1_000 } })).toBe('consent expired');
  });

  it('to record makes a fold of its own wherever some do not agree, behind a gate of its own', () => {
    const room = guardedRoom();
    const deep = { pStage: sharp('N3') };
    room.live(8, range(8), (i) => (i < 6 ? deep : { pStage: sharp('W'), consent: { ...agreed, record: i === 6 } }));
    const { frame, kept } = room.guard.frameAt(room.now);
    expect(frame).toMatchObject({ n: 8, gated: false });
    expect(kept).toMatchObject({ n: 7, gated: false });
    expect(kept?.depth).toBeGreaterThan(frame.depth);
    room.guard.consent(sidOf(7), { ...agreed, live: false }, originOf(7));
    room.guard.consent(sidOf(6), { ...agreed, record: false }, originOf(6));
    expect(room.guard.frameAt(room.now).kept).toMatchObject({ n: 6, depth: 1 });
    for (const i of range(2)) room.guard.consent(sidOf(i), { ...agreed, record: false }, originOf(i));
    expect(room.guard.frameAt(room.now).kept).toEqual({ t: room.now * 1_000, n: 4, gated: true, ...NEUTRAL_MEASURES });
  });

  it('of all to record leaves one fold', () => {
    const room = guardedRoom();
    room.live(10, range(6));
    expect(room.guard.frameAt(room.now)).toMatchObject({ frame: { n: 6, gated: false }, kept: null });
  });

  it('to publish is counted by itself', () => {
    const room = guardedRoom();
    room.live(10, range(6), (i) => ({ consent: { ...agreed, publish: i < 4 } }));
    const { shard, pods, members } = room.guard.published(room.now);
    expect([pods, shard[0], members.size]).toEqual([4, 4, 4]);
    expect([...members].some((name) => name.includes(sidOf(1)))).toBe(false);
  });
});

describe('a pod', () => {
  it('belongs to the connection that spoke for it first, until that closes', () => {
    const room = guardedRoom({ whose: 'mine' });
    room.send(1);
    expect(room.send(1, {}, originOf(9))).toBe('not its own');
    expect(room.guard.consent(sidOf(1), { ...agreed, live: false }, originOf(9))).toBe('not its own');
    expect(room.guard.bye(sidOf(1), originOf(9))).toBe('not its own');
    expect(room.guard.frame(podFrame({ sid: sidOf(1), seq: 9 }), originOf(1), sidOf(2))).toBe('not its own');
    room.guard.closed(originOf(1));
    expect(room.guard.shardAt(0)[0]).toBe(1);
    expect(room.send(1, {}, originOf(9))).toBe('taken');
    expect(room.send(1)).toBe('not its own');
    room.now = 180_000;
    room.guard.frameAt(room.now);
    expect(room.send(1)).toBe('taken');
  });

  it('is heard once: repeated frames and clocks that run back have no effect', () => {
    const room = guardedRoom({ whose: 'mine' });
    const say = (seq: number, tMono: number): string => room.guard.frame(podFrame({ sid: sidOf(1), seq, tMono }), originOf(1));
    expect([say(5, 1_000), say(5, 1_000), say(4, 2_000), say(6, 999), say(6, 1_000)]).toEqual(['taken', 'replayed', 'replayed', 'clock', 'taken']);
    expect(room.guard.frame({ ...podFrame({ sid: sidOf(1) }), seq: Number.NaN }, originOf(1))).toBe('malformed');
    expect(room.guard.frame('nan', originOf(1))).toBe('malformed');
    room.guard.refused('too large', originOf(1));
    expect(Object.fromEntries(room.guard.refusals())).toMatchObject({ replayed: 2, clock: 1, malformed: 2, 'too large': 1, 'no consent': 0 });
  });

  it('may burst after a stall and not for long', () => {
    const room = guardedRoom({ whose: 'mine' });
    const taken = (count: number): number => range(count).filter(() => room.send(1) === 'taken').length;
    expect(taken(40)).toBe(10);
    room.now += 3_000;
    expect(taken(40)).toBe(6);
    room.now += 60_000;
    expect(taken(40)).toBe(10);
    expect(room.guard.view(room.now).pods).toMatchObject([{ name: 'pod 1', state: 'limited', trouble: 'sends too often' }]);
    room.live(60, [1]);
    expect(room.guard.view(room.now).pods).toMatchObject([{ state: 'live', trouble: null, refused: 95 }]);
  });

  it('may take a new sid once a minute, in the place of the old one', () => {
    const room = guardedRoom();
    room.live(10, range(6));
    const as = (i: number): string => room.send(i, {}, originOf(0));
    expect(as(100)).toBe('taken');
    expect(room.guard.frameAt(room.now).frame.n).toBe(6);
    expect(room.guard.view(room.now).pods.map(({ name }) => name)).toContain('pod 1');
    expect(as(101)).toBe('too fast');
    room.now += 60_000;
    expect(as(101)).toBe('taken');
    expect(room.guard.frameAt(room.now).frame.n).toBe(6);
    expect(room.send(0, {}, originOf(50))).toBe('waiting');
  });

  it('that the host took out stays out, with its connection', () => {
    const room = guardedRoom({ whose: 'mine' });
    for (const i of range(3)) room.send(i);
    room.guard.command({ kind: 'remove', pod: 'pod 2' });
    expect(room.guard.frameAt(0).frame.n).toBe(2);
    expect(room.send(1)).toBe('removed');
    expect(room.send(1, {}, originOf(40))).toBe('removed');
    expect(room.send(41, {}, originOf(1))).toBe('removed');
    expect(room.guard.chant(1, originOf(1))).toBe('removed');
    expect(() => room.guard.command({ kind: 'remove', pod: 'pod 2' })).toThrow('there is no such pod');
    expect(() => room.guard.command({ kind: 'remove', pod: sidOf(1) })).toThrow('there is no such pod');
  });

  it('finds the room full beyond its bound', () => {
    const room = guardedRoom({ whose: 'mine', maximumPods: 3 });
    expect(range(5).map((i) => room.send(i))).toEqual(['taken', 'taken', 'taken', 'too many pods', 'too many pods']);
    expect(room.guard.view(0).counts).toEqual({ live: 3, waiting: 0, limited: 2 });
    room.guard.bye(sidOf(0), originOf(0));
    expect(room.send(4)).toBe('taken');
  });
});

describe('newcomers', () => {
  it('wait until five are there and enter in one moment', () => {
    const room = guardedRoom();
    room.live(20, range(4));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 0, gated: true });
    expect(room.guard.view(room.now)).toMatchObject({ counts: { live: 0, waiting: 4 }, nextBatch: null });
    const seen = new Set<number>();
    for (let quarter = 0; quarter < 40; quarter += 1) {
      if (quarter % 4 === 0) for (const i of range(5)) room.send(i);
      room.now += 250;
      seen.add(room.guard.frameAt(room.now).frame.n);
    }
    expect([...seen]).toEqual([0, 5]);
  });

  it('enter later by twos at least, five minutes after the last', () => {
    const room = guardedRoom();
    room.live(10, range(5));
    const opened = room.now;
    room.live(400, range(6));
    expect(room.guard.frameAt(room.now).frame.n).toBe(5);
    expect(room.guard.view(room.now)).toMatchObject({ counts: { live: 5, waiting: 1 }, nextBatch: null });
    room.live(3, range(7));
    expect(room.guard.frameAt(room.now).frame.n).toBe(7);
    room.live(10, range(9));
    expect(room.guard.frameAt(room.now).frame.n).toBe(7);
    const { nextBatch } = room.guard.view(room.now);
    expect(nextBatch).toBeGreaterThan(280);
    expect(nextBatch).toBeLessThanOrEqual(300);
    room.live(300, range(9));
    expect(room.guard.frameAt(room.now).frame.n).toBe(9);
    expect(opened).toBeLessThan(10_001);
  });

  it('are not waited for when they fell silent, and nothing of them is kept while they wait', () => {
    const room = guardedRoom();
    for (const i of range(5)) room.send(i);
    for (let second = 0; second < 30; second += 1) {
      room.now += 1_000;
      for (const i of range(4)) room.send(i);
      expect(room.guard.frameAt(room.now).frame.n).toBe(0);
    }
    expect(room.guard.view(room.now).pods.every(({ quality }) => quality.eeg === 0)).toBe(true);
  });

  it('leave at once, though they came in a batch', () => {
    const room = guardedRoom();
    room.live(10, range(7));
    room.guard.bye(sidOf(0), originOf(0));
    expect(room.guard.frameAt(room.now).frame.n).toBe(6);
    room.live(60, [1, 2, 3, 4, 5]);
    room.live(60, [1, 2, 3, 4, 5]);
    expect(room.guard.frameAt(room.now).frame.n).toBe(6);
    room.live(60, [1, 2, 3, 4, 5]);
    expect(room.guard.frameAt(room.now).frame.n).toBe(5);
  });
});

describe('what the host sees', () => {
  it('names no one, and who never got in is there with the reason', () => {
    const room = guardedRoom();
    room.live(10, range(5));
    for (let i = 0; i < 3; i += 1) room.guard.frame({ hello: 1 }, originOf(30));
    const view = room.guard.view(room.now);
    expect(view.pods[0]).toEqual({ name: 'pod 6', circle: 'one', state: 'limited', quality: { eeg: 0, hr: 0, resp: 0, motion: 0 }, age: 0, record: false, publish: false, trouble: 'sends what is no pod frame', refused: 3 });
    expect(view.pods.slice(1)).toEqual(range(5).map((i) => ({ name: `pod ${i + 1}`, circle: 'one', state: 'live', quality: { eeg: 1, hr: 1, resp: 1, motion: 1 }, age: 1, record: true, publish: true, trouble: null, refused: 0 })));
    expect(view.realms).toEqual([['one']]);
    expect(JSON.stringify(view)).not.toContain('0000');
    expect(room.guard.health(room.now)).toEqual({ pods: 5, gated: false, quality: 1 });
    room.live(100);
    expect(room.guard.view(room.now).pods.filter(({ state }) => state === 'stale')).toHaveLength(5);
  });

  it('is 200 pods at most, troubled ones first', () => {
    const room = guardedRoom({ whose: 'mine' });
    for (const i of range(300)) room.send(i);
    for (let i = 0; i < 12; i += 1) room.send(290);
    for (let i = 0; i < 12; i += 1) room.guard.refused('malformed', originOf(290));
    const { pods, counts } = room.guard.view(room.now);
    expect(pods).toHaveLength(200);
    expect(pods[0]).toMatchObject({ name: 'pod 291', state: 'limited' });
    expect(counts).toEqual({ live: 300, waiting: 0, limited: 1 });
  });
});

describe('a chant', () => {
  it('rises with those who chant, is heard above the gate and below it, and fades when they stop', () => {
    const room = guardedRoom();
    for (let quarter = 0; quarter < 40; quarter += 1) {
      if (quarter % 4 === 0) for (const i of range(4)) expect(room.guard.chant(1, originOf(i))).toBe('taken');
      room.now += 250;
      room.guard.frameAt(room.now);
    }
    const { frame } = room.guard.frameAt(room.now);
    expect(collectiveFrameSchema.safeParse(frame).success).toBe(true);
    expect(frame).toMatchObject({ gated: true, n: 0 });
    expect(frame.chant).toBeCloseTo(0.5, 3);
    expect(room.guard.view(room.now)).toMatchObject({ chanting: 4, counts: { live: 0, waiting: 0 } });
    let before = frame.chant;
    room.now += 2_500;
    for (let quarter = 0; quarter < 120; quarter += 1) {
      const { chant } = room.guard.frameAt(room.now).frame;
      expect(chant).toBeLessThanOrEqual(before);
      before = chant;
      room.now += 250;
    }
    expect(before).toBe(0);
    expect(room.guard.view(room.now).chanting).toBe(0);
  });

  it('is one voice a connection, however often it taps, and takes nothing but strengths', () => {
    const room = guardedRoom();
    const verdicts = range(40).map(() => room.guard.chant(1, originOf(1)));
    expect(verdicts.filter((verdict) => verdict === 'taken')).toHaveLength(20);
    expect(room.guard.view(0).chanting).toBe(1);
    for (const wrong of [Number.NaN, -0.1, 1.1, '1', null, undefined, {}]) expect(room.guard.chant(wrong, originOf(2))).toBe('malformed');
    room.guard.closed(originOf(1));
    expect(room.guard.view(0).chanting).toBe(0);
  });
});
