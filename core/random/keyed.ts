/**
 * Chance without a stream. Every draw is a hash of where it stands (seed, layer, bar, purpose,
 * index), so a draw never depends on how many were made before it: layers are independent, a night
 * may be computed in pieces or out of order, and the same key gives the same bits on every machine.
 *
 * The mixing is MurmurHash3 x86_32 (Austin Appleby, public domain) over the key's 32-bit words; text
 * becomes a word by FNV-1a. It is for music and simulation, not for secrets.
 */

const C1 = 0xcc9e_2d51;
const C2 = 0x1b87_3593;
const TWO_32 = 4_294_967_296;

/** Folds one 32-bit word into the running hash (MurmurHash3's body step). */
const mix = (hash: number, word: number): number => {
  let k = Math.imul(word, C1);
  k = (k << 15) | (k >>> 17);
  k = Math.imul(k, C2);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe654_6b64) | 0;
};

/** MurmurHash3's finaliser: every input bit flips every output bit with probability near 1/2. */
const finish = (hash: number, length: number): number => {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A whole number as two words, so that nothing below 2^53 is cut; anything else would repeat silently. */
const mixNumber = (hash: number, value: number): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`a random key must be a whole number, got ${value}`);
  return mix(mix(hash, value | 0), Math.floor(value / TWO_32));
};

/** A part of a key: text, or a whole number (such as the result of `hashText`, kept to save time). */
export type KeyPart = string | number;

/**
 * Text as a word, 0 to 2^32 - 1 (FNV-1a over UTF-16 code units). A key part given as text is hashed
 * by this, so `keyed(1, hashText('bells'), 0, 'rest', 0) === keyed(1, 'bells', 0, 'rest', 0)`.
 */
export const hashText = (text: string): number => {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return hash >>> 0;
};

const asNumber = (part: KeyPart): number => (typeof part === 'string' ? hashText(part) : part);

/** A hash of any parts in their order, 0 to 2^32 - 1. Throws a RangeError on a number that is not whole. */
export const hash32 = (...parts: readonly KeyPart[]): number => {
  let hash = 0;
  for (const part of parts) hash = mixNumber(hash, asNumber(part));
  return finish(hash, parts.length * 8);
};

/**
 * The keyed random number at one place: 0 to 2^32 - 1, uniform.
 * @param seed the take's seed
 * @param layer id of the layer (or of whatever draws: `sleeper`)
 * @param bar the bar (or any other time index), a whole number
 * @param purpose what the draw is for, so that two draws in one bar do not meet
 * @param index which of several draws for one purpose
 */
export const keyed = (seed: number, layer: KeyPart, bar: number, purpose: KeyPart, index: number): number => {
  let hash = mixNumber(0, seed);
  hash = mixNumber(hash, asNumber(layer));
  hash = mixNumber(hash, bar);
  hash = mixNumber(hash, asNumber(purpose));
  return finish(mixNumber(hash, index), 40);
};

/** A uniform number in [0, 1) on the grid of 2^-32; arguments as for `keyed`. */
export const uniform = (seed: number, layer: KeyPart, bar: number, purpose: KeyPart, index: number): number =>
  keyed(seed, layer, bar, purpose, index) / TWO_32;

/** One of the choices, each equally likely; arguments as for `keyed`. Throws a RangeError on an empty list. */
export const pick = <T>(choices: readonly T[], seed: number, layer: KeyPart, bar: number, purpose: KeyPart, index: number): T => {
  const at = Math.floor(uniform(seed, layer, bar, purpose, index) * choices.length);
  if (choices.length === 0) throw new RangeError('pick needs at least one choice');
  return choices[at] as T;
};

/**
 * The index that a uniform draw in [0, 1) falls on among weights (not negative, not all zero, need not
 * sum to 1). Throws a RangeError where no weight is positive.
 * @example weightedIndex([1, 0, 3], 0.5) === 2
 */
export const weightedIndex = (weights: readonly number[], draw: number): number => {
  let total = 0;
  for (const weight of weights) total += Math.max(0, weight);
  if (!(total > 0)) throw new RangeError('weightedIndex needs a positive weight');
  let left = draw * total;
  let last = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = Math.max(0, weights[i] ?? 0);
    if (weight === 0) continue;
    if (left < weight) return i;
    left -= weight;
    last = i;
  }
  return last;
};
