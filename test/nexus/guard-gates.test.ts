/** Gates that look closer than at the number of pods: who stands behind each sensor, and who is nobody's. */
import { describe, expect, it } from 'vitest';
import { FIELD, type ShardField } from '../../core/signal/fold.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { guardedRoom, originOf, range } from '../support/guarded-room.ts';
import { sharp } from '../support/pods.ts';

const beltless: Partial<PodFrame> = { hrBpm: null, rmssdMs: null, q: { eeg: 1, hr: 0, resp: 1, motion: 1 } };
const simulated = (i: number) => ({ ...originOf(i), modelled: true }) as const;

describe('fewer than five behind one kind of sensor', () => {
  it('are as if there were none: the one heart belt among five pods is not told', () => {
    const room = guardedRoom();
    room.live(12, range(5), (i) => (i === 0 ? { hrBpm: 91 } : beltless));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 5, gated: false, heartBpm: null, breathHz: 0.25 });
    room.live(4, range(5), () => ({ hrBpm: 91 }));
    expect(room.guard.frameAt(room.now).frame.heartBpm).toBe(91);
  });

  it('the one headband is not told: stages, dreams and restlessness stay unknown', () => {
    const bandless: Partial<PodFrame> = { pStage: null, arousal: null, q: { eeg: 0, hr: 1, resp: 1, motion: 1 } };
    const room = guardedRoom();
    room.live(60, range(6), (i) => (i === 0 ? { pStage: sharp('R'), arousal: 1 } : bandless));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ gated: false, share: [0.2, 0.2, 0.2, 0.2, 0.2], dream: 0, entropy: 0, concordance: 0, discord: 0.5 });
  });

  it('three breaths in phase are no synchrony', () => {
    const room = guardedRoom();
    room.live(12, range(5), (i) => (i < 3 ? {} : { respPhase: null }));
    expect(room.guard.frameAt(room.now).frame.synchrony).toBeNull();
  });

  it('are heard where all devices are one’s own', () => {
    const room = guardedRoom({ whose: 'mine' });
    room.live(3, [0], () => ({ hrBpm: 66 }));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 1, gated: false, heartBpm: 66 });
  });
});

describe('simulated and recorded sleepers beside people', () => {
  it('are heard alone, hide no one, and let people in as if they were not there', () => {
    const room = guardedRoom();
    const night = (seconds: number, people: readonly number[]): void => {
      for (let second = 0; second < seconds; second += 1) {
        for (const i of range(29, 20)) room.send(i, {}, simulated(i));
        room.live(1, people);
      }
    };
    night(12, []);
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 9, gated: false });
    night(12, [0, 1]);
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 9, gated: false });
    expect(room.guard.view(room.now).counts).toMatchObject({ live: 9, waiting: 2 });
    night(12, range(5));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 14, gated: false });
    room.guard.bye('0'.repeat(16), originOf(0));
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ gated: true, depth: 0.5 });
    expect(room.guard.health(room.now).gated).toBe(true);
  });

  it('sleep on after a day, when a person would have to agree anew', () => {
    const room = guardedRoom();
    for (let hour = 0; hour <= 25; hour += 1) {
      for (const i of range(26, 20)) room.send(i, {}, simulated(i));
      room.now += 60_000;
      for (const i of range(26, 20)) room.send(i, {}, simulated(i));
      room.now += 100_000;
      if (hour % 5 === 0) room.now += 17_000_000;
      for (const i of range(26, 20)) room.send(i, {}, simulated(i));
    }
    expect(room.now).toBeGreaterThan(86_400_000);
    expect(room.send(20, {}, simulated(20))).toBe('taken');
    expect(room.guard.frameAt(room.now).frame).toMatchObject({ n: 6, gated: false });
  });

  it('are not part of what is published', () => {
    const room = guardedRoom();
    for (const i of range(32, 20)) room.send(i, {}, simulated(i));
    room.live(2);
    const { pods, members } = room.guard.published(room.now);
    expect([pods, members.size]).toEqual([0, 0]);
  });
});

describe('everyone, for a private stream', () => {
  const told = (room: ReturnType<typeof guardedRoom>, field: ShardField): number => room.guard.everyone(room.now)[FIELD[field]] ?? 0;

  it('has those who wait for a batch, and no other sum has them', () => {
    const room = guardedRoom({ hearsWaiting: true });
    room.live(12, range(6));
    room.live(3, range(7));
    expect(room.guard.frameAt(room.now).frame.n).toBe(6);
    expect([told(room, 'pods'), told(room, 'N2') / 4_096]).toEqual([7, 7]);
  });

  it('keeps nothing of those who wait where it is not asked for', () => {
    const room = guardedRoom();
    room.live(12, range(6));
    room.live(3, range(7));
    expect(told(room, 'pods')).toBe(6);
  });

  it('leaves out who has not agreed, and who left', () => {
    const room = guardedRoom({ hearsWaiting: true });
    room.live(12, range(6), (i) => (i === 0 ? { consent: { live: true, record: true, soloVoice: false, publish: false, expiresAt: null } } : {}));
    room.guard.bye('0'.repeat(15) + '1', originOf(1));
    expect(told(room, 'pods')).toBe(4);
  });
});
