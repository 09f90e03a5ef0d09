import { TWO_PI, exp } from '../core/math/elementary.ts';
import { AROUSAL_MEMORY_SECONDS } from '../core/signal/collective.ts';
import { addBreath, addPod, addShard, emptyShard, type PodReading, type Shard } from '../core/signal/fold.ts';
import { MINIMUM_QUALITY, type PodFrame } from '../core/signal/pod-frame.ts';

/** Data is worth its full weight up to this age, then fades in a straight line ... */
export const STALE_MS = 90_000;
/** ... to nothing at this age, where the pod is dropped. */
export const DROPPED_MS = 180_000;
/** A breath phase is carried on by its own rate for this long; after that two breaths tell nothing of each other. */
export const PHASE_MS = 10_000;
/** A second of sleep is counted once; a gap between two frames counts as this many at most. */
const GAP_SECONDS = 5;

/**
 * What is kept of a pod that is heard: of its last frame only what the fold reads, and its arousals and sleep of the last minutes,
 * fading. Written over with each frame: there is one a second for every pod, and what is kept anew each second is what costs.
 * NaN is unknown.
 */
export interface Heard {
  seq: number;
  tMono: number;
  /** Milliseconds, by the Nexus's clock. */
  arrived: number;
  readonly stages: [W: number, N1: number, N2: number, N3: number, R: number];
  readonly q: { eeg: number; hr: number; resp: number; motion: number };
  hrBpm: number;
  respHz: number;
  respPhase: number;
  motion: number;
  /** An arousal lasts. */
  arousing: boolean;
  arousals: number;
  sleeperSeconds: number;
  /** When the last arousal that was counted began, milliseconds. */
  aroused: number;
  /** Its summands while fresh, without the breath phase, which moves on from frame to frame. */
  readonly fresh: Shard;
}

/** What data of this age in milliseconds is worth, 0..1. */
export const freshness = (age: number): number => (age <= STALE_MS ? 1 : Math.max(0, (DROPPED_MS - age) / (DROPPED_MS - STALE_MS)));

/** Mean quality of a pod's sensors, 0..1; staleness counts as loss. */
export const qualityAt = ({ q, arrived }: Heard, now: number): number => (freshness(now - arrived) * (q.eeg + q.hr + q.resp + q.motion)) / 4;

const KEPT_IN_A_SECOND = exp(-1 / AROUSAL_MEMORY_SECONDS);

const unheard = (): Heard => ({
  seq: -1,
  tMono: -1,
  arrived: -Infinity,
  stages: [NaN, NaN, NaN, NaN, NaN],
  q: { eeg: 0, hr: 0, resp: 0, motion: 0 },
  hrBpm: NaN,
  respHz: NaN,
  respPhase: NaN,
  motion: NaN,
  arousing: false,
  arousals: 0,
  sleeperSeconds: 0,
  aroused: -Infinity,
  fresh: emptyShard(),
});

const asleep = ({ stages: [wake], q }: Heard): number => (Number.isNaN(wake) || q.eeg < MINIMUM_QUALITY ? 0 : 1 - wake);

/** Arousals and sleep fade over AROUSAL_MEMORY_SECONDS, and what is new is added. */
const remember = (heard: Heard, frame: PodFrame, now: number, apart: number): void => {
  const begins = frame.arousal === 1 && frame.q.eeg >= MINIMUM_QUALITY && !heard.arousing && now - heard.aroused >= apart;
  const elapsed = (now - heard.arrived) / 1_000;
  const kept = elapsed === 1 ? KEPT_IN_A_SECOND : exp(-elapsed / AROUSAL_MEMORY_SECONDS);
  heard.arousals = heard.arousals * kept + (begins ? 1 : 0);
  heard.sleeperSeconds = heard.sleeperSeconds * kept + asleep(heard) * Math.min(elapsed, GAP_SECONDS);
  heard.arousing = frame.arousal === 1;
  if (begins) heard.aroused = now;
};

/**
 * A pod after a new frame. What was heard before is written over and given back.
 * @param apart milliseconds from the beginning of one arousal to the next that counts
 */
export const hear = (before: Heard | null, frame: PodFrame, now: number, apart = 0): Heard => {
  const heard = before ?? unheard();
  remember(heard, frame, now, apart);
  heard.seq = frame.seq;
  heard.tMono = frame.tMono;
  heard.arrived = now;
  for (let k = 0; k < heard.stages.length; k += 1) heard.stages[k] = frame.pStage?.[k] ?? NaN;
  heard.q.eeg = frame.q.eeg;
  heard.q.hr = frame.q.hr;
  heard.q.resp = frame.q.resp;
  heard.q.motion = frame.q.motion;
  heard.hrBpm = frame.hrBpm ?? NaN;
  heard.respHz = frame.respHz ?? NaN;
  heard.respPhase = frame.respPhase ?? NaN;
  heard.motion = frame.motion ?? NaN;
  addPod(heard.fresh.fill(0), { frame, weight: 1, breathPhase: null, arousals: heard.arousals, sleeperSeconds: heard.sleeperSeconds });
  return heard;
};

const phaseAt = ({ respPhase, respHz, arrived }: Heard, now: number): number | null => {
  const age = now - arrived;
  const phase = respPhase + (TWO_PI * respHz * age) / 1_000;
  return age > PHASE_MS || Number.isNaN(phase) ? null : phase;
};

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

const readingOf = (heard: Heard, now: number): PodReading => ({
  frame: {
    pStage: Number.isNaN(heard.stages[0]) ? null : heard.stages,
    hrBpm: known(heard.hrBpm),
    respHz: known(heard.respHz),
    motion: known(heard.motion),
    q: heard.q,
  },
  weight: freshness(now - heard.arrived),
  breathPhase: phaseAt(heard, now),
  arousals: heard.arousals,
  sleeperSeconds: heard.sleeperSeconds,
});

/** Adds a pod to the sums of this moment, in place. */
export const addHeard = (shard: Shard, heard: Heard, now: number): Shard => {
  if (now - heard.arrived > STALE_MS) return addPod(shard, readingOf(heard, now));
  const phase = phaseAt(heard, now);
  addShard(shard, heard.fresh);
  return phase === null ? shard : addBreath(shard, heard.q.resp, phase);
};
