import { describe, expect, it } from 'vitest';
import { discreteGaussian } from '../../../core/privacy/discrete-gaussian.ts';
import { seededCoins } from '../../support/coins.ts';

const draws = (variance: bigint, count: number, seed = 1): number[] => {
  const coins = seededCoins(seed);
  return Array.from({ length: count }, () => Number(discreteGaussian(variance, coins)));
};
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** exp(-y^2 / 2 variance) over whole numbers, made to sum to 1. */
const expected = (variance: number, reach: number): Map<number, number> => {
  const weights = new Map<number, number>();
  for (let y = -reach; y <= reach; y += 1) weights.set(y, Math.exp((-y * y) / (2 * variance)));
  const total = [...weights.values()].reduce((a, b) => a + b, 0);
  return new Map([...weights].map(([y, weight]) => [y, weight / total]));
};

describe('discrete Gaussian noise', () => {
  it.each([1n, 4n, 32n])('has the shape it should at variance %s (chi squared)', (variance) => {
    const count = 40_000;
    const seen = new Map<number, number>();
    for (const y of draws(variance, count)) seen.set(y, (seen.get(y) ?? 0) + 1);
    let chi = 0;
    let cells = 0;
    for (const [y, share] of expected(Number(variance), 60)) {
      if (share * count < 10) continue;
      chi += ((seen.get(y) ?? 0) - share * count) ** 2 / (share * count);
      cells += 1;
    }
    // Mean of chi squared is its degrees of freedom; 5 deviations above is one run in millions.
    expect(cells).toBeGreaterThan(5);
    expect(chi).toBeLessThan(cells - 1 + 5 * Math.sqrt(2 * (cells - 1)));
  });

  it('has mean 0 and the variance asked for, also where both are large', () => {
    const variance = 1_902_800_000_000n;
    const values = draws(variance, 20_000);
    const sigma = Math.sqrt(Number(variance));
    expect(Math.abs(mean(values))).toBeLessThan((5 * sigma) / Math.sqrt(values.length));
    expect(mean(values.map((y) => (y / sigma) ** 2))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(values.map((y) => (y / sigma) ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    expect(mean(values.map((y) => (y / sigma) ** 4))).toBeGreaterThan(2.8);
    expect(values.every(Number.isSafeInteger)).toBe(true);
  });

  it('is the same from the same seed and another from another', () => {
    expect(draws(32n, 50, 3)).toEqual(draws(32n, 50, 3));
    expect(draws(32n, 50, 3)).not.toEqual(draws(32n, 50, 4));
  });

  it('refuses noise that is none', () => {
    expect(() => draws(0n, 1)).toThrow(RangeError);
  });
});
