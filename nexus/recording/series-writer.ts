import type { Bands, BreathReading, EegReading, HeartReading, Sensed } from '../../core/signal/sensing/reading.ts';
import type { PerStage } from '../../core/signal/stages.ts';
import type { FeatureSeries } from './night.ts';

/** What one second brings; what is left out or null is not known. */
export interface Row {
  readonly eeg?: Sensed<{ readonly bands: Bands } & Partial<EegReading>> | null;
  readonly arousal?: 0 | 1 | null;
  readonly pStage?: PerStage<number> | null;
  readonly heart?: Sensed<HeartReading> | null;
  readonly breath?: Sensed<BreathReading> | null;
  /** 0..1 */
  readonly motion?: Sensed<number> | null;
}

/** Collects rows into a series. */
export interface SeriesWriter {
  readonly seconds: number;
  add(row: Row): void;
  finish(has: { readonly eeg: boolean; readonly heart: boolean; readonly breath: boolean; readonly motion: boolean }): FeatureSeries;
}

/** A column that grows by doubling. */
const createColumn = (width: number) => {
  let values = new Float32Array(1_024 * width);
  let filled = 0;
  return {
    add: (...row: readonly number[]): void => {
      if (filled + width > values.length) {
        const larger = new Float32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      for (let k = 0; k < width; k += 1) values[filled + k] = row[k] ?? Number.NaN;
      filled += width;
    },
    take: (): Float32Array => values.slice(0, filled),
  };
};

const orNaN = (value: number | null | undefined): number => value ?? Number.NaN;

export const createSeriesWriter = (): SeriesWriter => {
  const one = () => createColumn(1);
  const [bands, spindles, slow, arousal, pStage, eegQuality] = [createColumn(5), one(), one(), one(), createColumn(5), one()];
  const [bpm, rmssd, heartQuality] = [one(), one(), one()];
  const [hertz, phase, breathQuality] = [one(), one(), one()];
  const [motion, motionQuality] = [one(), one()];
  let seconds = 0;
  return {
    get seconds() {
      return seconds;
    },
    add: (row) => {
      bands.add(...(row.eeg?.value.bands ?? []));
      spindles.add(orNaN(row.eeg?.value.spindlePerMin));
      slow.add(orNaN(row.eeg?.value.soPerMin));
      arousal.add(orNaN(row.arousal));
      pStage.add(...(row.pStage ?? []));
      eegQuality.add(row.eeg?.quality ?? 0);
      bpm.add(orNaN(row.heart?.value.hrBpm));
      rmssd.add(orNaN(row.heart?.value.rmssdMs));
      heartQuality.add(row.heart?.quality ?? 0);
      hertz.add(orNaN(row.breath?.value.respHz));
      phase.add(orNaN(row.breath?.value.respPhase));
      breathQuality.add(row.breath?.quality ?? 0);
      motion.add(orNaN(row.motion?.value));
      motionQuality.add(row.motion?.quality ?? 0);
      seconds += 1;
    },
    finish: (has) => ({
      seconds,
      eeg: has.eeg ? { bands: bands.take(), spindlesPerMin: spindles.take(), slowOscillationsPerMin: slow.take(), arousal: arousal.take(), pStage: pStage.take(), quality: eegQuality.take() } : null,
      heart: has.heart ? { bpm: bpm.take(), rmssdMs: rmssd.take(), quality: heartQuality.take() } : null,
      breath: has.breath ? { hertz: hertz.take(), phase: phase.take(), quality: breathQuality.take() } : null,
      motion: has.motion ? { amount: motion.take(), quality: motionQuality.take() } : null,
    }),
  };
};
