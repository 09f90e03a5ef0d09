import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeTempo, microsAt, tempoMap, tickAt, type TempoMap } from '../../../core/time/tempo-map.ts';
import { micros, tick, TICKS_PER_QUARTER } from '../../../core/units.ts';

/** Quarter notes of 200 to 12 beats a minute. */
const anyLength = fc.integer({ min: 300_000, max: 5_000_000 });
const anyGap = fc.integer({ min: 0, max: 40 * TICKS_PER_QUARTER });
const anyChanges = fc.array(fc.tuple(anyGap, anyLength), { maxLength: 20 });
const anyTick = fc.integer({ min: 0, max: 1_000 * TICKS_PER_QUARTER });

const written = (first: number, changes: readonly (readonly [number, number])[]): TempoMap => {
  let at = 0;
  return changes.reduce((map, [gap, length]) => changeTempo(map, tick((at += gap)), length), tempoMap(first));
};
const anyMap = fc.tuple(anyLength, anyChanges).map(([first, changes]) => written(first, changes));

describe('tempo map', () => {
  it('keeps musical and clock time of known tempos', () => {
    const map = changeTempo(tempoMap(1_000_000), tick(4 * TICKS_PER_QUARTER), 1_500_000);
    expect(microsAt(map, tick(TICKS_PER_QUARTER))).toBe(1_000_000);
    expect(microsAt(map, tick(4 * TICKS_PER_QUARTER))).toBe(4_000_000);
    expect(microsAt(map, tick(6 * TICKS_PER_QUARTER))).toBe(7_000_000);
    expect(tickAt(map, micros(3_999_999))).toBe(4 * TICKS_PER_QUARTER - 1);
    expect(tickAt(map, micros(5_500_000))).toBe(5 * TICKS_PER_QUARTER);
  });

  it('ticks survive the way to the clock and back', () => {
    fc.assert(
      fc.property(anyMap, anyTick, (map, at) => {
        expect(tickAt(map, microsAt(map, tick(at)))).toBe(at);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the last tick at or before a moment, also just around a change', () => {
    fc.assert(
      fc.property(anyMap, fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: -2, max: 2 }), (map, anywhere, near) => {
        for (const time of [anywhere, ...map.map((segment) => Math.max(0, segment.micros + near))]) {
          const found = tickAt(map, micros(time));
          expect(microsAt(map, found)).toBeLessThanOrEqual(time);
          expect(microsAt(map, tick(found + 1))).toBeGreaterThan(time);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('time never runs back from tick to tick', () => {
    fc.assert(
      fc.property(anyMap, anyTick, (map, at) => {
        for (const from of [at, ...map.map((segment) => Math.max(0, segment.tick - 1))]) {
          expect(microsAt(map, tick(from + 1))).toBeGreaterThan(microsAt(map, tick(from)));
        }
      }),
    );
  });

  it('is additive: the same tempo written again in pieces moves nothing', () => {
    fc.assert(
      fc.property(anyLength, fc.array(anyTick, { maxLength: 10 }), anyTick, (length, cuts, at) => {
        const whole = tempoMap(length);
        const pieces = [...cuts].sort((a, b) => a - b).reduce((map, cut) => changeTempo(map, tick(cut), length), whole);
        expect(pieces).toEqual(whole);
        // Where a change is undone at once nothing is lost either: each segment begins at its true time, to half a microsecond.
        const [first = 0] = cuts;
        const there = changeTempo(changeTempo(whole, tick(first), length + 7), tick(first), length);
        expect(Math.abs(microsAt(there, tick(at)) - microsAt(whole, tick(at)))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not drift: a thousand changes lie within half a microsecond each of the sum in exact arithmetic', () => {
    let map = tempoMap(1_000_003);
    let exact = 0n;
    let length = 1_000_003n;
    for (let bar = 1; bar <= 1_000; bar += 1) {
      exact += 7n * length;
      length = 900_001n + BigInt((bar * 7_919) % 200_000);
      map = changeTempo(map, tick(bar * 7), Number(length));
    }
    const quarters = Number(exact) / TICKS_PER_QUARTER;
    expect(Math.abs(microsAt(map, tick(7_000)) - quarters)).toBeLessThanOrEqual(500);
  });

  it('a change never moves the past, and is refused there', () => {
    fc.assert(
      fc.property(anyMap, anyGap, anyLength, anyTick, (map, gap, length, at) => {
        const last = map[map.length - 1] ?? map[0];
        const from = tick(last.tick + gap);
        const longer = changeTempo(map, from, length);
        if (at <= from) expect(microsAt(longer, tick(at))).toBe(microsAt(map, tick(at)));
        expect(longer.slice(0, map.length)).toEqual(map);
        if (last.tick > 0) expect(() => changeTempo(map, tick(last.tick - 1), length)).toThrow(/already written up to tick/);
      }),
    );
  });
});
