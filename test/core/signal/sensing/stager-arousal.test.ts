/** Arousals from rhythms: abrupt, long enough, after stable sleep, and nothing else. */
import { describe, expect, it } from 'vitest';
import { createArousalDetector, type ArousalInput } from '../../../../core/signal/sensing/arousal.ts';
import type { Bands } from '../../../../core/signal/sensing/reading.ts';
import { keyed } from '../../../../core/random/keyed.ts';

const N2: Bands = [0.65, 0.17, 0.06, 0.08, 0.04];
const ALPHA: Bands = [0.3, 0.17, 0.36, 0.05, 0.12];
const SPINDLE: Bands = [0.5, 0.13, 0.05, 0.29, 0.03];
const MILD: Bands = [0.5, 0.2, 0.14, 0.07, 0.09];

/** Seconds in a row of each, with what else is known; gives what was told each second. */
const run = (parts: readonly (readonly [Bands, number, Partial<ArousalInput>?])[], stepMs = 1_000): string => {
  const detector = createArousalDetector();
  let at = 0;
  let told = '';
  for (const [bands, seconds, known = {}] of parts) {
    for (let ms = 0; ms < seconds * 1_000; ms += stepMs) {
      told += detector.hear({ bands, motion: 0, wake: 0.05, ...known }, at);
      at += stepMs;
    }
  }
  return told;
};
const spans = (told: string): number[] => [...told.matchAll(/1+/g)].map(([ones]) => ones.length);

describe('an arousal', () => {
  it('is told once it has lasted, and ends soon after the shift', () => {
    const told = run([[N2, 30], [ALPHA, 8], [N2, 20]]);
    expect(told.indexOf('1')).toBe(34);
    expect(spans(told)).toEqual([6]);
  });
  it('is told alike at four readings a second', () => {
    const told = run([[N2, 30], [ALPHA, 8], [N2, 20]], 250);
    expect(Math.floor(told.indexOf('1') / 4)).toBe(34);
    expect(spans(told)).toHaveLength(1);
  });
  it.each([
    ['a shift of two seconds', [[N2, 30], [ALPHA, 2], [N2, 20]]],
    ['spindles', [[N2, 30], [SPINDLE, 5], [N2, 20]]],
    ['a mild shift', [[N2, 30], [MILD, 6], [N2, 20]]],
    ['waking', [[N2, 30, { wake: 0.9 }], [ALPHA, 6, { wake: 0.9 }], [N2, 20]]],
    ['a shift after less than ten seconds of sleep', [[N2, 9], [ALPHA, 6], [N2, 20]]],
  ] as const)('is not %s', (_, parts) => {
    expect(run(parts)).not.toContain('1');
  });
  it('is a mild shift while the body moves', () => {
    expect(spans(run([[N2, 30], [MILD, 6, { motion: 0.3 }], [N2, 20]]))).toHaveLength(1);
  });
  it('that does not end is waking, and after 15 s none', () => {
    expect(spans(run([[N2, 30], [ALPHA, 120]]))).toEqual([13]);
  });
  it('follows another only after ten seconds of stable sleep', () => {
    expect(spans(run([[N2, 30], [ALPHA, 6], [N2, 5], [ALPHA, 6], [N2, 30], [ALPHA, 6], [N2, 10]]))).toHaveLength(2);
  });
  it('is not what comes after a gap', () => {
    const detector = createArousalDetector();
    for (let second = 0; second < 30; second += 1) detector.hear({ bands: N2, motion: 0, wake: 0 }, second * 1_000);
    for (let second = 60; second < 70; second += 1) expect(detector.hear({ bands: ALPHA, motion: 0, wake: 0 }, second * 1_000)).toBe(0);
  });
  it('hardly comes of noise: less than twice in an hour of restless bands', () => {
    const detector = createArousalDetector();
    let begun = 0;
    let before = 0;
    for (let second = 0; second < 3_600; second += 1) {
      const noisy = N2.map((share, k) => share * (0.5 + keyed(1, 'noise', 0, 'band', second * 5 + k) / 4_294_967_296));
      const whole = noisy.reduce((a, b) => a + b, 0);
      const of = (k: number): number => (noisy[k] ?? 0) / whole;
      const told = detector.hear({ bands: [of(0), of(1), of(2), of(3), of(4)], motion: 0, wake: 0 }, second * 1_000);
      if (told === 1 && before === 0) begun += 1;
      before = told;
    }
    expect(begun).toBeLessThan(2);
  });
});
