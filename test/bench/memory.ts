import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { createGuard, type Guard } from '../../nexus/guard/guard.ts';
import { originOf, sidOf } from '../support/guarded-room.ts';
import { podFrame } from '../support/pods.ts';

const PODS = 10_000;
const HOURS = 8;
/** Frames of each pod come this far apart, not every second: the night is then 30 times as short, and as much is kept. */
const STEP_SECONDS = 30;
/** First, and after each unrest, they send each second, as pods do, until they are in. */
const SETTLING_SECONDS = 20;
const STRANGERS = 1_000_000;

const heapMegabytes = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};

interface Sender {
  readonly frame: PodFrame;
  /** Counts its sids: it takes a new one each hour. */
  turn: number;
}

/** Each hour every pod takes a new sid, one in a hundred leaves without a word, and one in a hundred says goodbye and comes back. */
const unrest = (guard: Guard, senders: readonly Sender[], hour: number): void => {
  senders.forEach((sender, i) => {
    if ((i + hour) % 100 === 0) guard.bye(sender.frame.sid, originOf(i));
    if ((i + hour) % 100 === 1) guard.closed(originOf(i));
    sender.turn += 1;
    sender.frame.sid = sidOf(i + sender.turn * PODS);
  });
};

/** The heap over a simulated night of 10 000 pods, and after a flood of a million strangers; lines for people. */
export const benchMemory = (): string[] => {
  const start = performance.now();
  const empty = heapMegabytes();
  let now = 0;
  let seq = 0;
  const guard = createGuard({ circles: ['one'], whose: 'others', now: () => now, unixNow: () => 1e12 + now });
  const senders = Array.from({ length: PODS }, (_, i): Sender => ({ frame: podFrame({ sid: sidOf(i), respPhase: (i % 60) / 10 }), turn: 0 }));
  const step = (seconds: number): void => {
    senders.forEach(({ frame }, i) => {
      frame.seq = seq;
      frame.tMono = now;
      guard.frame(frame, originOf(i));
    });
    seq += 1;
    for (let quarter = 0; quarter < 4; quarter += 1) {
      now += seconds * 250;
      guard.frameAt(now);
    }
    guard.view(now);
  };
  const settle = (): void => {
    for (let second = 0; second < SETTLING_SECONDS; second += 1) step(1);
  };
  settle();
  const heaps = [heapMegabytes()];
  for (let hour = 0; hour < HOURS; hour += 1) {
    for (let at = 0; at < 3_600; at += STEP_SECONDS) step(STEP_SECONDS);
    heaps.push(heapMegabytes());
    unrest(guard, senders, hour);
    settle();
  }
  const live = guard.health(now).pods;
  const stranger = podFrame();
  for (let i = 0; i < STRANGERS; i += 1) {
    stranger.sid = sidOf(1_000_000_000 + i);
    guard.frame(stranger, originOf(1_000_000_000 + i));
  }
  const flooded = heapMegabytes();
  const seconds = (performance.now() - start) / 1_000;
  return [
    `${PODS} pods over ${HOURS} simulated hours, a frame each ${STEP_SECONDS} s (not each second), new sids each hour, ${live} live at the end: ${seconds.toFixed(0)} s`,
    `heap in MB, before ${empty.toFixed(1)}; all in and after each hour ${heaps.map((heap) => heap.toFixed(1)).join(' ')}`,
    `after ${STRANGERS} more sids from as many connections: ${flooded.toFixed(1)} MB; ${guard.view(now).counts.waiting} of them wait, ${guard.refusals().get('too many pods') ?? 0} found the room full`,
  ];
};
