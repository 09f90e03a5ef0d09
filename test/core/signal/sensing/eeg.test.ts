import { describe, expect, it } from 'vitest';
import { createEegReader } from '../../../../core/signal/sensing/eeg.ts';
import { gaussian } from '../../../../core/random/gaussian.ts';

const wave = (hertz: number, amplitude: number) => (t: number): number => amplitude * Math.sin(2 * Math.PI * hertz * t);
const noise = (amplitude: number) => (t: number): number => amplitude * gaussian(1, 'eeg', Math.round(t * 10_000), 'noise', 0);
const sum = (...parts: readonly ((t: number) => number)[]) => (t: number): number => parts.reduce((total, part) => total + part(t), 0);

/** A reader that has heard so many seconds of a made signal. */
const heard = (rate: number, seconds: number, at: (t: number) => number) => {
  const reader = createEegReader(rate);
  const count = Math.round(seconds * rate);
  // In pieces of any size: a reader does not care.
  for (let i = 0; i < count; i += 37) reader.push(Float64Array.from({ length: Math.min(37, count - i) }, (_, k) => at((i + k) / rate)));
  return reader;
};

/** Spindles as they are made: 13 Hz under a bell a second long, one every `every` seconds. */
const spindles = (every: number, amplitude = 25) => (t: number): number => {
  const from = (t % every) - every / 2;
  return Math.abs(from) > 0.6 ? 0 : amplitude * Math.cos((from * Math.PI) / 1.2) ** 2 * Math.sin(2 * Math.PI * 13 * t);
};

/** Slow oscillations: one sine of a second from time to time. */
const slowWaves = (every: number, amplitude = 75) => (t: number): number => {
  const from = t % every;
  return from < 1 / 0.8 ? -amplitude * Math.sin(2 * Math.PI * 0.8 * from) : 0;
};

describe('bands', () => {
  it.each([50, 64, 100, 128, 200, 256, 500])('at %i Hz go where the power is', (rate) => {
    const mix = heard(rate, 30, sum(wave(2, 40), wave(6, 20), wave(10, 20), wave(14, 10), wave(20, 10), () => 850)).read();
    const wanted = [1_600, 400, 400, 100, 100].map((power) => power / 2_600);
    mix?.value.bands.forEach((share, k) => expect(share).toBeCloseTo(wanted[k] ?? 0, 1));
    expect(mix?.value.bands.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(mix?.quality).toBe(1);
  });

  it.each([[2, 0], [5.5, 1], [10, 2], [13.5, 3], [22, 4]])('%f Hz is band %i', (hertz, band) => {
    expect(heard(256, 20, wave(hertz, 30)).read()?.value.bands[band]).toBeGreaterThan(0.95);
  });

  it('are there after 4 s and speak of the last half minute alone', () => {
    expect(heard(128, 3.9, wave(10, 30)).read()).toBeNull();
    expect(heard(128, 4, wave(10, 30)).read()).not.toBeNull();
    const changed = heard(128, 120, (t) => (t < 80 ? wave(10, 50)(t) : wave(2, 50)(t))).read();
    expect(changed?.value.bands[0]).toBeGreaterThan(0.99);
  });

  it('follow in two seconds where an arousal is told from them', () => {
    const reader = heard(256, 62, (t) => (t < 60 ? wave(2, 40)(t) : wave(10, 40)(t)));
    expect(reader.rhythm()?.value[2]).toBeGreaterThan(0.95);
    expect(reader.read()?.value.bands[2]).toBeLessThan(0.2);
  });

  it('have gamma where the signal holds it', () => {
    expect(heard(256, 30, sum(wave(10, 30), wave(38, 10))).read()?.value.gamma).toBeCloseTo(1 / 9, 1);
    expect(heard(64, 30, wave(10, 30)).read()?.value.gamma).toBeNull();
  });
});

describe('quality', () => {
  const brain = sum(noise(12), wave(10, 10));

  it.each([
    ['a flat line', () => 3],
    ['an electrode that is off', sum(wave(1.3, 900), noise(20))],
    ['an amplifier that clips', (t: number) => Math.max(-200, Math.min(200, wave(3, 450)(t)))],
  ])('%s is none', (_, at) => {
    expect(heard(256, 30, at).read()?.quality ?? 0).toBe(0);
  });

  it('falls with mains hum, loud before it is useless', () => {
    const humming = (amplitude: number): number => heard(256, 30, sum(brain, wave(50, amplitude))).read()?.quality ?? 0;
    expect(humming(0)).toBe(1);
    expect(humming(5)).toBe(1);
    expect(humming(40)).toBeLessThan(0.6);
    expect(humming(400)).toBeLessThan(0.1);
  });

  it('is the share of sound seconds, and the bands are those of the sound ones', () => {
    const half = heard(256, 30, (t) => (t < 15 ? brain(t) : wave(1, 2_000)(t))).read();
    expect(half?.quality).toBeCloseTo(0.5, 1);
    expect(half?.value.bands[0]).toBeLessThan(0.6);
  });

  it('is safe from what is no number', () => {
    const holed = heard(256, 30, (t) => (Math.round(t * 256) % 40 === 0 ? Number.NaN : brain(t))).read();
    expect(holed?.value.bands.every((share) => Number.isFinite(share))).toBe(true);
    expect(holed?.quality).toBe(1);
    expect(heard(256, 30, () => Number.NaN).read()?.quality ?? 0).toBe(0);
    expect(heard(256, 30, (t) => (t > 10 ? Infinity : brain(t))).read()?.quality).toBeLessThan(0.4);
  });

  it('refuses a rate that holds no sigma', () => {
    expect(() => createEegReader(32)).toThrow(RangeError);
    expect(() => createEegReader(Number.NaN)).toThrow(RangeError);
  });
});

describe('spindles and slow oscillations', () => {
  it.each([64, 100, 256, 500])('at %i Hz are counted', (rate) => {
    const at = sum(noise(6), wave(5, 8), spindles(12), slowWaves(8));
    const reading = heard(rate, 240, at).read();
    expect(Math.abs((reading?.value.spindlePerMin ?? 0) - 5)).toBeLessThanOrEqual(1);
    expect(Math.abs((reading?.value.soPerMin ?? 0) - 7.5)).toBeLessThanOrEqual(1.5);
  });

  it('are none in noise, in alpha and in muscle', () => {
    for (const at of [noise(10), sum(noise(4), wave(10, 30)), sum(wave(2, 20), noise(30))]) {
      const reading = heard(256, 240, at).read();
      expect(reading?.value.spindlePerMin).toBeLessThanOrEqual(3);
      expect(reading?.value.soPerMin).toBeLessThanOrEqual(1);
    }
  });

  it('are unknown while too little is sound', () => {
    expect(heard(256, 10, noise(10)).read()?.value.spindlePerMin).toBeNull();
  });
});
