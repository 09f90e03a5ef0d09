import { averageMoments, momentOf, type BandMoment, type BandPowers } from '../../../core/signal/sensing/bands.ts';

export type BandName = keyof BandPowers;

/** Powers of one moment come in several messages, one a band or one an electrode. Older than this they are of another moment. */
const TOGETHER_MS = 2_000;
const MOST_ELECTRODES = 64;

/** What becomes of a moment once it is whole. */
export type Whole = (moment: BandMoment, quality: number, atMs: number) => void;

/** Puts messages of one band (with a value for each electrode) together. */
export interface BandSet {
  /** @param powers one for each electrode; null where it told none */
  hear(band: BandName, powers: readonly (number | null)[], atMs: number): void;
}

const powersOf = (set: ReadonlyMap<BandName, readonly (number | null)[]>, electrode: number): BandPowers | null => {
  const of = (band: BandName): number | null => set.get(band)?.[electrode] ?? null;
  const [delta, theta, alpha, beta] = [of('delta'), of('theta'), of('alpha'), of('beta')];
  return delta === null || theta === null || alpha === null || beta === null ? null : { delta, theta, alpha, sigma: of('sigma'), beta, gamma: of('gamma') };
};

/** A set is whole when a band comes that it has already: so the order does not matter, nor which bands are sent. @param trust of each electrode, 0..1 */
export const createBandSet = (trust: (electrode: number) => number, whole: Whole): BandSet => {
  const set = new Map<BandName, readonly (number | null)[]>();
  let began = 0;
  const flush = (): void => {
    const electrodes = Math.min(MOST_ELECTRODES, Math.max(0, ...[...set.values()].map((powers) => powers.length)));
    const moments = Array.from({ length: electrodes }, (_, electrode) => {
      const powers = powersOf(set, electrode);
      return powers === null ? null : momentOf(powers);
    });
    set.clear();
    const together = averageMoments(moments, moments.map((_, electrode) => trust(electrode)));
    if (together !== null) whole(together.moment, together.quality, began);
  };
  return {
    hear: (band, powers, at) => {
      if (at - began > TOGETHER_MS) set.clear();
      else if (set.has(band)) flush();
      if (set.size === 0) began = at;
      set.set(band, powers.slice(0, MOST_ELECTRODES));
    },
  };
};

/** Puts messages of one electrode (with all its bands) together. */
export interface ElectrodeSet {
  hear(electrode: string, moment: BandMoment | null, atMs: number): void;
}

/** A set is whole when an electrode comes that it has already. */
export const createElectrodeSet = (whole: Whole): ElectrodeSet => {
  const set = new Map<string, BandMoment | null>();
  let began = 0;
  const flush = (): void => {
    const moments = [...set.values()];
    set.clear();
    const together = averageMoments(moments, moments.map(() => 1));
    if (together !== null) whole(together.moment, together.quality, began);
  };
  return {
    hear: (electrode, moment, at) => {
      if (at - began > TOGETHER_MS) set.clear();
      else if (set.has(electrode)) flush();
      if (set.size === 0) began = at;
      if (set.size < MOST_ELECTRODES) set.set(electrode, moment);
    },
  };
};
