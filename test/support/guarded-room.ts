import type { PodFrame } from '../../core/signal/pod-frame.ts';
import type { Origin } from '../../nexus/adapters/adapter.ts';
import { createGuard, type Guard, type GuardOptions } from '../../nexus/guard/guard.ts';
import type { Verdict } from '../../nexus/guard/verdict.ts';
import { podFrame } from './pods.ts';

/** Unix milliseconds when a test's room opens. */
export const OPENED = 1_800_000_000_000;

/** The sid of pod i. */
export const sidOf = (i: number): string => i.toString(16).padStart(16, '0');
/** Where pod i comes from: a connection of its own. */
export const originOf = (i: number, circle = 'one'): Origin => ({ adapter: 'test', connection: `c${i}`, one: true, circle });

/** A guard with a clock in the test's hand, and pods that send once a second. */
export interface GuardedRoom {
  readonly guard: Guard;
  /** Milliseconds since the room opened. */
  now: number;
  /** Sends pod i's next frame, by its own connection unless told. */
  send(i: number, changes?: Partial<PodFrame>, from?: Origin): Verdict;
  /** So many seconds pass; those named send once in each and the collective is asked 4 times. */
  live(seconds: number, pods?: readonly number[], changes?: (i: number) => Partial<PodFrame>): void;
}

export const guardedRoom = (options: Partial<GuardOptions> = {}, circleOf: (i: number) => string = () => 'one'): GuardedRoom => {
  const sent = new Map<number, number>();
  const room: GuardedRoom = {
    guard: createGuard({ circles: ['one'], whose: 'others', now: () => room.now, unixNow: () => OPENED + room.now, ...options }),
    now: 0,
    send: (i, changes = {}, from = originOf(i, circleOf(i))) => {
      const seq = sent.get(i) ?? 0;
      sent.set(i, seq + 1);
      return room.guard.frame(podFrame({ sid: sidOf(i), seq, tMono: room.now, ...changes }), from);
    },
    live: (seconds, pods = [], changes = () => ({})) => {
      for (let second = 0; second < seconds; second += 1) {
        for (const i of pods) room.send(i, changes(i));
        for (let quarter = 0; quarter < 4; quarter += 1) {
          room.now += 250;
          room.guard.frameAt(room.now);
        }
      }
    },
  };
  return room;
};

/** Pods from to to - 1. */
export const range = (to: number, from = 0): number[] => Array.from({ length: to - from }, (_, i) => from + i);
