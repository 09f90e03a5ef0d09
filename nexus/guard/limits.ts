/** A token bucket: so many a second in the long run, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Pod frames come once a second; twice that is taken, and ten at once after a stall of the network. */
export const POD_RATE: Rate = { perSecond: 2, burst: 10 };

export interface Bucket {
  tokens: number;
  /** When it was last filled, milliseconds. */
  at: number;
}

/** A full bucket. */
export const createBucket = ({ burst }: Rate, now: number): Bucket => ({ tokens: burst, at: now });

/**
 * Takes a token, if one is there.
 * @param share how many times the rate it has: a connection of many pods has that of each
 */
export const spend = (bucket: Bucket, { perSecond, burst }: Rate, now: number, share = 1): boolean => {
  bucket.tokens = Math.min(burst * share, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond * share);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
};
