import { expect, it } from 'vitest';
import { hashOfSamples, selfCheck } from '../../../core/dsp/self-check.ts';

/** The exact bits of the sound. They change when an instrument, the room or the limiter is meant to change, and never otherwise. */
it('renders the pinned bits', () => {
  expect(selfCheck().map(({ name, hash }) => `${hash} ${name}`)).toMatchInlineSnapshot(`
    [
      "840ca397 drone",
      "4b0a2ada pad",
      "659cfaf9 reed",
      "deab2f33 bell",
      "4bc454da drone in its room",
      "c6152b7a pad in its room",
      "4e60b211 reed in its room",
      "9a2b0d1b bell in its room",
      "cdbdc191 mix under the limiter",
    ]
  `);
});

it('hashes every bit', () => {
  expect(hashOfSamples(Float32Array.of(0))).not.toBe(hashOfSamples(Float32Array.of(-0)));
  expect(hashOfSamples(Float32Array.of(1, 2))).not.toBe(hashOfSamples(Float32Array.of(2, 1)));
});
