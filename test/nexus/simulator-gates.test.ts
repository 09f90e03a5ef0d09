import { describe, expect, it } from 'vitest';
import { gateFigures } from '../bench/simulator-gates.ts';

describe('the simulated night beside hand-scored nights', () => {
  it.each([1, 2, 3])('passes every gate over 500 nights of 8 h (seed %i)', (seed) => {
    const figures = gateFigures(500, seed);
    console.info(['simulated | gate | hand-scored', ...figures.map(({ name, value, low, high, data }) => `${name}: ${value.toFixed(1)} | ${low}-${high} | ${data}`)].join('\n  '));
    for (const { name, value, low, high } of figures) {
      expect(value, name).toBeGreaterThanOrEqual(low);
      expect(value, name).toBeLessThanOrEqual(high);
    }
  });
});
