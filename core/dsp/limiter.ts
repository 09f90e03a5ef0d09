import { gainOfDecibels } from '../math/decibels.ts';
import { smooth } from './voice.ts';
import { TRUE_PEAK_BOUND, TRUE_PEAK_TAPS, truePeakAt } from './true-peak.ts';

/** Frames over which one gain is sought. */
const BLOCK = 64;
/** Blocks the limiter looks ahead (21 ms): its gain falls that gently. */
const AHEAD = 16;
/** Blocks from silence back to unity gain (1.5 s). */
const RECOVERY = 1_125;
/** Gains are whole numbers of this size, so that recovery adds up exactly. */
const UNIT = 1_048_576;
const RISE = Math.ceil(UNIT / RECOVERY);
/** Interpolation by four misses up to this much between its points for content this dark. */
const MARGIN_DB = 0.2;

/** Frames by which the limiter's output is later than its input (23 ms). */
export const LIMITER_LATENCY = (AHEAD + 1) * BLOCK;
/** Frames after which nothing of the past is left in its gain. */
export const LIMITER_MEMORY = (RECOVERY + 2 * AHEAD + 4) * BLOCK;

/** A stereo limiter. Both sides always share one gain. */
export interface Limiter {
  /** Puts one frame in and gives the frame of LIMITER_LATENCY earlier (`left`, `right` of the result object). */
  step(left: number, right: number): void;
  left: number;
  right: number;
}

/** Weights of a raised, flat-ended window over AHEAD blocks; their sum is 1. */
const makeWeights = (): Float64Array => {
  const weights = new Float64Array(AHEAD);
  for (let k = 0; k < AHEAD; k += 1) weights[k] = smooth((k + 1) / AHEAD) - smooth(k / AHEAD);
  return weights;
};

/**
 * A lookahead limiter on true peaks (BS.1770-4 interpolation). For each block of 64 frames the gain it
 * needs is found; the gain recovers along a straight line of 1.5 s, is the least of the blocks ahead,
 * and is then averaged over the lookahead, so that it is in place before the peak is. Gains before
 * averaging are whole numbers and at most 1: the past is forgotten, exactly, after LIMITER_MEMORY.
 * @param startFrame absolute frame of the first input
 */
export const makeLimiter = (ceilingDb: number, startFrame: number): Limiter => {
  const ceiling = gainOfDecibels(ceilingDb - MARGIN_DB);
  const weights = makeWeights();
  const size = 2_048;
  const mask = size - 1;
  const pastLeft = new Float64Array(size);
  const pastRight = new Float64Array(size);
  // The block being gathered, with the taps of the block before in front of it.
  const freshLeft = new Float64Array(BLOCK + TRUE_PEAK_TAPS);
  const freshRight = new Float64Array(BLOCK + TRUE_PEAK_TAPS);
  const recovered = new Float64Array(64).fill(UNIT);
  let frame = startFrame;
  let loudest = 0;
  let gain = UNIT;
  let node0 = 1;
  let node1 = 1;

  /** Whole-number gain that a block needs, from its samples and the taps before. */
  const neededGain = (): number => {
    let peak = loudest;
    if (loudest * TRUE_PEAK_BOUND > ceiling) {
      for (let i = 0; i < BLOCK; i += 1) {
        peak = Math.max(peak, truePeakAt(freshLeft, TRUE_PEAK_TAPS + i), truePeakAt(freshRight, TRUE_PEAK_TAPS + i));
      }
    }
    return peak > ceiling ? Math.floor((ceiling / peak) * UNIT) : UNIT;
  };

  /** The averaged gain at the start of block `block`; blocks up to `block + AHEAD - 1` are known. */
  const nodeAt = (block: number): number => {
    let sum = 0;
    for (let k = 0; k < AHEAD; k += 1) {
      const first = block - AHEAD + k;
      let least = UNIT;
      for (let ahead = 0; ahead <= AHEAD; ahead += 1) least = Math.min(least, recovered[(first + ahead) & 63] as number);
      sum += least * (weights[k] as number);
    }
    return sum / UNIT;
  };

  const closeBlock = (block: number): void => {
    gain = Math.min(neededGain(), gain + RISE, UNIT);
    recovered[block & 63] = gain;
    // The taps may reach into the block before: its end is heard again with what follows.
    freshLeft.copyWithin(0, BLOCK, BLOCK + TRUE_PEAK_TAPS);
    freshRight.copyWithin(0, BLOCK, BLOCK + TRUE_PEAK_TAPS);
    loudest = 0;
    for (let i = 0; i < TRUE_PEAK_TAPS; i += 1) loudest = Math.max(loudest, Math.abs(freshLeft[i] as number), Math.abs(freshRight[i] as number));
    node0 = node1;
    node1 = nodeAt(block - AHEAD + 1);
  };

  const limiter: Limiter = {
    left: 0,
    right: 0,
    step: (left, right) => {
      const at = frame % BLOCK;
      freshLeft[TRUE_PEAK_TAPS + at] = left;
      freshRight[TRUE_PEAK_TAPS + at] = right;
      pastLeft[frame & mask] = left;
      pastRight[frame & mask] = right;
      loudest = Math.max(loudest, Math.abs(left), Math.abs(right));
      const now = node0 + (node1 - node0) * (at / BLOCK);
      const past = (frame - LIMITER_LATENCY) & mask;
      limiter.left = now * (pastLeft[past] as number);
      limiter.right = now * (pastRight[past] as number);
      frame += 1;
      if (at === BLOCK - 1) closeBlock((frame - BLOCK) / BLOCK);
    },
  };
  return limiter;
};
