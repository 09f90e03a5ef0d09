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

/** Weights of a band pass of linear phase: a windowed sinc (Hamming), the half before the middle and the middle itself. */
const halfOfSinc = (low: number, high: number, rate: number, middle: number): Float64Array =>
  Float64Array.from({ length: middle + 1 }, (_, i) => {
    const t = i - middle;
    const f1 = low / rate;
    const f2 = Math.min(0.499, high / rate);
    const sinc = t === 0 ? 2 * (f2 - f1) : (sin(TWO_PI * f2 * t) - sin(TWO_PI * f1 * t)) / (PI * t);
    return sinc * (0.54 - 0.46 * cos((PI * i) / middle));
  });

/** Two bands of one signal. */
export interface TwoBands {
  push(sample: number): void;
  /** What came out last, of the one band and the other. */
  readonly first: number;
  readonly second: number;
  /** How many samples late both come out. */
  readonly delay: number;
}

/**
 * Two band passes of linear phase and one length, in one pass over the samples. Their weights are alike on both sides of the
 * middle, so samples are first added in pairs.
 * @param taps odd
 */
export const twoBands = (one: readonly [low: number, high: number], other: readonly [low: number, high: number], rate: number, taps: number): TwoBands => {
  const middle = (taps - 1) / 2;
  const a = halfOfSinc(one[0], one[1], rate, middle);
  const b = halfOfSinc(other[0], other[1], rate, middle);
  const past = new Float64Array(2 * taps);
  let at = 0;
  let [first, second] = [0, 0];
  return {
    delay: middle,
    get first() {
      return first;
    },
    get second() {
      return second;
    },
    push: (sample) => {
      // Written twice, so that the last `taps` samples always lie in one piece.
      past[at] = sample;
      past[at + taps] = sample;
      at = at + 1 === taps ? 0 : at + 1;
      const last = at + taps - 1;
      let sumA = a[middle]! * past[at + middle]!;
      let sumB = b[middle]! * past[at + middle]!;
      for (let i = 0; i < middle; i += 1) {
        const pair = past[at + i]! + past[last - i]!;
        sumA += pair * a[i]!;
        sumB += pair * b[i]!;
      }
      first = sumA;
      second = sumB;
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
