import { FIELD, ONE, type Shard } from '../../core/signal/fold.ts';
import { PRIVATE_MINUTES } from '../../core/signal/private-bin.ts';
import { STAGES } from '../../core/signal/stages.ts';

/** Moments of a bin at which it looks: their number never depends on who is there. */
export const LOOKS = PRIVATE_MINUTES * 2;
export const LOOK_MS = 30_000;
/**
 * The most that one sleeper can change the sums of a bin (L2). At each look a sleeper's masses are five whole numbers of at
 * least 0 that sum to ONE at most, so their L2 norm is ONE at most; LOOKS of them add up to LOOKS x ONE at most.
 */
export const SENSITIVITY = ONE * LOOKS;

/** Sums of the stage masses of everyone over the looks of one bin, in whole numbers of 1/SENSITIVITY sleepers. */
export const emptySums = (): bigint[] => STAGES.map(() => 0n);

/** Adds one look, in place. */
export const addLook = (sums: bigint[], shard: Shard): void => {
  for (const [k, stage] of STAGES.entries()) sums[k] = (sums[k] ?? 0n) + BigInt(shard[FIELD[stage]] ?? 0);
};
