import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTimes } from '../../../core/midi/clock.ts';
import { changeTempo, tempoMap } from '../../../core/time/tempo-map.ts';
import { micros, tick } from '../../../core/units.ts';

describe('MIDI clock', () => {
  it('sends 24 clocks a quarter', () => {
    const map = tempoMap(1_000_000);
    expect(clockTimes(map, micros(0), micros(1_000_000))).toHaveLength(24);
    expect(clockTimes(map, micros(0), micros(100_000))).toEqual([0, 41_667, 83_333]);
  });

  it('follows the tempo from the bar line on', () => {
    const map = changeTempo(tempoMap(1_000_000), tick(960), 500_000);
    expect(clockTimes(map, micros(1_000_000), micros(1_500_000))).toHaveLength(24);
    expect(clockTimes(map, micros(1_000_000), micros(1_050_000))).toEqual([1_000_000, 1_020_833, 1_041_667]);
  });

  it('neither misses nor repeats a clock, however the time is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8_000_000 }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 300_000, max: 3_000_000 }), (cuts, tempo) => {
        const map = changeTempo(tempoMap(tempo), tick(1920), 777_777);
        const points = [0, ...cuts.toSorted((a, b) => a - b), 8_000_000];
        const pieces = points.slice(1).flatMap((to, index) => clockTimes(map, micros(points[index] ?? 0), micros(to)));
        expect(pieces).toEqual(clockTimes(map, micros(0), micros(8_000_000)));
      }),
    );
  });
});
