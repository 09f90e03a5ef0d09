import { horseshoeQuality, powerOfBels, sensedNumber } from '../../../../core/signal/sensing/bands.ts';
import { createBandSet, type BandName } from '../band-set.ts';
import type { Layout, LayoutReader } from '../layout.ts';
import type { Senses } from '../senses.ts';

/** Samples a second of a Muse of 2016 and later. (The one of 2014 has 220: its bands are read an eighth too high.) */
const RAW_RATE = 256;
/** Petal's older form puts a sample's number and two times before the values. */
const PETAL_STAMP = 5;

const BANDS: readonly BandName[] = ['delta', 'theta', 'alpha', 'beta', 'gamma'];

/** `/muse/elements/delta_absolute`, `Person0/elements/...` (MuseIO), `/PetalStream/eeg`: the part before is the sender's own choice. */
const ADDRESS = /^(\/?[^/]{1,64})\/(elements\/(?:(?:delta|theta|alpha|beta|gamma)_absolute|horseshoe|touching_forehead|blink|jaw_clench)|eeg|acc|acceleration|gyro|gyroscope|batt|ppg|optics|drlref|telemetry|connection_status)$/;
const PETAL = /^\/?Petal/i;

const partsOf = (address: string): { readonly prefix: string; readonly what: string } | null => {
  const match = ADDRESS.exec(address);
  const [, prefix, what] = match ?? [];
  return prefix === undefined || what === undefined ? null : { prefix, what };
};

const reader = (senses: Senses): LayoutReader => {
  const set = createBandSet((electrode) => senses.trustOf(electrode), senses.bands);
  return {
    hear: ({ address, values }, at) => {
      const parts = partsOf(address);
      if (parts === null) return false;
      const told = PETAL.test(parts.prefix) && values.length > PETAL_STAMP ? values.slice(PETAL_STAMP) : values;
      const band = BANDS.find((name) => parts.what === `elements/${name}_absolute`);
      if (band !== undefined) set.hear(band, told.map(powerOfBels), at);
      else if (parts.what === 'elements/horseshoe') senses.trust(told.map(horseshoeQuality));
      else if (parts.what === 'elements/touching_forehead') senses.worn(sensedNumber(told[0]) !== 0);
      else if (parts.what === 'eeg') senses.raw(told.slice(0, 4).map(sensedNumber), RAW_RATE, at);
      else if (parts.what === 'acc' || parts.what === 'acceleration') {
        const [x, y, z] = told.map(sensedNumber);
        if (typeof x === 'number' && typeof y === 'number' && typeof z === 'number') senses.acceleration([x, y, z], at);
      }
      // What is left (gyroscope, pulse wave, battery, blinks) is known and not used.
      return true;
    },
  };
};

/** Mind Monitor for Muse headbands, and what sends like it: Petal, MuseIO. */
export const mindMonitor: Layout = {
  usualPort: 5_000,
  byPort: true,
  sleeper: (address) => partsOf(address)?.prefix ?? null,
  createReader: reader,
  check: 'the headband is on and charged, that the phone is near it and awake, and that OSC streams to this machine and port',
};
