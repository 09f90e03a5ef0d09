/** A token bucket: so many a second in the long run, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Bucket {
  tokens: number;
  /** When it was last filled, milliseconds. */
  at: number;
}

/** A full bucket. */
export const createBucket = ({ burst }: Rate, now: number): Bucket => ({ tokens: burst, at: now });

/**
 * Fills it with what has come since.
 * @param share how many times the rate it has: a connection of many pods has that of each
 */
export const fill = (bucket: Bucket, { perSecond, burst }: Rate, now: number, share = 1): void => {
  bucket.tokens = Math.min(burst * share, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond * share);
  bucket.at = now;
};

/** Takes a token, if one is there. */
export const spend = (bucket: Bucket, rate: Rate, now: number, share = 1): boolean => {
  fill(bucket, rate, now, share);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
};
