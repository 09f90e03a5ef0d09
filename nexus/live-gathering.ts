import { COLLECTIVE_HZ, type CollectiveFrame } from '../core/signal/collective-frame.ts';
import type { AggregatorHealth } from './aggregator.ts';
import { keepBeat } from './beat.ts';
import type { Clock } from './clock.ts';
import { SETTLE_QUARTERS, SETTLE_STEP, gatheringSeconds, openGathering, type GatheringSource } from './gathering-source.ts';

export interface LiveGatheringOptions {
  readonly source: GatheringSource;
  /** Seconds into the night at which it begins, and how many times faster than real it runs (1 or more). */
  readonly startAt: number;
  readonly speed: number;
  readonly clock: Clock;
  readonly onFrame: (frame: CollectiveFrame) => void;
  /** Once a second. */
  readonly onHealth: (health: AggregatorHealth, night: number) => void;
  readonly onEnd: () => void;
}

const FRAME_MS = 1_000 / COLLECTIVE_HZ;
/** The night before `startAt` is lived through in slices, so that the process still answers. */
const SLICE = 600 * COLLECTIVE_HZ;
/**
 * Plays a gathering in real time, 4 frames a second, until disposed or over. Frame k is the night at
 * startAt + k x speed / 4 whatever the timers do: a stalled machine delays the night and skips none of it.
 */
export const playGathering = ({ source, startAt, speed, clock, onFrame, onHealth, onEnd }: LiveGatheringOptions): { dispose(): void } => {
  const gathering = openGathering(source);
  const first = Math.round(startAt * COLLECTIVE_HZ);
  const length = gatheringSeconds(source);
  const end = length === null ? Number.POSITIVE_INFINITY : length * COLLECTIVE_HZ;
  let cancel = (): void => undefined;
  let lived = 0;

  const beat = (count: number): boolean => {
    const quarter = first + Math.floor(count * speed);
    if (quarter >= end) {
      onEnd();
      return false;
    }
    onFrame(gathering.at(quarter));
    if (count % COLLECTIVE_HZ === 0) onHealth(gathering.health(), quarter / COLLECTIVE_HZ);
    return true;
  };

  // The same moments that a single leap to the first frame would take, only in slices.
  const catchUp = (): void => {
    const settle = first - SETTLE_QUARTERS;
    const slice = Math.min(first, lived + SLICE);
    if (slice <= settle) {
      gathering.live(slice);
      lived = slice;
    } else {
      if (lived < settle) gathering.live(settle);
      const from = Math.max(lived, settle);
      for (let step = Math.ceil(from / SETTLE_STEP) * SETTLE_STEP; step < slice; step += SETTLE_STEP) gathering.at(step);
      lived = slice;
    }
    if (lived < first) {
      cancel = clock.after(0, catchUp);
      return;
    }
    cancel = keepBeat(clock, FRAME_MS, beat);
  };

  cancel = clock.after(0, catchUp);
  return { dispose: () => cancel() };
};
