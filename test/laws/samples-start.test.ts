import { describe, expect, it } from 'vitest';
import { prerollStart, ROOM_SEGMENT } from '../../core/dsp/grid.ts';
import { hashOfSamples } from '../../core/dsp/self-check.ts';
import { INSTRUMENTS } from '../../core/dsp/types.ts';
import { note, renderLayer, scene, soundOf } from '../core/dsp/support.ts';

describe('samples do not depend on', () => {
  it.each(INSTRUMENTS)('the start point, notes held since long before included (%s)', (instrument) => {
    const from = 2 * ROOM_SEGMENT + 190_011;
    const to = from + 12_000;
    const messages = [
      ...note(100, 50, to + 9_000, 50).slice(0, 1),
      ...scene(to, 5),
    ].sort((a, b) => a.frame - b.frame);
    const whole = renderLayer(soundOf(instrument), messages, to, { from });
    const joined = renderLayer(soundOf(instrument), messages, to, { from, start: prerollStart(from) });
    expect(prerollStart(from)).toBeGreaterThan(0);
    expect(hashOfSamples(joined.left, joined.right)).toBe(hashOfSamples(whole.left, whole.right));
    expect(Math.max(...whole.left)).toBeGreaterThan(1e-4);
  });
});
