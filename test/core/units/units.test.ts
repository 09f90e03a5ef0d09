import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bpm, cents, decibels, frameAt, micros, midiNote, SAMPLE_RATE, seconds, seed, tick, unit01 } from '../../../core/units.ts';

describe('branded numbers', () => {
  it.each([
    ['Tick', tick, [0, 1, Number.MAX_SAFE_INTEGER], [-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, Infinity]],
    ['Micros', micros, [0, 60_000_000], [-1, 1.5, Number.NaN]],
    ['Bpm', bpm, [5, 52.25, 300], [4.99, 300.01, Number.NaN]],
    ['MidiNote', midiNote, [0, 60, 127], [-1, 128, 60.5]],
    ['Cents', cents, [-120_000, 0, 120_000], [120_001, Number.NaN]],
    ['Unit01', unit01, [0, 0.5, 1], [-0.001, 1.001, Number.NaN]],
    ['Decibels', decibels, [-200, 0, 60], [61, -201, Number.NaN]],
    ['Seed', seed, [0, 0xffff_ffff], [-1, 0x1_0000_0000, 0.5]],
  ] as const)('%s takes its range and names itself when it refuses', (name, make, good, bad) => {
    for (const value of good) expect(make(value)).toBe(value);
    for (const value of bad) expect(() => make(value)).toThrow(new RegExp(`^${name} must be .* got `));
  });

  it('seconds round to whole microseconds', () => {
    expect(seconds(1.5)).toBe(1_500_000);
    expect(seconds(0.000_000_6)).toBe(1);
  });

  it('a frame is the floor of time by sample rate, exact even after years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_400_000_000_000_000 }), (at) => {
        expect(frameAt(micros(at))).toBe(Number((BigInt(at) * BigInt(SAMPLE_RATE)) / 1_000_000n));
      }),
      { numRuns: 2_000 },
    );
    // Where a frame begins exactly on a microsecond, a rounding down would lose it.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (frames) => {
        expect(frameAt(micros(frames * 125))).toBe(frames * 6);
      }),
      { numRuns: 2_000 },
    );
    expect([0, 20, 21, 999_999, 1_000_000].map((at) => frameAt(micros(at)))).toEqual([0, 0, 1, 47_999, 48_000]);
  });
});
