import { createBucket, fill, spend, type Rate } from '../../bucket.ts';
import type { Clock } from '../../clock.ts';

/** How many messages one connection may send. */
export interface FlowLimits {
  /** Messages a second in the long run: a pod sends one frame, and a few more while it chants. */
  readonly perSecond: number;
  /** So many messages beyond that and it floods us. */
  readonly flood: number;
}

/** `pass`: in time. `late`: one too many, to be let go unread. `flood`: so many too many that the connection must end. */
export type Flow = () => 'pass' | 'late' | 'flood';

/** A bucket of two seconds' messages that fills with time; what is late counts towards a flood until the bucket is half full again. */
export const createFlow = (clock: Clock, { perSecond, flood }: FlowLimits): Flow => {
  const rate: Rate = { perSecond, burst: 2 * perSecond };
  const bucket = createBucket(rate, clock.now());
  let late = 0;
  return () => {
    const now = clock.now();
    fill(bucket, rate, now);
    if (bucket.tokens >= rate.burst / 2) late = 0;
    if (spend(bucket, rate, now)) return 'pass';
    late += 1;
    return late > flood ? 'flood' : 'late';
  };
};
