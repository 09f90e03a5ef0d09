import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epsilonOf, rhoFor, rhoOf, sigmaFor } from '../../../core/privacy/zcdp.ts';

describe('accounting of privacy', () => {
  it('asks for noise of 5.613 sleepers for epsilon 4 over a night of 16 half hours', () => {
    expect(sigmaFor(4, 1e-6, 16)).toBeCloseTo(5.6128, 4);
    expect(rhoFor(4, 1e-6)).toBeCloseTo(0.253_935_6, 7);
    expect(epsilonOf(rhoOf(16, sigmaFor(4, 1e-6, 16)), 1e-6)).toBeCloseTo(4, 12);
    expect(epsilonOf(0, 1e-6)).toBe(0);
  });

  it('goes there and back; more noise costs less, more releases cost more, a sleeper who counts twice costs four times', () => {
    const some = { min: 0.01, max: 8, noNaN: true };
    fc.assert(
      fc.property(fc.double(some), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 48 }), (epsilon, digits, releases) => {
        const delta = Number(`1e-${digits}`);
        const sigma = sigmaFor(epsilon, delta, releases);
        expect(epsilonOf(rhoOf(releases, sigma), delta)).toBeCloseTo(epsilon, 9);
        expect(rhoOf(releases, sigma * 2)).toBeLessThan(rhoOf(releases, sigma));
        expect(rhoOf(releases + 1, sigma)).toBeGreaterThan(rhoOf(releases, sigma));
        expect(rhoOf(releases, sigma, 2)).toBeCloseTo(4 * rhoOf(releases, sigma), 9);
        expect(sigmaFor(epsilon, delta, releases, 2)).toBeCloseTo(2 * sigma, 9);
      }),
    );
  });

  it('adds up over nights: seven of epsilon 4 are one of 11.7', () => {
    expect(epsilonOf(7 * rhoFor(4, 1e-6), 1e-6)).toBeCloseTo(11.689, 3);
  });
});
