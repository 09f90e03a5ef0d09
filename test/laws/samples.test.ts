import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RELEASE_FRAMES, PREROLL_FRAMES, ROOM_SEGMENT } from '../../core/dsp/grid.ts';
import { LIMITER_LATENCY, LIMITER_MEMORY } from '../../core/dsp/limiter.ts';
import { createMix } from '../../core/dsp/mix.ts';
import { hashOfSamples } from '../../core/dsp/self-check.ts';
import { INSTRUMENTS } from '../../core/dsp/types.ts';
import { note, renderLayer, scene, soundOf } from '../core/dsp/support.ts';

const FRAMES = 14_000;

describe('samples do not depend on', () => {
  it.each(INSTRUMENTS)('the block size (%s)', (instrument) => {
    const messages = scene(FRAMES);
    const whole = hashOfSamples(...Object.values(renderLayer(soundOf(instrument), messages, FRAMES)));
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4_096 }), { minLength: 1, maxLength: 12 }), (blocks) => {
      expect(hashOfSamples(...Object.values(renderLayer(soundOf(instrument), messages, FRAMES, { blocks })))).toBe(whole);
    }), { numRuns: 6 });
  });

  it('when messages are given: all at once or just in time', () => {
    const messages = scene(FRAMES);
    const whole = renderLayer(soundOf('pad'), messages, FRAMES);
    const again = renderLayer(soundOf('pad'), [...messages], FRAMES, { blocks: [128] });
    expect(hashOfSamples(again.left)).toBe(hashOfSamples(whole.left));
  });
});

describe('the mix', () => {
  const loud = Float32Array.from({ length: 200_000 }, (_, i) => (i % 50_000 < 9_000 ? 1.6 : 0.1) * Math.sin(i * 0.03));
  const run = (start: number, blocks: readonly number[]): Float32Array => {
    const mix = createMix(1, -3, start);
    const out = new Float32Array(loud.length - start);
    const right = new Float32Array(loud.length);
    for (let at = start, turn = 0; at < loud.length; turn += 1) {
      const frames = Math.min(blocks[turn % blocks.length] ?? 1, loud.length - at);
      mix.process([loud.subarray(at)], [loud.subarray(at)], out.subarray(at - start), right, frames);
      at += frames;
    }
    return out;
  };

  it('does not depend on the block size', () => {
    const whole = hashOfSamples(run(0, [4_096]));
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4_096 }), { minLength: 1, maxLength: 9 }), (blocks) => {
      expect(hashOfSamples(run(0, blocks))).toBe(whole);
    }), { numRuns: 6 });
  });

  it('does not depend on the start point, once its memory has passed', () => {
    const start = 64 * 700 + 17;
    const skip = LIMITER_MEMORY + LIMITER_LATENCY;
    expect(PREROLL_FRAMES).toBeGreaterThan(2 * ROOM_SEGMENT + skip);
    expect(hashOfSamples(run(start, [512]).slice(skip))).toBe(hashOfSamples(run(0, [512]).slice(start + skip)));
  });

  it('gives every note an end', () => {
    for (const instrument of INSTRUMENTS) {
      const off = 30_000;
      const end = off + MAX_RELEASE_FRAMES;
      const { left } = renderLayer(soundOf(instrument, 0), note(1, 100, off, 52), end + 1_000, { from: end, blocks: [65_536] });
      expect(left.every((x) => x === 0)).toBe(true);
    }
  });
});
