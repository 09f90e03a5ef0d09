import { sensedNumber } from '../../../../core/signal/sensing/bands.ts';
import { createBandSet, type BandName, type BandSet } from '../band-set.ts';
import type { Layout, LayoutReader } from '../layout.ts';
import type { Senses } from '../senses.ts';

/** Bands by the last part of an address. goofi-pipe has beta in two. */
const BANDS: Readonly<Record<string, BandName | 'lowbeta' | 'highbeta'>> = {
  delta: 'delta', theta: 'theta', alpha: 'alpha', sigma: 'sigma', beta: 'beta', gamma: 'gamma', lowbeta: 'lowbeta', highbeta: 'highbeta',
};

const tell = (senses: Senses): Readonly<Record<string, (value: number, atMs: number) => void>> => ({
  hr: senses.heart,
  bpm: senses.heart,
  heartrate: senses.heart,
  rmssd: senses.rmssd,
  // Above 2 it is breaths a minute: nobody breathes twice a second, or twice a minute.
  respiration: (value, at) => senses.breath(value > 2 ? value / 60 : value, at),
  breath: (value, at) => senses.breath(value > 2 ? value / 60 : value, at),
  motion: senses.motion,
  movement: senses.motion,
});
/** Programs name a rate of something by two parts: `/heartrate/rate`, `/ecg/heartrate/channel1`. */
const OTHERS = new Set(['hr', 'bpm', 'heartrate', 'rmssd', 'respiration', 'breath', 'motion', 'movement']);
const MOST_CHANNELS = 64;

interface Named {
  /** What was named, a key of BANDS or of OTHERS. */
  readonly name: string;
  /** All else of the address: the electrode. */
  readonly channel: string;
}

const named = (address: string): Named | null => {
  const parts = address.toLowerCase().replaceAll(/[-_ ]/g, '').split('/').filter((part) => part !== '');
  const at = parts.findLastIndex((part) => Object.hasOwn(BANDS, part) || OTHERS.has(part));
  const name = parts[at];
  return name === undefined ? null : { name, channel: parts.filter((_, i) => i !== at).join('/') };
};

/** Bands of an electrode each in a set of its own, and two halves of beta made one. */
const createBands = (senses: Senses) => {
  const sets = new Map<string, BandSet>();
  const low = new Map<string, readonly (number | null)[]>();
  return (name: BandName | 'lowbeta' | 'highbeta', channel: string, powers: readonly (number | null)[], at: number): void => {
    let set = sets.get(channel);
    if (set === undefined) {
      if (sets.size >= MOST_CHANNELS) return;
      set = createBandSet(() => 1, senses.bands);
      sets.set(channel, set);
    }
    if (name === 'lowbeta') low.set(channel, powers);
    else if (name !== 'highbeta') set.hear(name, powers, at);
    else {
      const lower = low.get(channel);
      if (lower !== undefined) set.hear('beta', powers.map((power, i) => (power === null ? null : power + (lower[i] ?? 0))), at);
    }
  };
};

const reader = (senses: Senses): LayoutReader => {
  const bands = createBands(senses);
  const others = tell(senses);
  return {
    hear: ({ address, values }, at) => {
      const what = named(address);
      if (what === null) return false;
      const band = BANDS[what.name];
      if (band !== undefined) bands(band, what.channel, values.map(sensedNumber), at);
      else {
        const value = sensedNumber(values[0]);
        if (value !== null) others[what.name]?.(value, at);
      }
      return true;
    },
  };
};

const layout = (usualPort: number, check: string): Layout => ({
  usualPort,
  byPort: false,
  sleeper: (address) => (named(address) === null ? null : ''),
  createReader: reader,
  check,
});

/** goofi-pipe's OscOut: `/goofi/alpha`, or `/goofi/<table>/alpha`, a value for each electrode. */
export const goofi = layout(8_000, 'the goofi-pipe patch runs, and that its OscOut sends to this machine and port');
/** EEGsynth's outputosc: addresses are chosen in its .ini; `/spectral/channel1/alpha` is read, a value a message. */
export const eegSynth = layout(9_000, 'the EEGsynth patch runs with outputosc, and that it sends to this machine and port');
