import { describe, expect, it } from 'vitest';
import { createLayer, gainOfFader } from '../../../core/dsp/layer.ts';
import { createMix } from '../../../core/dsp/mix.ts';
import { makeLimiter, LIMITER_LATENCY } from '../../../core/dsp/limiter.ts';
import { frequencyOfPitch, phaseAfter, phaseOfTurns, stepOfFrequency } from '../../../core/dsp/phase.ts';
import { note, renderLayer, ROOM, soundOf } from './support.ts';

describe('layer', () => {
  it('refuses to jump', () => {
    const layer = createLayer(soundOf('pad'), ROOM, 640);
    const out = new Float32Array(64);
    layer.render(out, out, 640, 64);
    expect(() => layer.render(out, out, 640, 64)).toThrow(RangeError);
  });

  it('is silent without notes and with its fader down', () => {
    expect(renderLayer(soundOf('drone'), [], 5_000).left.every((x) => x === 0)).toBe(true);
    const shut = { ...soundOf('reed'), parameters: { ...soundOf('reed').parameters, level: 0 } };
    expect(renderLayer(shut, note(1, 0, 9_000, 60), 9_000).left.every((x) => x === 0)).toBe(true);
    expect([gainOfFader(0), gainOfFader(0.75)]).toEqual([0, 1]);
  });

  it('pans, and scales by its gain', () => {
    const messages = note(1, 0, 9_000, 60);
    const plain = renderLayer(soundOf('reed', 0), messages, 9_000);
    const louder = renderLayer({ ...soundOf('reed', 0), gainDb: 6 }, messages, 9_000);
    const right = renderLayer({ ...soundOf('reed', 0), pan: 1 }, messages, 9_000);
    const peak = (x: Float32Array): number => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(peak(louder.left) / peak(plain.left)).toBeCloseTo(1.9953, 3);
    expect(peak(right.left)).toBe(0);
    expect(peak(right.right)).toBeGreaterThan(peak(plain.right));
  });

  it('plays a message that comes too late at once instead of dropping it', () => {
    const layer = createLayer(soundOf('reed', 0), ROOM, 0);
    const out = new Float32Array(48_000);
    layer.render(out, out, 0, 48_000);
    layer.push({ kind: 'on', frame: 10, note: 1, pitch: 60, velocity: 1 });
    layer.render(out, out, 48_000, 48_000);
    expect(Math.abs(out[0] ?? 1)).toBeLessThan(1e-6);
    expect(Math.max(...out)).toBeGreaterThan(1e-3);
  });

  it('plays the pitch it is told', () => {
    const { left } = renderLayer({ ...soundOf('reed', 0), parameters: { level: 0.75, brightness: 0, motion: 0, room: 0 } }, note(1, 0, 999_999, 69), 96_000);
    let turns = 0;
    for (let i = 48_001; i < 96_000; i += 1) if ((left[i - 1] ?? 0) < 0 && (left[i] ?? 0) >= 0) turns += 1;
    expect(Math.abs(turns - 440)).toBeLessThan(3);
    expect(frequencyOfPitch(69)).toBe(440);
  });

  it('keeps phases exact over a night', () => {
    const step = stepOfFrequency(110);
    let phase = phaseOfTurns(0.25);
    for (let i = 0; i < 1_000_000; i += 1) phase = (phase + step) | 0;
    expect(phaseAfter(phaseOfTurns(0.25), step, 1_000_000)).toBe(phase);
    const night = 8 * 3_600 * 48_000;
    expect(phaseAfter(phaseAfter(5, step, night), step, 1)).toBe(phaseAfter(5, step, night + 1));
  });
});

describe('limiter and mix', () => {
  it('leaves what is below the ceiling alone, only later', () => {
    const limiter = makeLimiter(-3, 0);
    for (let i = 0; i < 9_000; i += 1) {
      limiter.step(0.2 * Math.sin(i * 0.05), 0.1);
      const past = i - LIMITER_LATENCY;
      expect(limiter.left).toBe(past < 0 ? 0 : 0.2 * Math.sin(past * 0.05));
    }
  });

  it('holds a sudden peak, gently, and lets go within two seconds', () => {
    const limiter = makeLimiter(-3, 0);
    let last = 0;
    for (let i = 0; i < 192_000; i += 1) {
      const loud = i > 20_000 && i < 24_000 ? 3 : 0.3;
      limiter.step(loud, -loud);
      expect(Math.abs(limiter.left)).toBeLessThan(0.7079);
      expect(limiter.right + limiter.left).toBe(0);
      last = limiter.left;
    }
    expect(last).toBeCloseTo(0.3, 6);
  });

  it('refuses a wrong number of layers', () => {
    const mix = createMix(2, -3, 0);
    const out = new Float32Array(1);
    expect(() => mix.process([out], [out], out, out, 1)).toThrow(RangeError);
  });
});
