import { FIELD, ONE, type Shard } from '../../core/signal/fold.ts';
import { PRIVATE_MINUTES } from '../../core/signal/private-bin.ts';
import { STAGES } from '../../core/signal/stages.ts';

/** Moments of a bin at which it looks: their number never depends on who is there. */
export const LOOKS = PRIVATE_MINUTES * 2;
export const LOOK_MS = 30_000;
/** One sleeper in the sums of a bin. */
export const SLEEPER = ONE * LOOKS;
/** Sums that were faded on their way (nexus/scale) are rounded, each of five by one at most: sqrt(5) together. */
const ROUNDING = 3;
/**
 * The most that one sleeper can change the sums of a bin (L2). At each look a sleeper's masses are five whole numbers of at
 * least 0 that sum to ONE at most, so their L2 norm is ONE at most (and a trifle for rounding); LOOKS of them add up.
 */
export const SENSITIVITY = (ONE + ROUNDING) * LOOKS;

/** Sums of the stage masses of everyone over the looks of one bin, in whole numbers of 1/SLEEPER sleepers. */
export const emptySums = (): bigint[] => STAGES.map(() => 0n);

/** Adds one look, in place. */
export const addLook = (sums: bigint[], shard: Shard): void => {
  for (const [k, stage] of STAGES.entries()) sums[k] = (sums[k] ?? 0n) + BigInt(shard[FIELD[stage]] ?? 0);
};
