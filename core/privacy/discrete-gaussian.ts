/**
 * Noise on whole numbers, exactly: the samplers of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential
 * Privacy" (NeurIPS 2020), algorithms 1 to 3. All is done in whole numbers and fractions of them. A continuous Gaussian
 * in floating point is no such thing: its last bits can tell the value that it was added to (Mironov, CCS 2012).
 */

/** Where chance comes from: a whole number 0 to n - 1, each equally likely. For n of at least 1. */
export interface Coins {
  below(n: bigint): bigint;
}

/** True with probability top/below, 0 <= top <= below. */
const bernoulli = (top: bigint, below: bigint, coins: Coins): boolean => coins.below(below) < top;

/** True with probability exp(-top/below), for 0 <= top <= below (algorithm 1; von Neumann's trick). */
const bernoulliExpWithinOne = (top: bigint, below: bigint, coins: Coins): boolean => {
  let k = 1n;
  while (bernoulli(top, below * k, coins)) k += 1n;
  return k % 2n === 1n;
};

/** True with probability exp(-top/below), for top >= 0. */
const bernoulliExp = (top: bigint, below: bigint, coins: Coins): boolean => {
  let left = top;
  while (left > below) {
    if (!bernoulliExpWithinOne(1n, 1n, coins)) return false;
    left -= below;
  }
  return bernoulliExpWithinOne(left, below, coins);
};

/** A whole number y with probability proportional to exp(-|y|/scale) (algorithm 2). */
const discreteLaplace = (scale: bigint, coins: Coins): bigint => {
  for (;;) {
    const fine = coins.below(scale);
    if (!bernoulliExpWithinOne(fine, scale, coins)) continue;
    let coarse = 0n;
    while (bernoulliExpWithinOne(1n, 1n, coins)) coarse += 1n;
    const size = fine + scale * coarse;
    const negative = coins.below(2n) === 1n;
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
};

/** The largest whole number whose square is at most n (Newton). */
const floorSqrt = (n: bigint): bigint => {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
};

/**
 * A whole number y with probability proportional to exp(-y^2 / (2 variance)) (algorithm 3): mean 0, deviation very
 * nearly sqrt(variance). Takes about one and a half tries on average, whatever the variance.
 * @param variance at least 1. @throws RangeError below
 */
export const discreteGaussian = (variance: bigint, coins: Coins): bigint => {
  if (variance < 1n) throw new RangeError('the variance of discrete noise must be 1 at least');
  const scale = floorSqrt(variance) + 1n;
  for (;;) {
    const y = discreteLaplace(scale, coins);
    const size = y < 0n ? -y : y;
    // exp(-(|y| - variance/scale)^2 / (2 variance)), as a fraction of whole numbers.
    const off = size * scale - variance;
    if (bernoulliExp(off * off, 2n * variance * scale * scale, coins)) return y;
  }
};
