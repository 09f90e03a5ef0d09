import { z } from 'zod';

/** Fewer sleepers than this and noise that protects one drowns all. */
export const PRIVATE_LEAST = 100;
/** Minutes that one histogram covers. */
export const PRIVATE_MINUTES = 30;
/** The most that a night may cost a sleeper. */
export const PRIVATE_EPSILON = 4;
/** Below 1/N for a million sleepers. */
export const PRIVATE_DELTA = 1e-6;

const count = z.number().min(-1_000_000).max(2_000_000);

/** The first line of a private stream: how well it protects each sleeper. */
export const privateHeadSchema = z.strictObject({
  format: z.literal('dreamscore-private'),
  version: z.literal(1),
  /** What the whole stream costs a sleeper at most: (epsilon, delta), user level, one sleeper more or less. */
  epsilon: z.number().gt(0).max(PRIVATE_EPSILON),
  delta: z.number().gt(0).max(PRIVATE_DELTA),
  /** Deviation of the noise in sleepers, in each stage of each bin. */
  sigma: z.number().gt(0).max(1_000),
  minutes: z.literal(PRIVATE_MINUTES),
  bins: z.int().min(1).max(48),
});
export type PrivateHead = z.infer<typeof privateHeadSchema>;

/** Half an hour of stages with noise on them. Counts may be below 0: cutting them off would bend the mean. */
export const privateBinSchema = z.strictObject({
  /** Microseconds from the gathering's start to the bin's. */
  t: z.int().min(0).multipleOf(PRIVATE_MINUTES * 60 * 1_000_000),
  /** Mean number of sleepers, by the noisy counts alone. */
  n: z.int().min(PRIVATE_LEAST).max(2_000_000),
  /** Mean number of sleepers in W, N1, N2, N3, R over the bin, with noise, to a tenth. */
  counts: z.tuple([count, count, count, count, count]),
});
export type PrivateBin = z.infer<typeof privateBinSchema>;

/** The head and a bin, each as one line without the line's end. */
export const privateHeadLine = ({ epsilon, delta, sigma, minutes, bins }: PrivateHead): string => JSON.stringify({ format: 'dreamscore-private', version: 1, epsilon, delta, sigma, minutes, bins });
export const privateLine = ({ t, n, counts }: PrivateBin): string => JSON.stringify({ t, n, counts });
