import { PI, TWO_PI, cos, sin } from '../../math/elementary.ts';

/** One sample in, one out. */
export type Filter = (sample: number) => number;

/**
 * A Butterworth low or high pass of second order (12 dB an octave), direct form II transposed; coefficients by the bilinear
 * transform (Bristow-Johnson, Audio EQ Cookbook). The first sample is taken as its past, so that an offset makes no jump.
 * @param hertz cutoff (-3 dB), below half the rate
 */
export const butterworth = (kind: 'low' | 'high', hertz: number, rate: number): Filter => {
  const w = (TWO_PI * hertz) / rate;
  const alpha = sin(w) * Math.SQRT1_2;
  const c = cos(w);
  const a0 = 1 + alpha;
  const edge = kind === 'low' ? (1 - c) / 2 : (1 + c) / 2;
  const b0 = edge / a0;
  const b1 = (kind === 'low' ? 2 : -2) * b0;
  const a1 = (-2 * c) / a0;
  const a2 = (1 - alpha) / a0;
  let s1 = Number.NaN;
  let s2 = 0;
  return (sample) => {
    if (s1 !== s1) {
      const settled = kind === 'low' ? sample : 0;
      s2 = b0 * sample - a2 * settled;
      s1 = b1 * sample - a1 * settled + s2;
    }
    const out = b0 * sample + s1;
    s1 = b1 * sample - a1 * out + s2;
    s2 = b0 * sample - a2 * out;
    return out;
  };
};

/**
 * A band pass of linear phase (windowed sinc, Hamming): every frequency comes out `delay` samples late, so two of one
 * length may be compared sample by sample.
 * @param taps odd
 */
export const linearBand = (low: number, high: number, rate: number, taps: number): { readonly filter: Filter; readonly delay: number } => {
  const middle = (taps - 1) / 2;
  const weights = Float64Array.from({ length: taps }, (_, i) => {
    const t = i - middle;
    const f1 = low / rate;
    const f2 = Math.min(0.499, high / rate);
    const sinc = t === 0 ? 2 * (f2 - f1) : (sin(TWO_PI * f2 * t) - sin(TWO_PI * f1 * t)) / (PI * t);
    return sinc * (0.54 - 0.46 * cos((TWO_PI * i) / (taps - 1)));
  });
  const past = new Float64Array(2 * taps);
  let at = 0;
  return {
    delay: middle,
    filter: (sample) => {
      // Written twice, so that the last `taps` samples always lie in one piece.
      past[at] = sample;
      past[at + taps] = sample;
      at = at + 1 === taps ? 0 : at + 1;
      let sum = 0;
      for (let i = 0; i < taps; i += 1) sum += past[at + i]! * weights[i]!;
      return sum;
    },
  };
};

/** Means of `factor` samples each: thins a signal out. What would fold onto 0 Hz is taken out by the mean. */
export const thinned = (factor: number, to: (sample: number) => void): ((sample: number) => void) => {
  let sum = 0;
  let count = 0;
  return (sample) => {
    sum += sample;
    count += 1;
    if (count < factor) return;
    to(sum / factor);
    sum = 0;
    count = 0;
  };
};
