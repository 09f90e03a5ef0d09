import { describe, expect, it } from 'vitest';
import { createSpectrum, powerOfTwoFrom } from '../../../core/math/fft.ts';

/** The definition, term by term. */
const slowPower = (samples: readonly number[]): number[] =>
  Array.from({ length: samples.length / 2 + 1 }, (_, k) => {
    let [re, im] = [0, 0];
    samples.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * k * i) / samples.length);
      im -= value * Math.sin((2 * Math.PI * k * i) / samples.length);
    });
    return re * re + im * im;
  });

describe('the power spectrum', () => {
  it.each([4, 8, 64, 512])('is the definition for %i samples', (size) => {
    const samples = Array.from({ length: size }, (_, i) => ((i * 7_919) % 101) / 50 - 1);
    const power = createSpectrum(size).power(samples);
    slowPower(samples).forEach((wanted, k) => expect(power[k]).toBeCloseTo(wanted, 6));
  });

  it('keeps energy (Parseval) and fills short input with zeros', () => {
    const spectrum = createSpectrum(1_024);
    const samples = Array.from({ length: 1_000 }, (_, i) => Math.sin(i * i));
    const power = spectrum.power(samples);
    const inner = power.subarray(1, 512).reduce((a, b) => a + b, 0);
    expect((2 * inner + power[0]! + power[512]!) / 1_024).toBeCloseTo(samples.reduce((a, b) => a + b * b, 0), 6);
  });

  it('has one bit pattern everywhere', () => {
    const power = createSpectrum(16).power([1, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]);
    expect([...power]).toMatchInlineSnapshot(`
      [
        108241,
        19867.676327532005,
        4497.820776835531,
        1689.4287354753192,
        1105,
        682.2907568378868,
        832.1792231644689,
        628.604180154785,
        625,
      ]
    `);
  });

  it('takes powers of two alone', () => {
    expect(powerOfTwoFrom(513)).toBe(1_024);
    expect(() => createSpectrum(1_000)).toThrow(RangeError);
  });
});
