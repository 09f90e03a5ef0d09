import { COLLECTIVE_HZ, type CollectiveFrame } from '../signal/collective-frame.ts';
import { MICROS_PER_SECOND, type Micros } from '../units.ts';
import type { StampedInput } from './input.ts';
import { stampInput } from './stamp.ts';
import type { Take } from './take.ts';

/** A take without its journal: what is played, and where its frames come from. */
export type TakeHead = Pick<Take, 'score' | 'seed' | 'source' | 'minimumPods' | 'substituted'>;

/** A gathering that is ready to be composed offline. */
export interface GatheringInput {
  readonly take: TakeHead;
  /** The inputs from the start up to a time at least, in order; each call begins anew. */
  readonly inputs: (to: Micros) => Iterable<StampedInput>;
  /** Where the source ends of itself; null for a simulation, which has no end. */
  readonly length: Micros | null;
}

/** Time between two collective frames. */
export const FRAME_MICROS = MICROS_PER_SECOND / COLLECTIVE_HZ;

/** Frames as journal entries: offline a frame takes effect at its own time. Their times must not fall. */
export const stampedFrames = function* (frames: Iterable<CollectiveFrame>): Generator<StampedInput, void, undefined> {
  let seq = 0;
  for (const frame of frames) {
    yield { ...stampInput([], { kind: 'frame', frame }, frame.t), seq };
    seq += 1;
  }
};
