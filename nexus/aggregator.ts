import { TWO_PI, exp } from '../core/math/elementary.ts';
import { AROUSAL_MEMORY_SECONDS, NEUTRAL_MEASURES, frameOf, measure, startHistory, type History } from '../core/signal/collective.ts';
import type { CollectiveFrame } from '../core/signal/collective-frame.ts';
import { addBreath, addPod, addShard, emptyShard, type PodReading, type Shard } from '../core/signal/fold.ts';
import { MINIMUM_QUALITY, type PodFrame } from '../core/signal/pod-frame.ts';

/** Data is worth its full weight up to this age, then fades in a straight line ... */
export const STALE_MS = 90_000;
/** ... to nothing at this age, where the pod is dropped. */
export const DROPPED_MS = 180_000;
/** A breath phase is carried on by its own rate for this long; after that two breaths tell nothing of each other. */
const PHASE_MS = 10_000;
/** Rooms with other people: fewer live pods than this and the collective says nothing. */
export const LIVE_GATE = 5;
/** One's own recordings and the simulator, on one's own machine. */
export const OWN_GATE = 1;

interface Pod {
  readonly frame: PodFrame;
  readonly arrived: number;
  readonly arousals: number;
  readonly sleeperSeconds: number;
  /** Its summands while fresh, without the breath phase, which moves on from frame to frame. */
  readonly fresh: Shard;
}

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

/** Pods in, collective frames out. Time is an argument, in milliseconds from the gathering's start, and never runs back. */
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

const freshness = (age: number): number => (age <= STALE_MS ? 1 : Math.max(0, (DROPPED_MS - age) / (DROPPED_MS - STALE_MS)));

const asleep = (frame: PodFrame): number => (frame.pStage === null || frame.q.eeg < MINIMUM_QUALITY ? 0 : 1 - frame.pStage[0]);

const KEPT_IN_A_SECOND = exp(-1 / AROUSAL_MEMORY_SECONDS);

/** Arousals and sleep after a new frame: both fade over AROUSAL_MEMORY_SECONDS, and what is new is added. */
const remembered = (before: Pod | undefined, frame: PodFrame, now: number): Pick<Pod, 'arousals' | 'sleeperSeconds'> => {
  const usable = frame.q.eeg >= MINIMUM_QUALITY;
  const begins = usable && frame.arousal === 1 && before?.frame.arousal !== 1 ? 1 : 0;
  if (before === undefined) return { arousals: begins, sleeperSeconds: 0 };
  const elapsed = (now - before.arrived) / 1_000;
  const kept = elapsed === 1 ? KEPT_IN_A_SECOND : exp(-elapsed / AROUSAL_MEMORY_SECONDS);
  return {
    arousals: before.arousals * kept + begins,
    sleeperSeconds: before.sleeperSeconds * kept + asleep(before.frame) * Math.min(elapsed, 5),
  };
};

const heard = (before: Pod | undefined, frame: PodFrame, now: number): Pod => {
  const { arousals, sleeperSeconds } = remembered(before, frame, now);
  // The array of the frame before is used again: there is one a second for every pod.
  const fresh = addPod(before?.fresh.fill(0) ?? emptyShard(), { frame, weight: 1, breathPhase: null, arousals, sleeperSeconds });
  return { frame, arrived: now, arousals, sleeperSeconds, fresh };
};

const readingOf = (pod: Pod, now: number): PodReading => {
  const { frame } = pod;
  const age = now - pod.arrived;
  const phase = frame.respPhase === null || frame.respHz === null || age > PHASE_MS ? null : frame.respPhase + (TWO_PI * frame.respHz * age) / 1_000;
  return { frame, weight: freshness(age), breathPhase: phase, arousals: pod.arousals, sleeperSeconds: pod.sleeperSeconds };
};

const addLive = (shard: Shard, pod: Pod, now: number): Shard => {
  const reading = readingOf(pod, now);
  return reading.weight === 1 ? addBreath(addShard(shard, pod.fresh), reading) : addPod(shard, reading);
};

/** Makes an aggregator with no pods. It holds no timer and no clock. */
export const createAggregator = ({ minimumPods, unixStart }: AggregatorOptions): Aggregator => {
  const pods = new Map<string, Pod>();
  let history: History = startHistory();
  let last: number | null = null;

  const expired = (frame: PodFrame, now: number): boolean =>
    frame.consent.expiresAt !== null && unixStart !== undefined && unixStart + now >= frame.consent.expiresAt;

  const drop = (now: number): void => {
    pods.forEach((pod, sid) => {
      if (now - pod.arrived >= DROPPED_MS || expired(pod.frame, now)) pods.delete(sid);
    });
  };

  const shardAt = (now: number): Shard => {
    drop(now);
    const shard = emptyShard();
    pods.forEach((pod) => addLive(shard, pod, now));
    return shard;
  };

  return {
    accept: (frame, now) => {
      if (!frame.consent.live || expired(frame, now)) {
        pods.delete(frame.sid);
        return;
      }
      const before = pods.get(frame.sid);
      if (before !== undefined && frame.seq <= before.frame.seq) return;
      pods.set(frame.sid, heard(before, frame, now));
    },
    withdraw: (sid) => {
      pods.delete(sid);
    },
    shardAt,
    frameAt: (now) => {
      const shard = shardAt(now);
      const elapsed = last === null ? 0 : Math.max(0, now - last) / 1_000;
      last = now;
      const t = Math.round(now * 1_000);
      if (pods.size < minimumPods) {
        history = startHistory();
        return frameOf(t, pods.size, true, NEUTRAL_MEASURES);
      }
      const measured = measure(shard, history, elapsed, now / 1_000);
      history = measured.history;
      return frameOf(t, pods.size, false, measured.measures);
    },
    health: (now) => {
      drop(now);
      let quality = 0;
      for (const { frame, arrived } of pods.values()) quality += (freshness(now - arrived) * (frame.q.eeg + frame.q.hr + frame.q.resp + frame.q.motion)) / 4;
      return { pods: pods.size, gated: pods.size < minimumPods, quality: pods.size === 0 ? 0 : quality / pods.size };
    },
  };
};
