import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { euclid } from '../../../core/music/rhythm.ts';

const drawn = (strokes: number, steps: number): string => euclid(strokes, steps).map((struck) => (struck ? 'x' : '.')).join('');
const turned = (pattern: string): string[] => Array.from(pattern, (_, at) => pattern.slice(at) + pattern.slice(0, at));

describe('Euclidean rhythms', () => {
  it('are the known ones (Toussaint 2005), up to where they begin', () => {
    expect(drawn(3, 8)).toBe('x..x..x.');
    expect(drawn(4, 16)).toBe('x...x...x...x...');
    expect(turned(drawn(5, 8))).toContain('x.xx.xx.');
    expect(turned(drawn(5, 12))).toContain('x..x.x..x.x.');
    expect(turned(drawn(7, 16))).toContain('x..x.x.x..x.x.x.');
    expect(turned(drawn(4, 9))).toContain('x.x.x.x..');
    expect(drawn(0, 5)).toBe('.....');
    expect(drawn(5, 5)).toBe('xxxxx');
  });

  it('has the strokes asked for, the first step struck, gaps that differ by one at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 0, max: 32 }), (strokes, rests) => {
        const steps = strokes + rests;
        const pattern = euclid(strokes, steps);
        const struck = pattern.flatMap((on, at) => (on ? [at] : []));
        const gaps = struck.map((at, index) => (struck[index + 1] ?? steps) - at);
        expect(pattern.length).toBe(steps);
        expect(struck.length).toBe(strokes);
        expect(struck[0]).toBe(0);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
