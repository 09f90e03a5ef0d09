import type { BandMoment } from './bands.ts';
import type { Bands, EegReading, Sensed } from './reading.ts';

const WINDOW_SECONDS = 30;
/** Less than this of the last half minute tells nothing of a stage. */
const LEAST_SECONDS = 5;
/** With so much of it the window is whole. */
const WHOLE_SECONDS = 20;

/** Bands as they come, at any rate from one every 2 s, averaged over the last half minute and the last second. */
export interface BandWindow {
  add(moment: BandMoment, quality: number, atMs: number): void;
  /** Mean power of the last 30 s in shares; null while there is too little of it. */
  reading(atMs: number): Sensed<EegReading> | null;
  /** The last whole second that has anything, if it is one of the last two; for arousals. */
  rhythm(atMs: number): Sensed<Bands> | null;
}

/** One second: sums of power by band, gamma where it was told, and how much was heard. */
interface Second {
  readonly at: number;
  readonly powers: number[];
  gamma: number;
  withGamma: number;
  quality: number;
  count: number;
}

const secondOf = (atMs: number): number => Math.floor(atMs / 1_000);

const together = (seconds: readonly Second[]): Sensed<{ readonly bands: Bands; readonly gamma: number | null }> | null => {
  const powers = [0, 1, 2, 3, 4].map((k) => seconds.reduce((sum, { powers: own, count }) => sum + (own[k] ?? 0) / count, 0));
  const whole = powers.reduce((a, b) => a + b, 0);
  if (!(whole > 0)) return null;
  const share = (k: number): number => (powers[k] ?? 0) / whole;
  // Gamma over the power of just those seconds that told it.
  const told = seconds.filter(({ withGamma }) => withGamma > 0);
  const against = told.reduce((sum, { withGamma, count }) => sum + withGamma / count, 0);
  const gamma = told.length * 2 > seconds.length && against > 0 ? told.reduce((sum, second) => sum + second.gamma / second.count, 0) / against : null;
  const quality = seconds.reduce((sum, second) => sum + second.quality / second.count, 0) / seconds.length;
  return { value: { bands: [share(0), share(1), share(2), share(3), share(4)], gamma }, quality };
};

/** A window that has heard nothing. It keeps thirty sums and no more. */
export const createBandWindow = (): BandWindow => {
  let seconds: Second[] = [];
  return {
    add: ({ bands, gamma, power }, quality, atMs) => {
      const at = secondOf(atMs);
      let second = seconds.at(-1);
      if (second === undefined || second.at !== at) {
        second = { at, powers: [0, 0, 0, 0, 0], gamma: 0, withGamma: 0, quality: 0, count: 0 };
        seconds = [...seconds.filter((old) => old.at > at - WINDOW_SECONDS && old.at < at), second];
      }
      for (let k = 0; k < 5; k += 1) second.powers[k]! += (bands[k] ?? 0) * power;
      if (gamma !== null) {
        second.gamma += gamma * power;
        second.withGamma += power;
      }
      second.quality += quality;
      second.count += 1;
    },
    reading: (atMs) => {
      const now = secondOf(atMs);
      const heard = seconds.filter(({ at }) => at > now - WINDOW_SECONDS);
      if (heard.length < LEAST_SECONDS) return null;
      const mean = together(heard);
      if (mean === null) return null;
      const { bands, gamma } = mean.value;
      return { value: { bands, gamma, spindlePerMin: null, soPerMin: null }, quality: mean.quality * Math.min(1, heard.length / WHOLE_SECONDS) };
    },
    rhythm: (atMs) => {
      const now = secondOf(atMs);
      const last = seconds.findLast(({ at }) => at < now && at >= now - 2);
      const mean = last === undefined ? null : together([last]);
      return mean === null ? null : { value: mean.value.bands, quality: mean.quality };
    },
  };
};
