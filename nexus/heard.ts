import { TWO_PI, exp } from '../core/math/elementary.ts';
import { AROUSAL_MEMORY_SECONDS } from '../core/signal/collective.ts';
import { addBreath, addPod, addShard, emptyShard, type PodReading, type Shard } from '../core/signal/fold.ts';
import { MINIMUM_QUALITY, type PodFrame } from '../core/signal/pod-frame.ts';

/** Data is worth its full weight up to this age, then fades in a straight line ... */
export const STALE_MS = 90_000;
/** ... to nothing at this age, where the pod is dropped. */
export const DROPPED_MS = 180_000;
/** A breath phase is carried on by its own rate for this long; after that two breaths tell nothing of each other. */
const PHASE_MS = 10_000;
/** A second of sleep is counted once; a gap between two frames counts as this many at most. */
const GAP_SECONDS = 5;

/** What is kept of a pod that is heard: its last frame, and its arousals and sleep of the last minutes, fading. */
export interface Heard {
  readonly frame: PodFrame;
  /** Milliseconds, by the Nexus's clock. */
  readonly arrived: number;
  readonly arousals: number;
  readonly sleeperSeconds: number;
  /** When the last arousal that was counted began, milliseconds. */
  readonly aroused: number;
  /** Its summands while fresh, without the breath phase, which moves on from frame to frame. */
  readonly fresh: Shard;
}

/** What data of this age in milliseconds is worth, 0..1. */
export const freshness = (age: number): number => (age <= STALE_MS ? 1 : Math.max(0, (DROPPED_MS - age) / (DROPPED_MS - STALE_MS)));

/** Mean quality of a pod's sensors, 0..1; staleness counts as loss. */
export const qualityAt = ({ frame: { q }, arrived }: Heard, now: number): number => (freshness(now - arrived) * (q.eeg + q.hr + q.resp + q.motion)) / 4;

const asleep = (frame: PodFrame): number => (frame.pStage === null || frame.q.eeg < MINIMUM_QUALITY ? 0 : 1 - frame.pStage[0]);

const KEPT_IN_A_SECOND = exp(-1 / AROUSAL_MEMORY_SECONDS);

/**
 * A pod after a new frame: arousals and sleep fade over AROUSAL_MEMORY_SECONDS, and what is new is added.
 * What was kept before must not be used again, its summands are written over: there is one a second for every pod.
 * @param apart milliseconds from the beginning of one arousal to the next that counts
 */
export const hear = (before: Heard | null, frame: PodFrame, now: number, apart = 0): Heard => {
  const begins = frame.arousal === 1 && frame.q.eeg >= MINIMUM_QUALITY && before?.frame.arousal !== 1 && now - (before?.aroused ?? -Infinity) >= apart;
  let arousals = begins ? 1 : 0;
  let sleeperSeconds = 0;
  if (before !== null) {
    const elapsed = (now - before.arrived) / 1_000;
    const kept = elapsed === 1 ? KEPT_IN_A_SECOND : exp(-elapsed / AROUSAL_MEMORY_SECONDS);
    arousals = before.arousals * kept + arousals;
    sleeperSeconds = before.sleeperSeconds * kept + asleep(before.frame) * Math.min(elapsed, GAP_SECONDS);
  }
  const fresh = addPod(before?.fresh.fill(0) ?? emptyShard(), { frame, weight: 1, breathPhase: null, arousals, sleeperSeconds });
  return { frame, arrived: now, arousals, sleeperSeconds, aroused: begins ? now : (before?.aroused ?? -Infinity), fresh };
};

const readingOf = ({ frame, arrived, arousals, sleeperSeconds }: Heard, now: number): PodReading => {
  const age = now - arrived;
  const phase = frame.respPhase === null || frame.respHz === null || age > PHASE_MS ? null : frame.respPhase + (TWO_PI * frame.respHz * age) / 1_000;
  return { frame, weight: freshness(age), breathPhase: phase, arousals, sleeperSeconds };
};

/** Adds a pod to the sums of this moment, in place. */
export const addHeard = (shard: Shard, heard: Heard, now: number): Shard => {
  const reading = readingOf(heard, now);
  return reading.weight === 1 ? addBreath(addShard(shard, heard.fresh), reading) : addPod(shard, reading);
};
