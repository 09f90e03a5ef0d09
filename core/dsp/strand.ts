import { TABLE_MASK, TABLE_SCALE, TABLE_SHIFT } from './phase.ts';

// Kept here, since imported bindings may cost a look-up in each turn of the inner loops.
const MASK = TABLE_MASK;
const SCALE = TABLE_SCALE;
const SHIFT = TABLE_SHIFT;

/**
 * Where a voice writes: one quantum of stereo, from offset `begin` to `end`. `frame` is the absolute
 * frame of offset 0. Controls are given at `begin` and at `end` and taken as linear between.
 */
export interface Span {
  readonly left: Float64Array;
  readonly right: Float64Array;
  frame: number;
  begin: number;
  end: number;
  brightness0: number;
  brightness1: number;
  motion0: number;
  motion1: number;
}

/**
 * Adds one oscillator: `table` read from `phase` by `step`, its gain linear from `gain0` to `gain1`,
 * placed by the weights `wl` and `wr`.
 */
export const addTone = (
  span: Span, table: Float32Array, phase: number, step: number, gain0: number, gain1: number, wl: number, wr: number,
): void => {
  const { left, right, begin, end } = span;
  const slope = (gain1 - gain0) / (end - begin);
  let at = phase | 0;
  let gain = gain0;
  for (let i = begin; i < end; i += 1) {
    const index = at >>> SHIFT;
    const here = table[index] as number;
    const value = gain * (here + ((table[index + 1] as number) - here) * ((at & MASK) * SCALE));
    left[i] = (left[i] as number) + wl * value;
    right[i] = (right[i] as number) + wr * value;
    at = (at + step) | 0;
    gain += slope;
  }
};

/** As addTone with two tables of one phase, each with its own gain: a timbre between two. */
export const addMorph = (
  span: Span, a: Float32Array, b: Float32Array, phase: number, step: number,
  a0: number, a1: number, b0: number, b1: number, wl: number, wr: number,
): void => {
  const { left, right, begin, end } = span;
  const slopeA = (a1 - a0) / (end - begin);
  const slopeB = (b1 - b0) / (end - begin);
  let at = phase | 0;
  let gainA = a0;
  let gainB = b0;
  for (let i = begin; i < end; i += 1) {
    const index = at >>> SHIFT;
    const part = (at & MASK) * SCALE;
    const hereA = a[index] as number;
    const hereB = b[index] as number;
    const value = gainA * (hereA + ((a[index + 1] as number) - hereA) * part) + gainB * (hereB + ((b[index + 1] as number) - hereB) * part);
    left[i] = (left[i] as number) + wl * value;
    right[i] = (right[i] as number) + wr * value;
    at = (at + step) | 0;
    gainA += slopeA;
    gainB += slopeB;
  }
};
