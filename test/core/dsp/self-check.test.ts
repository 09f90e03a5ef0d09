import { expect, it } from 'vitest';
import { hashOfSamples, selfCheck } from '../../../core/dsp/self-check.ts';

/** The exact bits of the sound. They change when an instrument, the room or the limiter is meant to change, and never otherwise. */
it('renders the pinned bits', () => {
  expect(selfCheck().map(({ name, hash }) => `${hash} ${name}`)).toMatchInlineSnapshot(`
    [
      "ece12278 drone",
      "d682ffcf pad",
      "659cfaf9 reed",
      "deab2f33 bell",
      "d58d40ed drone in its room",
      "28b38198 pad in its room",
      "4e60b211 reed in its room",
      "9a2b0d1b bell in its room",
      "7def1424 mix under the limiter",
    ]
  `);
});

it('hashes every bit', () => {
  expect(hashOfSamples(Float32Array.of(0))).not.toBe(hashOfSamples(Float32Array.of(-0)));
  expect(hashOfSamples(Float32Array.of(1, 2))).not.toBe(hashOfSamples(Float32Array.of(2, 1)));
});
