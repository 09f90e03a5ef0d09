import { describe, expect, it } from 'vitest';
import { hash32, hashText, keyed, pick, uniform, weightedIndex } from '../../../core/random/keyed.ts';

/** Pearson's chi-square of counts against an even spread. */
const chiSquare = (counts: readonly number[]): number => {
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0);
};

describe('keyed random', () => {
  it('gives the same bits for the same key, for ever', () => {
    expect([keyed(1, 'bells', 0, 'rest', 0), keyed(1, 'bells', 1, 'rest', 0), keyed(4_294_967_295, 'drone', 9_999, 'pitch', 7), hash32(), hash32('a', 1), hashText('')]).toMatchInlineSnapshot(`
      [
        1440413964,
        707539609,
        1785065265,
        0,
        2680839034,
        2166136261,
      ]
    `);
  });

  it('takes a text part or its hash alike', () => {
    expect(keyed(5, hashText('pad'), 3, hashText('voice'), 2)).toBe(keyed(5, 'pad', 3, 'voice', 2));
    expect(hash32(5, 'pad', 3, 'voice', 2)).toBe(keyed(5, 'pad', 3, 'voice', 2));
  });

  it.each([0, 1, 7, 0xdead_beef])('is uniform along the bars and along the indexes (seed %i)', (seed) => {
    const byBar = new Array<number>(100).fill(0);
    const byIndex = new Array<number>(100).fill(0);
    for (let i = 0; i < 20_000; i += 1) {
      byBar[Math.floor(uniform(seed, 'bells', i, 'rest', 0) * 100)]! += 1;
      byIndex[Math.floor(uniform(seed, 'bells', 0, 'rest', i) * 100)]! += 1;
    }
    // 99 degrees of freedom: 99.99 % lie below 161, and below 53 is as unlikely.
    for (const counts of [byBar, byIndex]) {
      expect(chiSquare(counts)).toBeLessThan(161);
      expect(chiSquare(counts)).toBeGreaterThan(53);
    }
  });

  it('is independent between neighbouring seeds, layers, purposes, bars and indexes', () => {
    const base = (i: number): number => uniform(1, 'pad', i, 'x', 0);
    const others: readonly ((i: number) => number)[] = [
      (i) => uniform(2, 'pad', i, 'x', 0),
      (i) => uniform(1, 'pae', i, 'x', 0),
      (i) => uniform(1, 'pad', i, 'y', 0),
      (i) => uniform(1, 'pad', i + 1, 'x', 0),
      (i) => uniform(1, 'pad', i, 'x', 1),
    ];
    for (const other of others) {
      const cells = new Array<number>(100).fill(0);
      for (let i = 0; i < 20_000; i += 1) cells[Math.floor(base(i) * 10) * 10 + Math.floor(other(i) * 10)]! += 1;
      expect(chiSquare(cells)).toBeLessThan(161);
    }
  });

  it('flips about half of the output bits when one input bit flips', () => {
    let flipped = 0;
    for (let bit = 0; bit < 32; bit += 1) {
      for (let i = 0; i < 200; i += 1) {
        let changed = keyed(1, 'a', i, 'b', 0) ^ keyed(1, 'a', i ^ (1 << bit), 'b', 0);
        while (changed !== 0) {
          flipped += 1;
          changed &= changed - 1;
        }
      }
    }
    expect(flipped / (32 * 200 * 32)).toBeCloseTo(0.5, 2);
  });

  it('keeps keys beyond 32 bits apart and refuses what is not whole', () => {
    expect(keyed(1, 'a', 2 ** 33, 'b', 0)).not.toBe(keyed(1, 'a', 0, 'b', 0));
    expect(keyed(1, 'a', -1, 'b', 0)).not.toBe(keyed(1, 'a', 0xffff_ffff, 'b', 0));
    expect(() => keyed(1, 'a', 0.5, 'b', 0)).toThrow(RangeError);
    expect(() => keyed(1, 'a', Number.NaN, 'b', 0)).toThrow(RangeError);
  });

  it('picks evenly and refuses an empty list', () => {
    const counts = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 3_000; i += 1) counts[pick(['a', 'b', 'c'] as const, 3, 'l', i, 'p', 0)] += 1;
    for (const n of Object.values(counts)) expect(Math.abs(n - 1_000)).toBeLessThan(110);
    expect(() => pick([], 1, 'l', 0, 'p', 0)).toThrow(RangeError);
  });

  it('falls on weights in proportion and never on a zero', () => {
    expect([0, 0.249, 0.25, 0.5, 0.9999].map((draw) => weightedIndex([1, 0, 3], draw))).toEqual([0, 0, 2, 2, 2]);
    expect(weightedIndex([0, 1, 0], 0)).toBe(1);
    expect(() => weightedIndex([0, 0], 0.5)).toThrow(RangeError);
  });
});
