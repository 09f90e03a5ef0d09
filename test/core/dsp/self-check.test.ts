import { expect, it } from 'vitest';
import { hashOfSamples, selfCheck } from '../../../core/dsp/self-check.ts';

/** The exact bits of the sound. They change when an instrument, the room or the limiter is meant to change, and never otherwise. */
it('renders the pinned bits', () => {
  expect(selfCheck().map(({ name, hash }) => `${hash} ${name}`)).toMatchInlineSnapshot(`
    [
      "ece12278 drone",
      "d682ffcf pad",
      "bc1d4ada reed",
      "865611eb bell",
      "d58d40ed drone in its room",
      "28b38198 pad in its room",
      "c9d5270e reed in its room",
      "53fd4083 bell in its room",
      "3202e3d4 mix under the limiter",
    ]
  `);
});

it('hashes every bit', () => {
  expect(hashOfSamples(Float32Array.of(0))).not.toBe(hashOfSamples(Float32Array.of(-0)));
  expect(hashOfSamples(Float32Array.of(1, 2))).not.toBe(hashOfSamples(Float32Array.of(2, 1)));
});
