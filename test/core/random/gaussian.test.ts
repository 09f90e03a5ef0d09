import { describe, expect, it } from 'vitest';
import { gaussian } from '../../../core/random/gaussian.ts';

const draws = (seed: number): number[] => Array.from({ length: 40_000 }, (_, i) => gaussian(seed, 'sleeper', i, 'heart', 0));

describe('gaussian', () => {
  it.each([1, 99])('has the moments of the standard normal (seed %i)', (seed) => {
    const values = draws(seed);
    const moment = (power: number): number => values.reduce((sum, x) => sum + x ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.06);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it('falls within 1, 2 and 3 deviations as often as it should', () => {
    const values = draws(5);
    const within = (limit: number): number => values.filter((x) => Math.abs(x) < limit).length / values.length;
    expect(Math.abs(within(1) - 0.6827)).toBeLessThan(0.008);
    expect(Math.abs(within(2) - 0.9545)).toBeLessThan(0.004);
    expect(Math.abs(within(3) - 0.9973)).toBeLessThan(0.001);
  });

  it('is the same for ever, and neighbours in index do not share draws', () => {
    expect([0, 1, 2].map((index) => gaussian(7, 'breath', 3, 'noise', index))).toMatchInlineSnapshot(`
      [
        0.661805901862441,
        -0.6662453451229349,
        0.040793821208816604,
      ]
    `);
  });
});
