import { cos, sin, TWO_PI } from '../math/elementary.ts';

/** Samples of the breath loop; phases read it with 16 bits of index. */
export const BREATH_SIZE = 65_536;
export const BREATH_SHIFT = 16;
/** Middle of the breath's band, in cycles a sample of the loop. */
export const BREATH_CENTRE = 1 / 32;

const SCRAMBLE = 0x9e37_79b9;

/** White noise -1..1 at an index: a hash of seed and index (MurmurHash3's finaliser), no stream. */
export const noiseAt = (seed: number, index: number): number => {
  let h = (seed ^ Math.imul(index + 1, SCRAMBLE)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) / 2_147_483_648;
};

/**
 * A loop of breath: keyed white noise through a band-pass (RBJ's cookbook formula, Q 0.9), twice, so that
 * it is smooth enough to be read between its samples. It has run up to the loop's beginning from its end, so that they meet; mean 0, deviation 1.
 */
export const makeBreath = (seed: number): Float32Array => {
  const w = TWO_PI * BREATH_CENTRE;
  const alpha = sin(w) / (2 * 0.9);
  const a0 = 1 + alpha;
  const b = alpha / a0;
  const a1 = (-2 * cos(w)) / a0;
  const a2 = (1 - alpha) / a0;
  const loop = new Float64Array(BREATH_SIZE);
  let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0];
  for (let i = -8_192; i < BREATH_SIZE; i += 1) {
    const x = noiseAt(seed, (i + BREATH_SIZE) % BREATH_SIZE);
    const y = b * (x - x2) - a1 * y1 - a2 * y2;
    const z = b * (y - y2) - a1 * z1 - a2 * z2;
    [x2, x1, y2, y1, z2, z1] = [x1, x, y1, y, z1, z];
    if (i >= 0) loop[i] = z;
  }
  let sum = 0;
  for (let i = 0; i < BREATH_SIZE; i += 1) sum += loop[i] as number;
  const mean = sum / BREATH_SIZE;
  let power = 0;
  for (let i = 0; i < BREATH_SIZE; i += 1) power += ((loop[i] as number) - mean) * ((loop[i] as number) - mean);
  const scale = 1 / Math.sqrt(power / BREATH_SIZE);
  const table = new Float32Array(BREATH_SIZE + 1);
  for (let i = 0; i <= BREATH_SIZE; i += 1) table[i] = ((loop[i % BREATH_SIZE] as number) - mean) * scale;
  return table;
};
