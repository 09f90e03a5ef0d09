import { PI, TWO_PI, atan2, cos, sin } from '../../core/math/elementary.ts';
import { gaussian } from '../../core/random/gaussian.ts';
import { hashText } from '../../core/random/keyed.ts';

/** Steps a second of the breathing model (Euler-Maruyama); fixed, so that a night has one set of bits. */
export const BREATH_STEPS_A_SECOND = 4;
// Hashed once: drawn for every sleeper at every step.
const BREATH = hashText('breath');
const NOISE = hashText('noise');
/** Critical coupling of sleepers whose natural rates spread by .22 rad/s: 2/(pi g(0)), g the normal density. */
const CRITICAL_COUPLING = 0.351;
/**
 * The built-in coupling in units of the critical one. Below 1 strangers hardly meet; strong synchrony
 * among strangers who only lie in one room is artistic licence, so whoever raises this should know it.
 */
export const DEFAULT_KAPPA = 0.3;

/** Diffusion of the breath phase, rad^2/s, from the variation of breath intervals: D = (2 pi CV)^2 f/2. */
export const breathDiffusion = (variation: number, hertz: number): number => TWO_PI * variation * TWO_PI * variation * hertz * 0.5;

const wrap = (phase: number): number => {
  const turned = phase - TWO_PI * Math.floor(phase / TWO_PI);
  return turned >= TWO_PI || turned < 0 ? 0 : turned;
};

/** How far a sleeper's breath wants to go: natural rate in Hz and diffusion in rad^2/s. */
export interface BreathDrive {
  readonly hertz: number;
  readonly diffusion: number;
}

/**
 * One step of coupled breathing (Kuramoto 1984): d theta_i = [w_i + K R sin(Psi - theta_i)]dt + sqrt(2 D_i) dW.
 * Phases are changed in place and stay in [0, 2 pi).
 * @param step counts the steps from the gathering's start; keys the noise
 */
export const stepBreathing = (phases: Float64Array, drives: readonly BreathDrive[], kappa: number, seed: number, step: number): void => {
  const count = phases.length;
  const dt = 1 / BREATH_STEPS_A_SECOND;
  let x = 0;
  let y = 0;
  for (const phase of phases) {
    x += cos(phase);
    y += sin(phase);
  }
  const order = Math.sqrt(x * x + y * y) / Math.max(1, count);
  const mean = atan2(y, x);
  const coupling = count > 1 ? kappa * CRITICAL_COUPLING * order : 0;
  for (let i = 0; i < count; i += 1) {
    const { hertz, diffusion } = drives[i] ?? { hertz: 0.25, diffusion: 0 };
    const phase = phases[i] ?? 0;
    const pull = coupling === 0 ? 0 : coupling * sin(mean - phase);
    const noise = Math.sqrt(2 * diffusion * dt) * gaussian(seed, BREATH, step, NOISE, i);
    phases[i] = wrap(phase + (TWO_PI * hertz + pull) * dt + noise);
  }
};

/** The way from one phase to the next in one second, radians, taken as the one nearest `expected`. */
export const phaseAdvance = (from: number, to: number, expected: number): number => {
  const difference = to - from;
  return difference + TWO_PI * Math.floor((expected - difference + PI) / TWO_PI);
};
