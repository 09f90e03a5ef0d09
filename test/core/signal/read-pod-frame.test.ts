import { describe, expect, it } from 'vitest';
import { podFrameSchema } from '../../../core/signal/pod-frame.ts';
import { readPodFrame } from '../../../core/signal/read-pod-frame.ts';
import { chanceOf } from '../../fuzz/fuzzer.ts';
import { brokenFrame } from '../../fuzz/pod-frame.ts';
import { podFrame } from '../../support/pods.ts';

/** Both ways of reading, which must agree. */
const agree = (input: unknown): boolean => {
  const slow = podFrameSchema.safeParse(input);
  const fast = readPodFrame(input);
  expect(fast, JSON.stringify(input)).toEqual(slow.success ? slow.data : null);
  return fast !== null;
};

describe('the fast reader of pod frames', () => {
  it('agrees with the schema on every broken frame of the fuzzer', () => {
    let sound = 0;
    for (let i = 0; i < 20_000; i += 1) sound += agree(brokenFrame(chanceOf('read-pod-frame', i))) ? 1 : 0;
    expect(sound).toBeGreaterThan(50);
    expect(sound).toBeLessThan(19_000);
  });

  it('agrees at the ends of every range', () => {
    const frame = podFrame();
    const ends = [-20.1, -20, -1e-9, -0, 0, 0.0199, 0.02, 1, 1.001, 2, 2.01, 6.283185307179586, 6.283185307179587, 19.9, 20, 20.1, 60, 60.1, 120, 120.1, 250, 251, 1e3, 1_001, 86_400, 86_401, 1e6, 1_000_001, 1.5, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, Infinity, Number.NaN, null, undefined, '1', true];
    for (const key of Object.keys(frame)) for (const value of ends) agree({ ...frame, [key]: value });
    for (const key of Object.keys(frame.q)) for (const value of ends) agree({ ...frame, q: { ...frame.q, [key]: value } });
    for (const key of Object.keys(frame.consent)) for (const value of ends) agree({ ...frame, consent: { ...frame.consent, [key]: value } });
    for (const value of ends) for (let i = 0; i < 5; i += 1) agree({ ...frame, bands: frame.bands?.with(i, Number(value)), pStage: frame.pStage?.with(i, Number(value)) });
  });

  it('agrees on what is no object, lacks a field, or has one more', () => {
    const frame = podFrame();
    for (const input of [undefined, null, 1, 'frame', [], {}, [frame], { ...frame, name: 'Ann' }, { ...frame, q: { ...frame.q, ecg: 1 } }, { ...frame, consent: { ...frame.consent, all: true } }, { ...frame, pStage: [0, 0, 1, 0] }, { ...frame, pStage: [0.2, 0.2, 0.2, 0.2, 0.22] }, { ...frame, sid: 'A'.repeat(16) }, { ...frame, sid: `${frame.sid}\n` }]) agree(input);
    for (const key of Object.keys(frame)) agree(Object.fromEntries(Object.entries(frame).filter(([name]) => name !== key)));
  });

  it('gives a frame of its own', () => {
    const frame = podFrame();
    const read = readPodFrame(frame);
    expect(read).toEqual(frame);
    for (const key of ['q', 'consent', 'pStage', 'bands'] as const) expect(read?.[key]).not.toBe(frame[key]);
  });
});
