import { expect, it } from 'vitest';
import { makeGlide } from '../../../core/dsp/glide.ts';

it('goes to a new value in a straight line of 2400 frames and then holds it exactly', () => {
  const glide = makeGlide(0.25);
  glide.set(1_000, 0.75);
  expect([0, 1_000, 2_200, 3_400, 9_999].map(glide.at)).toEqual([0.25, 0.25, 0.5, 0.75, 0.75]);
});

it('passes through several changes without a jump, whatever has been forgotten', () => {
  const whole = makeGlide(0);
  const short = makeGlide(0);
  for (let i = 0; i < 30; i += 1) {
    whole.set(700 * i, (i * 7) % 5);
    short.set(700 * i, (i * 7) % 5);
  }
  let last = whole.at(0);
  for (let frame = 0; frame < 26_000; frame += 100) {
    short.forget(frame);
    expect(short.at(frame)).toBe(whole.at(frame));
    expect(Math.abs(whole.at(frame) - last)).toBeLessThanOrEqual((100 / 2_400) * 4 + 1e-12);
    last = whole.at(frame);
  }
});
