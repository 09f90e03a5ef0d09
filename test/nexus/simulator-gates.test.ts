import { describe, expect, it } from 'vitest';
import { gateFigures } from '../bench/simulator-gates.ts';

describe('the simulated night beside hand-scored nights', () => {
  it.each([1, 2, 3])('passes every gate over 500 nights of 8 h (seed %i)', (seed) => {
    for (const { name, value, low, high } of gateFigures(500, seed)) {
      expect(value, name).toBeGreaterThanOrEqual(low);
      expect(value, name).toBeLessThanOrEqual(high);
    }
  });
});
