import { describe, expect, it } from 'vitest';
import { QUANTUM, ROOM_SEGMENT } from '../../../core/dsp/grid.ts';
import { makeSine } from '../../../core/dsp/phase.ts';
import { makeRoom } from '../../../core/dsp/room.ts';
import { noiseAt } from '../../../core/dsp/noise.ts';
import { ROOM } from './support.ts';

const sine = makeSine();

/** The left answer from `start` to `end` to the input given by frame. */
const answer = (input: (frame: number) => number, start: number, end: number): Float64Array => {
  const room = makeRoom(ROOM, sine);
  const out = new Float64Array(end - start);
  const fed = new Float64Array(QUANTUM);
  for (let frame = start; frame < end; frame += QUANTUM) {
    const left = new Float64Array(QUANTUM);
    for (let i = 0; i < QUANTUM; i += 1) fed[i] = input(frame + i);
    room.process(fed, fed, left, new Float64Array(QUANTUM), frame);
    out.set(left, frame - start);
  }
  return out;
};

const energy = (signal: Float64Array): number => signal.reduce((sum, x) => sum + x * x, 0);

describe('room', () => {
  it('is linear across the border of two segments: parts sum to the whole', () => {
    const border = ROOM_SEGMENT;
    const start = border - 48_000 + (48_000 % QUANTUM);
    const end = border + 48_000;
    const noise = (frame: number): number => noiseAt(1, frame);
    const aligned = Math.floor(start / QUANTUM) * QUANTUM;
    const whole = answer(noise, aligned, end);
    const before = answer((frame) => (frame < border ? noise(frame) : 0), aligned, end);
    const after = answer((frame) => (frame < border ? 0 : noise(frame)), aligned, end);
    let worst = 0;
    whole.forEach((x, i) => { worst = Math.max(worst, Math.abs(x - (before[i] ?? 0) - (after[i] ?? 0))); });
    expect(worst).toBeLessThan(1e-12);
    expect(energy(whole)).toBeGreaterThan(1);
  });

  it('loses 60 dB in about its decay time and ends in exact zero', () => {
    const seconds = 1.2 * 2 ** (2.644 * ROOM.decay);
    const out = answer((frame) => (frame < QUANTUM ? noiseAt(3, frame) : 0), 0, 2 * ROOM_SEGMENT + QUANTUM);
    const at = (t: number): number => energy(out.slice(Math.floor(t * 48_000), Math.floor(t * 48_000) + 4_800));
    const loss = 10 * Math.log10(at(0.1) / at(0.1 + seconds / 2));
    expect(loss).toBeGreaterThan(24);
    expect(loss).toBeLessThan(48);
    expect(energy(out.slice(-QUANTUM))).toBe(0);
  });
});
