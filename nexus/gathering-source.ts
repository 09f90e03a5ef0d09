import type { CollectiveFrame } from '../core/signal/collective-frame.ts';
import { COLLECTIVE_HZ } from '../core/signal/collective-frame.ts';
import { OWN_GATE, createAggregator, type AggregatorHealth } from './aggregator.ts';
import { replayOf, type Align, type AnyNight } from './replay.ts';
import { createCrowd, type Crowd } from './simulator/crowd.ts';
import { simulateNight } from './simulator/simulated-night.ts';
import { readSleepModel } from './simulator/sleep-model.ts';

/** Where a gathering on one's own machine takes its sleepers from. */
export type GatheringSource =
  | {
      /** How many sleepers to simulate. */
      readonly simulate: number;
      readonly seed: number;
      /** Breath coupling; see DEFAULT_KAPPA. */
      readonly kappa?: number;
    }
  | {
      /** Recorded nights, one pod each. */
      readonly nights: readonly AnyNight[];
      /** `onset`: each starts 15 min before its first sleep; `start`: each at its recording's start. */
      readonly align: Align;
      readonly seed: number;
    };

const FRAME_MS = 1_000 / COLLECTIVE_HZ;

const makeCrowd = (source: GatheringSource): Crowd => {
  if ('simulate' in source) {
    const model = readSleepModel();
    const sources = Array.from({ length: source.simulate }, (_, sleeper) => simulateNight(model, source.seed, sleeper));
    return createCrowd({ sources, staging: 'probabilities', seed: source.seed, ...(source.kappa === undefined ? {} : { kappa: source.kappa }) });
  }
  return createCrowd({ sources: source.nights.map((night) => replayOf(night, source.align).source), staging: 'labels', seed: source.seed });
};

/** Seconds from the start until the last recorded night is over; null for a simulation, which has no end. */
export const gatheringSeconds = (source: GatheringSource): number | null => {
  if ('simulate' in source) return null;
  return source.nights.reduce((most, night) => Math.max(most, replayOf(night, source.align).seconds), 0);
};

/** A gathering that can be asked for its frames one after the other. Time runs in quarter seconds from its start. */
export interface Gathering {
  /** The collective frame 1/4 s after the one before; the first is at t = 0. */
  next(): CollectiveFrame;
  /**
   * The frame at a later moment. What lies between is lived through; of its last half hour a frame is taken every 10 s
   * (on whole multiples of 10 s) and not shown, so that the moving averages are settled after a leap.
   */
  at(quarter: number): CollectiveFrame;
  /**
   * Lives up to a moment and takes no frame, so that a long leap may be made in slices. To end in the same
   * bits as one leap, stop SETTLE_QUARTERS before its end and take a frame at each multiple of SETTLE_STEP from there.
   */
  live(quarter: number): void;
  health(): AggregatorHealth;
}

/** Before a frame that is leapt to, this much is lived through with frames taken every SETTLE_STEP. */
export const SETTLE_QUARTERS = 1_800 * COLLECTIVE_HZ;
export const SETTLE_STEP = 10 * COLLECTIVE_HZ;

/** Opens a gathering of one's own sleepers (no minimum of pods). The same source gives the same frames, to the byte. */
export const openGathering = (source: GatheringSource): Gathering => {
  const crowd = makeCrowd(source);
  const aggregator = createAggregator({ minimumPods: OWN_GATE });
  let quarter = -1;
  let lived = 0;
  const live = (until: number): void => {
    lived = until;
    while (crowd.second * COLLECTIVE_HZ <= until) {
      const second = crowd.second;
      for (const frame of crowd.step()) aggregator.accept(frame, second * 1_000);
    }
  };
  const take = (at: number): CollectiveFrame => {
    live(at);
    return aggregator.frameAt(at * FRAME_MS);
  };
  const at = (wanted: number): CollectiveFrame => {
    if (!(wanted > quarter)) throw new RangeError(`a gathering never runs back: ${wanted} after ${quarter}`);
    const settleFrom = Math.max(quarter + 1, lived, wanted - SETTLE_QUARTERS);
    for (let step = Math.ceil(settleFrom / SETTLE_STEP) * SETTLE_STEP; step < wanted; step += SETTLE_STEP) take(step);
    quarter = wanted;
    return take(wanted);
  };
  return { next: () => at(quarter + 1), at, live, health: () => aggregator.health(Math.max(0, quarter) * FRAME_MS) };
};

/**
 * All collective frames of a gathering, 4 a second, as fast as they are taken: frame i has
 * t = i x 250 000. `seconds` ends it (left open, a simulation has 8 h and nights last to the end of the longest).
 */
export const gatheringFrames = function* (source: GatheringSource & { readonly seconds?: number }): Generator<CollectiveFrame, void, undefined> {
  const gathering = openGathering(source);
  const seconds = source.seconds ?? gatheringSeconds(source) ?? 8 * 3_600;
  const frames = Math.floor(seconds * COLLECTIVE_HZ);
  for (let i = 0; i < frames; i += 1) yield gathering.next();
};
