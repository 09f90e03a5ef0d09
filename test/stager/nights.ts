import { readFileSync } from 'node:fs';
import type { Bands, EegReading } from '../../core/signal/sensing/reading.ts';
import { recordings } from '../support/recordings.ts';

/** One scored night as the stager would hear it. */
export interface ScoredNight {
  readonly name: string;
  /** The person: some slept two nights. */
  readonly person: string;
  /** Seconds. */
  readonly times: readonly number[];
  /** 0 to 4 for W, N1, N2, N3, R. */
  readonly stages: readonly number[];
  readonly readings: readonly (Pick<EegReading, 'bands'> & { readonly gamma: number })[];
}

const STAGE_OF: Readonly<Record<string, number>> = { W: 0, '1': 1, '2': 2, '3': 3, '4': 3, R: 4 };
/** Widths in Hz of the set's bands: .5-4, 4-8, 8-13, 13-30, 30-50; its values are mean densities. */
const WIDTHS = [3.5, 4, 5, 17, 20];

/** One epoch's densities as shares. The set has no sigma of its own, so it stands whole under beta. */
const readingOf = (densities: readonly number[]): ScoredNight['readings'][number] => {
  const powers = densities.map((density, i) => density * (WIDTHS[i] ?? 0));
  const [delta = 0, theta = 0, alpha = 0, beta = 0, gamma = 0] = powers;
  const whole = delta + theta + alpha + beta;
  const bands: Bands = [delta / whole, theta / whole, alpha / whole, 0, beta / whole];
  return { bands, gamma: gamma / whole };
};

/** Nights of Sleep-EDF (band powers per scored epoch) at an electrode: 0 Fpz-Cz, 1 Pz-Oz. */
export const scoredNights = (folder: string, electrode: 0 | 1): ScoredNight[] =>
  recordings(folder, 'sleep-edfx-bandpower', '.csv').map((path) => {
    const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
    const name = path.slice(-20, -14);
    return {
      name,
      person: name.slice(3, 5),
      times: rows.map((row) => Number(row[0])),
      stages: rows.map((row) => STAGE_OF[row[1] ?? ''] ?? 0),
      readings: rows.map((row) => readingOf(row.slice(2 + 5 * electrode, 7 + 5 * electrode).map(Number))),
    };
  });
