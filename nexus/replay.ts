import type { Hypnogram } from './hypnogram/hypnogram.ts';
import type { StageSource } from './simulator/sleeper.ts';

/**
 * A scored night as one pod's stages; over after its last epoch. Put into `createCrowd` with staging
 * `labels` it becomes pod frames: the stages are the recording's, while heart, breath, motion, bands and
 * arousals come from the simulator's body and are modelled, not measured.
 */
export const replaySource = (hypnogram: Hypnogram): StageSource => ({
  stage: (epoch) => (epoch < hypnogram.epochs.length ? (hypnogram.epochs[epoch] ?? null) : undefined),
});
