import { EPOCH_SECONDS, STAGES, type Stage } from '../../core/signal/stages.ts';
import type { Hypnogram } from '../hypnogram/hypnogram.ts';

/** What was measured of the brain. Not a number: not known at that second. */
export interface EegSeries {
  /** Five a second. */
  readonly bands: Float32Array;
  readonly spindlesPerMin: Float32Array;
  readonly slowOscillationsPerMin: Float32Array;
  /** 1 while an arousal lasts. */
  readonly arousal: Float32Array;
  /** Five a second, told from the bands alone (core/signal/sensing/stager.ts). */
  readonly pStage: Float32Array;
  readonly quality: Float32Array;
}

export interface HeartSeries {
  readonly bpm: Float32Array;
  readonly rmssdMs: Float32Array;
  readonly quality: Float32Array;
}

export interface BreathSeries {
  readonly hertz: Float32Array;
  readonly phase: Float32Array;
  readonly quality: Float32Array;
}

export interface MotionSeries {
  /** 0..1 */
  readonly amount: Float32Array;
  readonly quality: Float32Array;
}

/** Measured features, one row a second; a sensor that the recording has not is null. */
export interface FeatureSeries {
  /** Rows: row s is what was known at the end of second s. */
  readonly seconds: number;
  readonly eeg: EegSeries | null;
  readonly heart: HeartSeries | null;
  readonly breath: BreathSeries | null;
  readonly motion: MotionSeries | null;
}

/** One person's recorded night: scored stages, measured features, or both. */
export interface Night {
  readonly hypnogram: Hypnogram | null;
  readonly series: FeatureSeries | null;
  /** What it was read from, and what people should know of it: which signals were used, what was missing. */
  readonly source: string;
  readonly notes: readonly string[];
}

/** A scored night without measured features. */
export const nightOfHypnogram = (hypnogram: Hypnogram): Night => ({ hypnogram, series: null, source: hypnogram.source, notes: [] });

/** The likeliest stage by the bands at the middle of each epoch; null where it is not known. */
const stagesOfSeries = ({ seconds, eeg }: FeatureSeries): (Stage | null)[] =>
  Array.from({ length: Math.ceil(seconds / EPOCH_SECONDS) }, (_, epoch) => {
    const row = 5 * Math.min(seconds - 1, epoch * EPOCH_SECONDS + EPOCH_SECONDS / 2);
    const p = eeg?.pStage.subarray(row, row + 5) ?? [];
    let best = 0;
    for (let k = 1; k < p.length; k += 1) if ((p[k] ?? 0) > (p[best] ?? 0)) best = k;
    return (p[best] ?? Number.NaN) > 0 ? (STAGES[best] ?? null) : null;
  });

/** Its stages, epoch by epoch: the scored ones, else the likeliest by the bands, else unknown throughout. */
export const stagesOf = ({ hypnogram, series }: Night): readonly (Stage | null)[] => hypnogram?.epochs ?? (series === null ? [] : stagesOfSeries(series));

/** Seconds from the recording's start to its end. */
export const lengthOf = (night: Night): number => Math.max((night.hypnogram?.epochs.length ?? 0) * EPOCH_SECONDS, night.series?.seconds ?? 0);
