import { describe, expect, it } from 'vitest';
import { atan, atan2, cos, exp, exp2, log, log2, pow, sin, tanh } from '../../../core/math/elementary.ts';
import { decibelsOfGain, gainOfDecibels } from '../../../core/math/decibels.ts';

/** Points that cover a range densely, without chance: a golden-ratio sequence. */
const points = (from: number, to: number, count = 20_000): number[] =>
  Array.from({ length: count }, (_, i) => from + (to - from) * ((i * 0.6180339887498949) % 1));

const worst = (values: number[], error: (x: number) => number): number => values.reduce((most, x) => Math.max(most, error(x)), 0);
const relative = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.max(Math.abs(wanted), 1e-300);
const bitsOf = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};

describe('accuracy against the engine', () => {
  it('sin and cos', () => {
    for (const range of [1, 100, 1e6]) {
      expect(worst(points(-range, range), (x) => Math.abs(sin(x) - Math.sin(x)))).toBeLessThan(1e-15);
      expect(worst(points(-range, range), (x) => Math.abs(cos(x) - Math.cos(x)))).toBeLessThan(1e-15);
    }
    expect(worst(points(-1e9, 1e9), (x) => Math.abs(sin(x) - Math.sin(x)))).toBeLessThan(1e-7);
  });
  it('exp and exp2', () => {
    expect(worst(points(-708, 709), (x) => relative(exp(x), Math.exp(x)))).toBeLessThan(1e-15);
    expect(worst(points(-1021, 1023), (x) => relative(exp2(x), 2 ** x))).toBeLessThan(2e-15);
  });
  it('log and log2', () => {
    for (const range of [2, 1e6, 1e300]) {
      expect(worst(points(1e-9, range), (x) => relative(log(x), Math.log(x)))).toBeLessThan(1e-15);
      expect(worst(points(1e-9, range), (x) => relative(log2(x), Math.log2(x)))).toBeLessThan(2e-15);
    }
  });
  it('pow', () => {
    for (const y of [0.5, 1 / 12, -2.5, 7, 100.25]) {
      expect(worst(points(1e-2, 100), (x) => relative(pow(x, y), x ** y))).toBeLessThan(1e-12);
    }
  });
  it('tanh, atan and atan2', () => {
    expect(worst(points(-25, 25), (x) => relative(tanh(x), Math.tanh(x)))).toBeLessThan(1e-14);
    expect(worst(points(-0.2, 0.2), (x) => relative(tanh(x), Math.tanh(x)))).toBeLessThan(1e-14);
    expect(worst(points(-50, 50), (x) => relative(atan(x), Math.atan(x)))).toBeLessThan(1e-15);
    expect(worst(points(-9, 9), (a) => relative(atan2(Math.sin(a), Math.cos(a)), Math.atan2(Math.sin(a), Math.cos(a))))).toBeLessThan(2e-15);
  });
  it('decibels there and back', () => {
    expect(gainOfDecibels(20)).toBeCloseTo(10, 12);
    expect(gainOfDecibels(-Infinity)).toBe(0);
    expect(worst(points(-120, 40), (x) => Math.abs(decibelsOfGain(gainOfDecibels(x)) - x))).toBeLessThan(1e-12);
  });
});

describe('corners', () => {
  it('exact values', () => {
    expect([exp(0), exp2(10), exp2(-3), log(1), log2(1024), log2(0.125), pow(2, 10), pow(7, 0)]).toEqual([1, 1024, 0.125, 0, 10, -3, 1024, 1]);
    expect([sin(0), cos(0), tanh(0), atan2(0, 1), atan2(0, 0)]).toEqual([0, 1, 0, 0, 0]);
    expect(pow(-2, 3)).toBe(-8);
    expect(pow(2, -2)).toBe(0.25);
  });
  it('limits and what is no number', () => {
    expect([exp(-800), exp(800), log(0), log(Infinity), tanh(99), tanh(-99), pow(0, 0.5)]).toEqual([0, Infinity, -Infinity, Infinity, 1, -1, 0]);
    for (const value of [exp(NaN), log(-1), log(NaN), sin(Infinity), cos(NaN), tanh(NaN), pow(-2, 0.5), atan2(NaN, 1), exp2(NaN)]) expect(value).toBeNaN();
    expect(exp(-745)).toBeGreaterThan(0);
    expect(relative(log(5e-324), Math.log(5e-324))).toBeLessThan(1e-15);
  });
});

it('gives the same bits in every engine', () => {
  expect([sin(1), cos(1), sin(123_456.789), exp(1), exp(-12.5), log(10), pow(2, 1 / 12), tanh(0.5), atan2(1, 2), exp2(0.3), log2(3)].map(bitsOf)).toMatchInlineSnapshot(`
    [
      "3feaed548f090cee",
      "3fe14a280fb5068c",
      "bfeff50e60ab53f9",
      "4005bf0a8b14576a",
      "3ecf42ed3f68e690",
      "40026bb1bbb55516",
      "3ff0f38f92d97963",
      "3fdd9353d7568af4",
      "3fddac670561bb4f",
      "3ff3b2c47bff8329",
      "3ff95c01a39fbd68",
    ]
  `);
});
