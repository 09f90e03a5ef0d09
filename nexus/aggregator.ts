import { frameOf } from '../core/signal/collective.ts';
import type { CollectiveFrame } from '../core/signal/collective-frame.ts';
import { emptyShard, type Shard } from '../core/signal/fold.ts';
import type { PodFrame } from '../core/signal/pod-frame.ts';
import { DROPPED_MS, addHeard, hear, qualityAt, type Heard } from './heard.ts';
import { foldRealms, startRealms } from './realms.ts';

/** Rooms with other people: fewer live pods than this and the collective says nothing. */
export const LIVE_GATE = 5;
/** One's own recordings and the simulator, on one's own machine. */
export const OWN_GATE = 1;

export interface AggregatorOptions {
  /** Live pods below which frames are gated: LIVE_GATE with other people, OWN_GATE for one's own. */
  readonly minimumPods: number;
  /** Unix milliseconds at `now` = 0, for consents that expire; without it none does. */
  readonly unixStart?: number;
}

export interface AggregatorHealth {
  readonly pods: number;
  readonly gated: boolean;
  /** Mean quality of the sensors over live pods, 0..1; staleness counts as loss. */
  readonly quality: number;
}

/**
 * Pods in, collective frames out, for sleepers of one's own: nothing is guarded here (see guard/guard.ts for pods from outside).
 * Time is an argument, in milliseconds from the gathering's start, and never runs back.
 */
export interface Aggregator {
  /** Takes one pod frame. A frame without live consent, or with an expired one, withdraws its pod. */
  accept(frame: PodFrame, now: number): void;
  /** Takes a pod out at once, with all that was kept of it. */
  withdraw(sid: string): void;
  /** The sums over all live pods at this moment, as they would be had a withdrawn pod never been there. */
  shardAt(now: number): Shard;
  frameAt(now: number): CollectiveFrame;
  health(now: number): AggregatorHealth;
}

/** Makes an aggregator with no pods. It holds no timer and no clock. */
export const createAggregator = ({ minimumPods, unixStart }: AggregatorOptions): Aggregator => {
  const pods = new Map<string, { readonly heard: Heard; ends: number }>();
  let realms = startRealms(1);
  let last: number | null = null;

  /** When each consent ends, by `now`. */
  const ends = (frame: PodFrame): number => (frame.consent.expiresAt === null || unixStart === undefined ? Infinity : frame.consent.expiresAt - unixStart);

  const drop = (now: number): void => {
    pods.forEach((pod, sid) => {
      if (now - pod.heard.arrived >= DROPPED_MS || now >= pod.ends) pods.delete(sid);
    });
  };

  const shardAt = (now: number): Shard => {
    drop(now);
    const shard = emptyShard();
    pods.forEach((pod) => addHeard(shard, pod.heard, now));
    return shard;
  };

  return {
    accept: (frame, now) => {
      if (!frame.consent.live || now >= ends(frame)) {
        pods.delete(frame.sid);
        return;
      }
      const before = pods.get(frame.sid);
      if (before === undefined) {
        pods.set(frame.sid, { heard: hear(null, frame, now), ends: ends(frame) });
        return;
      }
      if (frame.seq <= before.heard.seq) return;
      hear(before.heard, frame, now);
      before.ends = ends(frame);
    },
    withdraw: (sid) => {
      pods.delete(sid);
    },
    shardAt,
    frameAt: (now) => {
      const elapsed = last === null ? 0 : Math.max(0, now - last) / 1_000;
      last = now;
      const folded = foldRealms(realms, [shardAt(now)], { now, elapsed, night: now / 1_000, minimumPods });
      realms = folded.realms;
      return frameOf(Math.round(now * 1_000), pods.size, folded.gated, folded.measures);
    },
    health: (now) => {
      drop(now);
      let quality = 0;
      for (const pod of pods.values()) quality += qualityAt(pod.heard, now);
      return { pods: pods.size, gated: pods.size < minimumPods, quality: pods.size === 0 ? 0 : quality / pods.size };
    },
  };
};
