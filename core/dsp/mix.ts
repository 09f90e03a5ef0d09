import { LIMITER_LATENCY, makeLimiter } from './limiter.ts';

/** The sum of all layers through the limiter. */
export interface Mix {
  /** Frames by which the output is later than the input. */
  readonly latency: number;
  /**
   * Takes the next `frames` frames of every layer (in the score's order: sums depend on it) and writes
   * as many frames of the mix, those of `latency` frames earlier.
   */
  process(lefts: readonly Float32Array[], rights: readonly Float32Array[], left: Float32Array, right: Float32Array, frames: number): void;
}

/**
 * A mix of `layerCount` layers under a true-peak ceiling in decibels (-3 for sleepers), whose first
 * input is absolute frame `startFrame`. RangeError when it is given another number of layers.
 */
export const createMix = (layerCount: number, ceilingDb: number, startFrame: number): Mix => {
  const limiter = makeLimiter(ceilingDb, startFrame);
  return {
    latency: LIMITER_LATENCY,
    process: (lefts, rights, left, right, frames) => {
      if (lefts.length !== layerCount || rights.length !== layerCount) {
        throw new RangeError(`a mix of ${layerCount} layers was given ${lefts.length} left and ${rights.length} right`);
      }
      for (let i = 0; i < frames; i += 1) {
        let sumLeft = 0;
        let sumRight = 0;
        for (let layer = 0; layer < layerCount; layer += 1) {
          sumLeft += (lefts[layer] as Float32Array)[i] as number;
          sumRight += (rights[layer] as Float32Array)[i] as number;
        }
        limiter.step(sumLeft, sumRight);
        left[i] = limiter.left;
        right[i] = limiter.right;
      }
    },
  };
};
