import { STAGES } from '../../core/signal/stages.ts';
import { simulateNight } from './simulated-night.ts';
import type { SleepModel } from './sleep-model.ts';

/** Minutes between two rows of the stage distribution; each row is the mean over this span. */
export const DISTRIBUTION_MINUTES = 10;

/**
 * The share of simulated sleepers in each stage by time of night, 8 h from lights off, in 1/10 000:
 * what core/signal/stage-baseline.ts was made from (2 000 nights, seed 1).
 */
export const stageDistribution = (model: SleepModel, nights: number, seed: number): number[][] => {
  const rows = 48;
  const epochsARow = DISTRIBUTION_MINUTES * 2;
  const counts = Array.from({ length: rows }, () => STAGES.map(() => 0));
  for (let sleeper = 0; sleeper < nights; sleeper += 1) {
    const night = simulateNight(model, seed, sleeper);
    for (let epoch = 0; epoch < rows * epochsARow; epoch += 1) {
      const row = counts[Math.floor(epoch / epochsARow)];
      if (row) row[STAGES.indexOf(night.stage(epoch))]! += 1;
    }
  }
  return counts.map((row) => row.map((n) => Math.round((10_000 * n) / (nights * epochsARow))));
};
