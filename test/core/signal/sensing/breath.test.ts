import { describe, expect, it } from 'vitest';
import { createBreathReader, type BreathKind } from '../../../../core/signal/sensing/breath.ts';
import { gaussian } from '../../../../core/random/gaussian.ts';

const noise = (t: number): number => 0.15 * gaussian(1, 'breath', Math.round(t * 10_000), 'noise', 0);
/** Phase 0 is the start of the in-breath: the chest is emptiest then, and air begins to flow in. */
const breathing = (kind: BreathKind, hertz: number) => (t: number): number =>
  500 + 0.1 * t + (kind === 'effort' ? -Math.cos(2 * Math.PI * hertz * t) : Math.sin(2 * Math.PI * hertz * t)) + 0.1 * Math.sin(2 * Math.PI * 1.1 * t) + noise(t);

const heard = (kind: BreathKind, rate: number, seconds: number, at: (t: number) => number) => {
  const reader = createBreathReader(rate, kind);
  reader.push(Float64Array.from({ length: Math.round(rate * seconds) }, (_, i) => at(i / rate)));
  return reader.read();
};
const away = (a: number, b: number): number => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe('the breath', () => {
  const cases = (['effort', 'flow'] as const).flatMap((kind) => [0.12, 0.2, 0.25, 0.4].flatMap((hertz) => [10, 25, 52, 100].map((rate) => [kind, hertz, rate] as const)));
  it.each(cases)('by %s at %f Hz, %i samples a second: rate and phase now', (kind, hertz, rate) => {
    for (const seconds of [31, 40.3, 57.9]) {
      const reading = heard(kind, rate, seconds, breathing(kind, hertz));
      const end = Math.round(rate * seconds) / rate;
      expect(reading?.value.respHz).toBeCloseTo(hertz, 1);
      expect(Math.abs((reading?.value.respHz ?? 0) - hertz)).toBeLessThan(0.01);
      expect(away(reading?.value.respPhase ?? Number.NaN, 2 * Math.PI * hertz * end)).toBeLessThan(0.35);
      expect(reading?.quality).toBeGreaterThan(0.8);
    }
  });

  it('wanders with a sleeper whose breath does', () => {
    // Rate .22 to .28 Hz over minutes.
    const phase = (t: number): number => 2 * Math.PI * (0.25 * t + 0.5 * Math.sin(t / 20));
    for (let seconds = 40; seconds < 200; seconds += 7) {
      const reading = heard('effort', 25, seconds, (t) => -Math.cos(phase(t)));
      expect(away(reading?.value.respPhase ?? Number.NaN, phase(Math.round(25 * seconds) / 25))).toBeLessThan(0.5);
    }
  });

  it('says nothing before 12 s, of silence, and little of noise', () => {
    expect(heard('effort', 25, 11, breathing('effort', 0.25))).toBeNull();
    expect(heard('effort', 25, 60, () => 5)).toBeNull();
    expect(heard('effort', 25, 60, () => Number.NaN)).toBeNull();
    const qualities = [40, 50, 60, 70, 80, 90].map((seconds) => heard('effort', 25, seconds, (t) => noise(t))?.quality ?? 0);
    expect(qualities.reduce((a, b) => a + b, 0) / qualities.length).toBeLessThan(0.6);
  });

  it('falls quiet when breath stops', () => {
    expect(heard('effort', 25, 90, (t) => (t < 50 ? breathing('effort', 0.25)(t) : noise(t) / 10))?.quality ?? 0).toBeLessThan(0.6);
  });

  it('keeps its phase within a turn and survives holes', () => {
    const reading = heard('flow', 25, 60, (t) => (Math.round(t * 25) % 10 === 0 ? Number.NaN : breathing('flow', 0.25)(t)));
    expect(reading?.value.respPhase).toBeGreaterThanOrEqual(0);
    expect(reading?.value.respPhase).toBeLessThan(6.283185307179587);
    expect(Math.abs((reading?.value.respHz ?? 0) - 0.25)).toBeLessThan(0.01);
    expect(() => createBreathReader(1)).toThrow(RangeError);
  });
});
