import { exp } from '../../core/math/elementary.ts';
import { gaussian } from '../../core/random/gaussian.ts';
import { uniform, weightedIndex } from '../../core/random/keyed.ts';
import { STAGES, type Stage } from '../../core/signal/stages.ts';
import type { SleepModel } from './sleep-model.ts';

const W = 0;
const N1 = 1;
const N2 = 2;
const R = 4;
const EPOCHS_A_MINUTE = 2;

/** How one sleeper differs from the mean; multipliers, lognormal with mean log 0. */
interface Traits {
  readonly toDeep: number;
  /** N3's exits to N1 and N2 scale with this: exp(-z/2) where toDeep = exp(z), so that deep sleepers stay deep. */
  readonly fromDeep: number;
  readonly toWake: number;
  readonly fromWake: number;
  readonly cycle: number;
  readonly rem: number;
}

const drawTraits = (model: SleepModel, seed: number, sleeper: number): Traits => {
  const sigma = model.traits_lognormal_sigma;
  const draw = (purpose: string, deviation: number): number => deviation * gaussian(seed, 'sleeper', sleeper, purpose, 0);
  const deep = draw('trait-deep', sigma.n2_to_n3);
  return {
    toDeep: exp(deep),
    fromDeep: exp(-deep / 2),
    toWake: exp(draw('trait-to-wake', sigma.to_wake)),
    fromWake: exp(draw('trait-from-wake', sigma.wake_exit)),
    cycle: exp(draw('trait-cycle', sigma.cycle)),
    rem: exp(draw('trait-rem', sigma.rem)),
  };
};

const rowBetween = (a: readonly number[], b: readonly number[], amount: number): number[] => a.map((p, k) => p + ((b[k] ?? 0) - p) * amount);

/** The NREM row of a state, interpolated between the centres by minutes since sleep onset. */
const nremRow = (model: SleepModel, state: number, minutes: number): number[] => {
  const { early, mid, late, centres_min: [first, second, third] } = model.nrem_matrix;
  const amount = (low: number, high: number): number => Math.min(1, Math.max(0, (minutes - low) / (high - low)));
  const [e = [], m = [], l = []] = [early[state], mid[state], late[state]];
  return minutes < second ? rowBetween(e, m, amount(first, second)) : rowBetween(m, l, amount(second, third));
};

/** Scales a row's ways out by the sleeper's traits; staying takes what is left. */
const withTraits = (row: readonly number[], state: number, traits: Traits): number[] => {
  const scaled = row.map((p, to) => {
    if (to === state) return 0;
    if (state === W) return p * traits.fromWake;
    if (to === W) return p * traits.toWake;
    if (state === N2 && to === 3) return p * traits.toDeep;
    if (state === 3) return p * traits.fromDeep;
    return p;
  });
  const out = scaled.reduce((a, b) => a + b, 0);
  if (out > 0.98) return scaled.map((p, to) => (to === state ? 0.02 : (p * 0.98) / out));
  scaled[state] = 1 - out;
  return scaled;
};

/** One simulated sleeper's stages, epoch by epoch without end; epoch 0 begins at lights off. */
export interface SimulatedNight {
  /** The stage of an epoch (whole, from 0). Computes and keeps all epochs before it. */
  stage(epoch: number): Stage;
}

/**
 * A night by the two-regime model: waking until sleep onset (lognormal), then NREM periods and REM
 * periods in turn, each with a clock of lognormal length and its own transition matrix. When an NREM
 * clock has run out the sleeper enters R from the next N1 or N2; when a REM clock has run out the
 * sleeper leaves R by the exit shares. Every draw is keyed by seed, sleeper and epoch.
 */
export const simulateNight = (model: SleepModel, seed: number, sleeper: number): SimulatedNight => {
  const traits = drawTraits(model, seed, sleeper);
  const lognormal = (median: number, sigma: number, purpose: string, index: number): number =>
    median * exp(sigma * gaussian(seed, 'sleeper', sleeper, purpose, index));
  const onset = Math.max(1, Math.round(EPOCHS_A_MINUTE * lognormal(model.sol_lognormal.median_min, model.sol_lognormal.sigma, 'latency', 0)));
  const periodEnd = (from: number, rem: boolean, cycle: number): number => {
    const table = rem ? model.rem_period_lognormal : model.nrem_period_lognormal;
    const at = Math.min(cycle, table.median_min.length - 1);
    const minutes = lognormal(table.median_min[at] ?? 60, table.sigma[at] ?? 0.3, rem ? 'rem-period' : 'nrem-period', cycle);
    return from + Math.max(2, Math.round(EPOCHS_A_MINUTE * minutes * (rem ? traits.rem : traits.cycle)));
  };
  const epochs: number[] = [];
  let rem = false;
  let cycle = 0;
  let end = 0;
  const next = (epoch: number): number => {
    if (epoch < onset) return W;
    if (epoch === onset) {
      end = periodEnd(epoch, false, 0);
      return N1;
    }
    const state = epochs[epoch - 1] ?? W;
    const draw = uniform(seed, 'sleeper', sleeper, 'stage', epoch);
    if (rem && epoch >= end) {
      rem = false;
      cycle += 1;
      end = periodEnd(epoch, false, cycle);
      if (state === R) return weightedIndex([model.rem_exit.W, model.rem_exit.N1, model.rem_exit.N2], draw);
    } else if (!rem && epoch >= end && (state === N1 || state === N2)) {
      rem = true;
      end = periodEnd(epoch, true, cycle);
      return R;
    }
    const row = rem ? (model.rem_matrix[state] ?? []) : nremRow(model, state, (epoch - onset) / EPOCHS_A_MINUTE);
    return weightedIndex(withTraits(row, state, traits), draw);
  };
  return {
    stage: (epoch) => {
      while (epochs.length <= epoch) epochs.push(next(epochs.length));
      return STAGES[epochs[epoch] ?? W] ?? 'W';
    },
  };
};
