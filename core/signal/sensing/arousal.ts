import type { Bands } from './reading.ts';

/** What is known at a moment. */
export interface ArousalInput {
  /** Of the last second or so. */
  readonly bands: Bands;
  /** Body movement, 0..1. */
  readonly motion: number;
  /** Probability of being awake by the stager, 0..1. */
  readonly wake: number;
}

/** Tells arousals, moment by moment. */
export interface ArousalDetector {
  /** 1 while an arousal lasts. @param atMs the pod's own time; never runs back */
  hear(input: ArousalInput, atMs: number): 0 | 1;
}

export const createArousalDetector = (): ArousalDetector => ({ hear: () => 0 });
