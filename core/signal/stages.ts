/** The AASM sleep stages in the one order used everywhere: in frames, files and pictures. */
export const STAGES = ['W', 'N1', 'N2', 'N3', 'R'] as const;
export type Stage = (typeof STAGES)[number];
/** One value for each stage, in the order of STAGES. */
export type PerStage<T> = readonly [W: T, N1: T, N2: T, N3: T, R: T];

/** Depth of each stage on the collective's depth axis; R stands apart (dream is an axis of its own) and has none. */
export const STAGE_DEPTH: PerStage<number | null> = [0, 0.33, 0.66, 1, null];

/** Length of a scored epoch in seconds (AASM). */
export const EPOCH_SECONDS = 30;
