import { Fault } from '../../core/fault.ts';
import { discreteGaussian, type Coins } from '../../core/privacy/discrete-gaussian.ts';
import { epsilonOf, rhoOf, sigmaFor } from '../../core/privacy/zcdp.ts';
import type { Shard } from '../../core/signal/fold.ts';
import { PRIVATE_DELTA, PRIVATE_EPSILON, PRIVATE_LEAST, PRIVATE_MINUTES, type PrivateBin, type PrivateHead } from '../../core/signal/private-bin.ts';
import { addLook, emptySums, LOOK_MS, LOOKS, SENSITIVITY, SLEEPER } from './stage-sums.ts';

export interface PrivateOptions {
  /** What a night may cost a sleeper, 4 at most. */
  readonly epsilon: number;
  /** 1e-6 at most, which is below 1/N for every gathering. */
  readonly delta: number;
  /** How long the stream shall last, half an hour to a day; it ends then, whatever comes. */
  readonly hours: number;
  /** `secureCoins()` in the program. */
  readonly random: Coins;
}

/** What came of a half hour. Either way it is paid for. */
export type PrivateRelease = { readonly bin: PrivateBin } | { readonly bin: null; readonly reason: string };

/** The stream for gatherings of a hundred and more: differential privacy for each sleeper. */
export interface PrivatePublisher {
  readonly head: PrivateHead;
  /**
   * The sums over all who agreed to be published, at least every 30 s. Answers at the end of each half hour of the night, else
   * null; after the last bin always null. The promise covers what one sleeper adds to the sums. Where newcomers wait for a
   * batch, one sleeper's coming can also change when others enter, and that is not covered (docs/privacy.md).
   * @param now milliseconds from the gathering's start; never runs back
   */
  look(now: number, shard: Shard): PrivateRelease | null;
  /** What it has cost a sleeper so far, and the bins that are left. */
  spent(): { readonly epsilon: number; readonly left: number };
}

const BIN_MS = PRIVATE_MINUTES * 60_000;

const checked = ({ epsilon, delta, hours }: PrivateOptions): number => {
  if (!(epsilon > 0 && epsilon <= PRIVATE_EPSILON)) throw new Fault('this protects nobody', `epsilon ${epsilon}`, `give one above 0, ${PRIVATE_EPSILON} at most`);
  if (!(delta > 0 && delta <= PRIVATE_DELTA)) throw new Fault('this protects nobody', `delta ${delta}`, `give one above 0, ${PRIVATE_DELTA} at most`);
  if (!(hours >= 0.5 && hours <= 24)) throw new Fault('a private stream lasts half an hour to a day', `${hours} hours`, 'give hours from .5 to 24');
  return Math.ceil((hours * 60) / PRIVATE_MINUTES);
};

const tenth = (value: number): number => {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 0 ? 0 : rounded;
};

/**
 * Noise goes on whole numbers (sums of masses over the looks of a bin), so nothing depends on floating point. Whether a bin
 * is shown is decided by its noisy counts alone: whether there are a hundred could itself turn on one sleeper.
 * @throws Fault where epsilon, delta or hours would make it worthless
 */
export const createPrivatePublisher = (options: PrivateOptions): PrivatePublisher => {
  const bins = checked(options);
  const { epsilon, delta, random } = options;
  // Rounded up to whole numbers: a trifle more noise, never less.
  const wanted = sigmaFor(epsilon, delta, bins, SENSITIVITY);
  const variance = BigInt(Math.ceil(wanted * wanted));
  const sigma = Math.sqrt(Number(variance));
  /** The first half hour of the night that it saw any of; null before. */
  let first: number | null = null;
  let bin = 0;
  let look = -1;
  let sums = emptySums();

  const release = (): PrivateRelease => {
    const noisy = sums.map((sum) => Number(sum + discreteGaussian(variance, random)) / SLEEPER);
    const t = ((first ?? 0) + bin) * BIN_MS * 1_000;
    bin += 1;
    look = -1;
    sums = emptySums();
    const n = Math.round(noisy.reduce((a, b) => a + b, 0));
    if (n < PRIVATE_LEAST) return { bin: null, reason: `fewer than ${PRIVATE_LEAST} sleepers, as far as the noise lets that be known` };
    const [w = 0, n1 = 0, n2 = 0, n3 = 0, r = 0] = noisy.map(tenth);
    return { bin: { t, n, counts: [w, n1, n2, n3, r] } };
  };

  return {
    head: { format: 'dreamscore-private', version: 1, epsilon, delta, sigma: Math.round((sigma / SLEEPER) * 1_000) / 1_000, minutes: PRIVATE_MINUTES, bins },
    look: (now, shard) => {
      if (bin >= bins) return null;
      // One bin a call: a stall of hours gives empty bins one by one, each of them paid for like any other.
      first ??= Math.floor(now / BIN_MS);
      const over = now >= (first + bin + 1) * BIN_MS ? release() : null;
      const at = Math.floor((now - (first + bin) * BIN_MS) / LOOK_MS);
      if (bin < bins && at > look && at < LOOKS) {
        look = at;
        addLook(sums, shard);
      }
      return over;
    },
    spent: () => ({ epsilon: bin === 0 ? 0 : epsilonOf(rhoOf(bin, sigma, SENSITIVITY), delta), left: bins - bin }),
  };
};
