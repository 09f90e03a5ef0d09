import { PI, cos, sin } from './elementary.ts';

/**
 * Power spectra of real signals by the radix-2 Fourier transform (Cooley and Tukey 1965), two real halves packed
 * into one complex transform. Our own and short, because its sine and cosine must give the same bits in every engine:
 * the packages there are take theirs from Math.
 */
export interface Spectrum {
  /** Samples that go in: a power of two. */
  readonly size: number;
  /**
   * |X_k|^2 for k = 0 to size/2, unscaled. The returned array is used again by the next call.
   * @param samples `size` of them; shorter ones are filled up with zeros
   */
  power(samples: ArrayLike<number>): Float64Array;
}

/** The smallest power of two that is not below `count`. */
export const powerOfTwoFrom = (count: number): number => {
  let size = 2;
  while (size < count) size *= 2;
  return size;
};

/** Where each value goes before the butterflies: its index with the bits in reverse. */
const reversedIndices = (count: number): Uint32Array => {
  const reversed = new Uint32Array(count);
  for (let i = 1, j = 0; i < count; i += 1) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    reversed[i] = j;
  }
  return reversed;
};

/** @param size a power of two, 4 to 65 536 @throws RangeError otherwise */
export const createSpectrum = (size: number): Spectrum => {
  if (!(size >= 4 && size <= 65_536) || (size & (size - 1)) !== 0) throw new RangeError(`a spectrum of ${size} samples: give a power of two, 4 to 65536`);
  const half = size / 2;
  const place = reversedIndices(half);
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const power = new Float64Array(half + 1);
  const turnCos = Float64Array.from({ length: half }, (_, k) => cos((PI * k) / half));
  const turnSin = Float64Array.from({ length: half }, (_, k) => -sin((PI * k) / half));

  const butterflies = (): void => {
    for (let width = 1; width < half; width *= 2) {
      const step = half / width;
      for (let from = 0; from < half; from += 2 * width) {
        for (let k = 0; k < width; k += 1) {
          const c = turnCos[k * step]!;
          const s = turnSin[k * step]!;
          const a = from + k;
          const b = a + width;
          const x = re[b]! * c - im[b]! * s;
          const y = re[b]! * s + im[b]! * c;
          re[b] = re[a]! - x;
          im[b] = im[a]! - y;
          re[a]! += x;
          im[a]! += y;
        }
      }
    }
  };

  return {
    size,
    power: (samples) => {
      for (let i = 0; i < half; i += 1) {
        const to = place[i]!;
        re[to] = samples[2 * i] ?? 0;
        im[to] = samples[2 * i + 1] ?? 0;
      }
      butterflies();
      // Parts the even and odd samples again: X_k = E_k + e^(-i pi k/half) O_k.
      for (let k = 0; k <= half; k += 1) {
        const a = k === half ? 0 : k;
        const b = k === 0 || k === half ? 0 : half - k;
        const evenRe = (re[a]! + re[b]!) / 2;
        const evenIm = (im[a]! - im[b]!) / 2;
        const oddRe = (im[a]! + im[b]!) / 2;
        const oddIm = (re[b]! - re[a]!) / 2;
        const c = k === half ? -1 : turnCos[k]!;
        const s = k === half ? 0 : turnSin[k]!;
        const x = evenRe + oddRe * c - oddIm * s;
        const y = evenIm + oddRe * s + oddIm * c;
        power[k] = x * x + y * y;
      }
      return power;
    },
  };
};
