import { log } from '../math/elementary.ts';

/**
 * Accounting of zero-concentrated differential privacy (zCDP; Bun and Steinke, "Concentrated Differential Privacy:
 * Simplifications, Extensions, and Lower Bounds", TCC 2016):
 * - Gaussian noise of deviation sigma on a vector that one person can change by at most `sensitivity` (L2) costs
 *   rho = sensitivity^2 / (2 sigma^2); discrete Gaussian noise on whole numbers costs the same (Canonne, Kamath and
 *   Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020);
 * - costs of several releases add up;
 * - a cost of rho gives (epsilon, delta) for every delta, with epsilon = rho + 2 sqrt(rho ln(1/delta)).
 */

/** The cost rho of so many releases. @param sigma deviation of the noise, in the unit of `sensitivity` */
export const rhoOf = (releases: number, sigma: number, sensitivity = 1): number => (releases * sensitivity * sensitivity) / (2 * sigma * sigma);

/** What a cost of rho comes to as epsilon at this delta. 0 for 0. */
export const epsilonOf = (rho: number, delta: number): number => rho + 2 * Math.sqrt(rho * log(1 / delta));

/** The cost that may be spent for epsilon at this delta: the inverse of `epsilonOf`. */
export const rhoFor = (epsilon: number, delta: number): number => {
  const rest = log(1 / delta);
  const root = Math.sqrt(rest + epsilon) - Math.sqrt(rest);
  return root * root;
};

/**
 * The deviation of noise with which so many releases stay within epsilon.
 * @example sigmaFor(4, 1e-6, 16) is 5.613: a night of 16 half hours
 */
export const sigmaFor = (epsilon: number, delta: number, releases: number, sensitivity = 1): number => sensitivity * Math.sqrt(releases / (2 * rhoFor(epsilon, delta)));
