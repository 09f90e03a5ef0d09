import { describe, expect, it } from 'vitest';
import { createPulseDetector } from '../../../../core/signal/sensing/pulse.ts';
import { gaussian } from '../../../../core/random/gaussian.ts';

const BEAT = 0.857;
/** A wave `width` s wide at .4 s into each beat of .857 s, with a T wave, drift and noise. */
const heartbeat = (width: number) => (t: number): number => {
  const from = t - Math.floor(t / BEAT) * BEAT - 0.4;
  const bell = (centre: number, wide: number): number => Math.exp(-((from - centre) ** 2) / (2 * wide * wide));
  return 900 * bell(0, width) + 150 * bell(0.28, 0.06) + 200 * Math.sin(t / 3) + 20 * gaussian(1, 'ecg', Math.round(t * 10_000), 'noise', 0);
};
const beatsOf = (rate: number, kind: 'ecg' | 'pulse', at: (t: number) => number, seconds = 60): number[] => {
  const detector = createPulseDetector(rate, kind);
  const found: number[] = [];
  for (let second = 0; second < seconds; second += 1) found.push(...detector.push(Float64Array.from({ length: rate }, (_, i) => at(second + i / rate))));
  return found;
};
/** How far from the nearest true beat, seconds. */
const errors = (found: readonly number[]): number[] => found.map((t) => t - 0.4 - Math.round((t - 0.4) / BEAT) * BEAT);

describe('beats in a raw signal', () => {
  it.each([
    ['ecg', 100, 0.012], ['ecg', 256, 0.012], ['ecg', 500, 0.012], ['pulse', 25, 0.1], ['pulse', 64, 0.1], ['pulse', 256, 0.1],
  ] as const)('%s at %i Hz: every one, where it is', (kind, rate, width) => {
    const found = beatsOf(rate, kind, heartbeat(width));
    expect(Math.abs(found.length - 60 / BEAT)).toBeLessThan(3);
    for (const error of errors(found).slice(2)) expect(Math.abs(error)).toBeLessThan(kind === 'ecg' ? 0.03 : 0.08);
  });

  it('has their intervals to some milliseconds, finer than its samples', () => {
    const found = beatsOf(100, 'ecg', heartbeat(0.012));
    const off = found.slice(3).map((t, i) => Math.abs(t - (found[i + 2] ?? 0) - BEAT));
    expect(Math.max(...off)).toBeLessThan(0.008);
  });

  it('does not care which way up the electrode was put', () => {
    const upright = beatsOf(250, 'ecg', heartbeat(0.012));
    expect(beatsOf(250, 'ecg', (t) => -heartbeat(0.012)(t))).toEqual(upright);
  });

  it('is safe from silence and from what is no number', () => {
    expect(beatsOf(100, 'ecg', () => 0)).toEqual([]);
    expect(beatsOf(100, 'ecg', () => Number.NaN)).toEqual([]);
    expect(beatsOf(100, 'ecg', (t) => (Math.round(t * 100) % 50 === 0 ? Infinity : heartbeat(0.012)(t))).length).toBeGreaterThan(60);
    expect(() => createPulseDetector(10)).toThrow(RangeError);
  });
});
