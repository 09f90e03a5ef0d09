import { momentOf, averageMoments, type BandMoment } from '../../../core/signal/sensing/bands.ts';
import { createEegReader, type EegReader } from '../../../core/signal/sensing/eeg.ts';
import type { Bands, EegReading, Sensed } from '../../../core/signal/sensing/reading.ts';

/** Electrodes of a headband; more are not listened to. */
const MOST_ELECTRODES = 4;

/** Raw samples of several electrodes, read together. */
export interface RawEeg {
  /** One sample of each electrode, microvolts; null where one is lost. */
  push(samples: readonly (number | null)[]): void;
  /** @param trust of each electrode, 0..1 */
  read(trust: (electrode: number) => number): Sensed<EegReading> | null;
  rhythm(trust: (electrode: number) => number): Sensed<Bands> | null;
}

const asMoment = ([delta, theta, alpha, sigma, beta]: Bands, gamma: number | null): BandMoment | null => momentOf({ delta, theta, alpha, sigma, beta, gamma });

/** @param rate samples a second */
export const createRawEeg = (rate: number): RawEeg => {
  const readers: EegReader[] = [];
  return {
    push: (samples) => {
      samples.slice(0, MOST_ELECTRODES).forEach((sample, electrode) => {
        readers[electrode] ??= createEegReader(rate);
        readers[electrode].push([sample ?? Number.NaN]);
      });
    },
    read: (trust) => {
      const readings = readers.map((reader) => reader.read());
      const trusts = readings.map((reading, electrode) => (reading?.quality ?? 0) * trust(electrode));
      const together = averageMoments(readings.map((reading) => (reading === null ? null : asMoment(reading.value.bands, reading.value.gamma ?? null))), trusts);
      if (together === null) return null;
      const best = readings[trusts.indexOf(Math.max(...trusts))] ?? null;
      const { bands, gamma } = together.moment;
      return { value: { bands, gamma, spindlePerMin: best?.value.spindlePerMin ?? null, soPerMin: best?.value.soPerMin ?? null }, quality: together.quality };
    },
    rhythm: (trust) => {
      const rhythms = readers.map((reader) => reader.rhythm());
      const together = averageMoments(
        rhythms.map((rhythm) => (rhythm === null ? null : asMoment(rhythm.value, null))),
        rhythms.map((rhythm, electrode) => (rhythm?.quality ?? 0) * trust(electrode)),
      );
      return together === null ? null : { value: together.moment.bands, quality: together.quality };
    },
  };
};
