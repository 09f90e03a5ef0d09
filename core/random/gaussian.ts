import { TWO_PI, cos, log } from '../math/elementary.ts';
import { keyed, type KeyPart } from './keyed.ts';

const TWO_32 = 4_294_967_296;

/**
 * A standard normal number (mean 0, deviation 1, never beyond 6.7) at one place of the keyed random,
 * by Box and Muller (1958); arguments as for `keyed`. It uses the indexes 2 x index and 2 x index + 1
 * of its purpose, so give a purpose either to `gaussian` or to `uniform`, not to both.
 */
export const gaussian = (seed: number, layer: KeyPart, bar: number, purpose: KeyPart, index: number): number => {
  const radius = (keyed(seed, layer, bar, purpose, 2 * index) + 0.5) / TWO_32;
  const angle = keyed(seed, layer, bar, purpose, 2 * index + 1) / TWO_32;
  return Math.sqrt(-2 * log(radius)) * cos(TWO_PI * angle);
};
