import type { PerStage } from '../stages.ts';

/** Relative power of delta .5-4, theta 4-8, alpha 8-12, sigma 12-16, beta 16-30 Hz; sums to 1. */
export type Bands = readonly [delta: number, theta: number, alpha: number, sigma: number, beta: number];

/** A value with how far it may be trusted, 0..1; null where there is none yet. */
export interface Sensed<T> {
  readonly value: T;
  readonly quality: number;
}

/** What an EEG tells of the last half minute. Rates a minute; null where there are too few sound seconds to count. */
export interface EegReading {
  readonly bands: Bands;
  readonly spindlePerMin: number | null;
  readonly soPerMin: number | null;
  /**
   * Power of 30 to 45 Hz over that of the five bands together; null or left out where the sensor does not tell it.
   * It is muscle more than brain, and that is its worth: it tells waking apart (docs/nexus.md, From bands to stages).
   */
  readonly gamma?: number | null;
}

/** Probabilities of W, N1, N2, N3, R, and whether an arousal lasts now. */
export interface StageReading {
  readonly pStage: PerStage<number>;
  readonly arousal: 0 | 1;
}

export interface HeartReading {
  readonly hrBpm: number;
  /** Null until there are beats of a minute, and where the source sends a rate without beats. */
  readonly rmssdMs: number | null;
}

export interface BreathReading {
  readonly respHz: number;
  /** Radians, 0 at the start of an in-breath; null where only a rate is known. */
  readonly respPhase: number | null;
}
