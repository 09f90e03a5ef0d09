import { describe, expect, it } from 'vitest';
import { breathDiffusion, phaseAdvance, stepBreathing } from '../../nexus/simulator/breathing.ts';
import { bodyOf } from '../../nexus/simulator/body.ts';
import { gaussian } from '../../core/random/gaussian.ts';

/** Mean order parameter R of 24 breaths after they have settled. */
const meanOrder = (kappa: number, seed: number): number => {
  const drives = Array.from({ length: 24 }, (_, i) => ({ hertz: 0.25 + 0.035 * gaussian(seed, 'rate', i, 'rate', 0), diffusion: 0.02 }));
  const phases = Float64Array.from(drives, (_, i) => i);
  let sum = 0;
  const steps = 4 * 1_200;
  for (let step = 0; step < steps; step += 1) {
    stepBreathing(phases, drives, kappa, seed, step);
    if (step < steps / 3) continue;
    let x = 0;
    let y = 0;
    for (const phase of phases) {
      x += Math.cos(phase);
      y += Math.sin(phase);
    }
    sum += Math.hypot(x, y) / 24 / (steps - steps / 3);
  }
  return sum;
};

describe('coupled breathing', () => {
  it('is as wide as the sources say: D of N3, N2, R and W', () => {
    const d = (stage: 'N3' | 'N2' | 'R' | 'W') => breathDiffusion(bodyOf(stage).breathVariation, 0.25 * bodyOf(stage).breath);
    expect(d('N3')).toBeCloseTo(0.011, 2);
    expect(d('N2')).toBeCloseTo(0.038, 2);
    expect(d('R')).toBeCloseTo(0.16, 2);
    expect(d('W')).toBeCloseTo(0.24, 2);
  });

  it.each([[0, 0.18], [0.5, 0.26], [1, 0.47], [1.5, 0.83], [2, 0.91]])('with kappa %d comes to R near %d (N = 24, D = .02)', (kappa, expected) => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const mean = seeds.reduce((sum, seed) => sum + meanOrder(kappa, seed), 0) / seeds.length;
    expect(Math.abs(mean - expected)).toBeLessThan(0.13);
  });

  it('counts the way of a breath across the turn', () => {
    expect(phaseAdvance(6, 0.5, 1)).toBeCloseTo(0.5 + 2 * Math.PI - 6, 12);
    expect(phaseAdvance(0.5, 0.4, 0)).toBeCloseTo(-0.1, 12);
    expect(phaseAdvance(1, 2.5, 1.5)).toBeCloseTo(1.5, 12);
  });
});
