import { randomBytes } from 'node:crypto';
import type { Coins } from '../../core/privacy/discrete-gaussian.ts';

/** Chance that nobody can foretell, from the system's cryptographic generator; each number equally likely (rejection). */
export const secureCoins = (): Coins => ({
  below: (n) => {
    if (n <= 1n) return 0n;
    const bits = (n - 1n).toString(2).length;
    const spare = BigInt((8 - (bits % 8)) % 8);
    for (;;) {
      const drawn = BigInt(`0x${randomBytes(Math.ceil(bits / 8)).toString('hex')}`) >> spare;
      if (drawn < n) return drawn;
    }
  },
});
