import { TWO_PI } from '../core/math/elementary.ts';
import { EPOCH_SECONDS, type Stage } from '../core/signal/stages.ts';
import { alignOnset } from './hypnogram/hypnogram.ts';
import { lengthOf, nightOfHypnogram, stagesOf, type EegSeries, type FeatureSeries, type Night } from './recording/night.ts';
import type { Hypnogram } from './hypnogram/hypnogram.ts';
import type { Measured, StageSource } from './simulator/sleeper.ts';

/** A night, or its hypnogram alone. */
export type AnyNight = Night | Hypnogram;

/** `onset`: from 15 min before its first sleep to 15 min after its last; `start`: from its recording's start. */
export type Align = 'onset' | 'start';

/** One night as a gathering plays it. */
export interface Replay {
  readonly source: StageSource;
  readonly seconds: number;
}

const orNull = (value: number | undefined): number | null => (value === undefined || value !== value ? null : value);

type Five = [number, number, number, number, number];

/** Five of a column as shares that sum to 1; null where they are not known. */
const fiveAt = (column: Float32Array, row: number): Five | null => {
  const of = (k: number): number => column[5 * row + k] ?? Number.NaN;
  const whole = of(0) + of(1) + of(2) + of(3) + of(4);
  if (!(whole > 0)) return null;
  const share = (k: number): number => Math.min(1, of(k) / whole);
  return [share(0), share(1), share(2), share(3), share(4)];
};

const measuredEeg = (eeg: EegSeries, row: number, scored: boolean): Measured => {
  const quality = orNull(eeg.quality[row]) ?? 0;
  const pStage = fiveAt(eeg.pStage, row);
  const arousal = orNull(eeg.arousal[row]);
  return {
    bands: fiveAt(eeg.bands, row),
    spindlePerMin: orNull(eeg.spindlesPerMin[row]),
    soPerMin: orNull(eeg.slowOscillationsPerMin[row]),
    arousal: arousal === null ? null : arousal >= 0.5 ? 1 : 0,
    // The quality of scored stages is not that of one electrode: someone looked at all of them.
    ...(scored ? {} : { pStage, stageAgeS: pStage === null ? null : 0, q: { eeg: quality } }),
  };
};

/** What a series has of one second. */
const measuredAt = (series: FeatureSeries, row: number, scored: boolean): Measured => {
  const { eeg, heart, breath, motion } = series;
  const brain: Measured = eeg === null ? {} : measuredEeg(eeg, row, scored);
  const phase = breath === null ? null : orNull(breath.phase[row]);
  return {
    ...brain,
    ...(heart === null ? {} : { hrBpm: orNull(heart.bpm[row]), rmssdMs: orNull(heart.rmssdMs[row]) }),
    // Rounding to 32 bits may bring a phase up to a whole turn.
    ...(breath === null ? {} : { respHz: orNull(breath.hertz[row]), respPhase: phase !== null && phase >= TWO_PI ? 0 : phase }),
    ...(motion === null ? {} : { motion: orNull(motion.amount[row]) }),
    q: {
      ...brain.q,
      ...(heart === null ? {} : { hr: orNull(heart.quality[row]) ?? 0 }),
      ...(breath === null ? {} : { resp: orNull(breath.quality[row]) ?? 0 }),
      ...(motion === null ? {} : { motion: orNull(motion.quality[row]) ?? 0 }),
    },
  };
};

/** Nothing of a body is known or may be modelled. */
const SILENT: Measured = {
  pStage: null, stageAgeS: null, bands: null, spindlePerMin: null, soPerMin: null, hrBpm: null, rmssdMs: null, respHz: null, respPhase: null, motion: null, arousal: null,
  q: { eeg: 0, hr: 0, resp: 0, motion: 0 },
};

const isStaged = (stages: readonly (Stage | null)[]): boolean => stages.some((stage) => stage !== null);

/**
 * A recorded night as one pod: over after its last epoch. Put into `createCrowd` with staging `labels`. What was measured is told as it
 * was measured, gaps and all. The rest of the body (heart, breath, motion, bands, arousals) comes from the simulator and is modelled on
 * the stages; a recording without any stages has nothing to model it on, and what it did not measure is null.
 */
export const replayOf = (given: AnyNight, align: Align): Replay => {
  const night = 'series' in given ? given : nightOfHypnogram(given);
  const { series } = night;
  const stages = stagesOf(night);
  const staged = isStaged(stages);
  const whole = Math.ceil(lengthOf(night) / EPOCH_SECONDS);
  const filled = stages.length >= whole ? stages : [...stages, ...new Array<null>(whole - stages.length).fill(null)];
  const { epochs, shift } = align === 'onset' ? shiftedToOnset(filled) : { epochs: filled, shift: 0 };
  const measured = (second: number): Measured | null => {
    const row = second + shift * EPOCH_SECONDS;
    const own = series !== null && row >= 0 && row < series.seconds ? measuredAt(series, row, night.hypnogram !== null) : null;
    if (staged) return own ?? (series === null ? null : gapIn(series, night.hypnogram !== null));
    return { ...SILENT, ...own, q: { ...SILENT.q, ...own?.q } };
  };
  const source: StageSource = { stage: (epoch) => (epoch < epochs.length ? (epochs[epoch] ?? null) : undefined) };
  return { source: series === null ? source : { ...source, measured }, seconds: epochs.length * EPOCH_SECONDS };
};

/** Before its first row and after its last, what a series measures is unknown. */
const gapIn = (series: FeatureSeries, scored: boolean): Measured => measuredAt(series, series.seconds, scored);

/** The night as `alignOnset` has it, and by how many epochs it was moved: row 0 of the gathering is row `shift` of the recording. */
const shiftedToOnset = (epochs: readonly (Stage | null)[]): { readonly epochs: readonly (Stage | null)[]; readonly shift: number } => {
  const asleep = (stage: Stage | null): boolean => stage !== null && stage !== 'W';
  const aligned = alignOnset({ epochs, startedAt: null, source: '' }).epochs;
  return { epochs: aligned, shift: epochs.findIndex(asleep) - aligned.findIndex(asleep) };
};
