import { createBucket, spend, type Rate } from '../../bucket.ts';
import type { Clock } from '../../clock.ts';

/** How often something may be done. */
export interface Allowance {
  /** Takes one; false where none is left. */
  spend(): boolean;
}

/** A token bucket with its rate and its clock. */
export const createAllowance = (clock: Clock, rate: Rate): Allowance => {
  const bucket = createBucket(rate, clock.now());
  return { spend: () => spend(bucket, rate, clock.now()) };
};
