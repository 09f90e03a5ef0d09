import type { Coins } from '../../core/privacy/discrete-gaussian.ts';
import { hash32 } from '../../core/random/keyed.ts';

/** Chance from a seed, for tests alone: nobody could be protected by it. */
export const seededCoins = (seed: number): Coins => {
  let index = 0;
  const word = (): bigint => {
    index += 1;
    return BigInt(hash32(seed, 'coins', index));
  };
  return {
    below: (n) => {
      const bits = (n - 1n).toString(2).length;
      for (;;) {
        let drawn = 0n;
        for (let have = 0; have < bits; have += 32) drawn = (drawn << 32n) | word();
        drawn &= (1n << BigInt(bits)) - 1n;
        if (drawn < n) return drawn;
      }
    },
  };
};
