import type { OscSource } from '../../../../core/ipc/room.ts';
import { sensedNumber } from '../../../../core/signal/sensing/bands.ts';
import { createBandSet, type BandName, type BandSet } from '../band-set.ts';
import type { Layout } from '../layout.ts';
import type { Senses } from '../senses.ts';

type Entry = OscSource['map'][number];

/** How each field is told; bands go by way of a set. */
const tellers = (senses: Senses, set: BandSet): Readonly<Record<Entry['field'], (value: number, atMs: number) => void>> => {
  const band = (name: BandName) => (value: number, at: number) => set.hear(name, [value >= 0 ? value : null], at);
  return {
    delta: band('delta'), theta: band('theta'), alpha: band('alpha'), sigma: band('sigma'), beta: band('beta'),
    hrBpm: senses.heart,
    rmssdMs: senses.rmssd,
    respHz: senses.breath,
    respPhase: senses.breathPhase,
    motion: senses.motion,
    dTempC: senses.temperature,
  };
};

/** Addresses as the host gives them: value x scale + offset goes to a field. Bands are powers in any one unit, or shares. */
export const mapped = (map: OscSource['map']): Layout => {
  const byAddress = new Map<string, Entry[]>();
  for (const entry of map) byAddress.set(entry.address, [...(byAddress.get(entry.address) ?? []), entry]);
  return {
    usualPort: 7_400,
    byPort: false,
    sleeper: (address) => (byAddress.has(address) ? '' : null),
    createReader: (senses) => {
      const tell = tellers(senses, createBandSet(() => 1, senses.bands));
      return {
        hear: ({ address, values }, at) => {
          const entries = byAddress.get(address);
          for (const { field, argument, scale, offset } of entries ?? []) {
            const value = sensedNumber(values[argument]);
            if (value !== null) tell[field](value * scale + offset, at);
          }
          return entries !== undefined;
        },
      };
    },
    check: 'the sender runs, and that it sends to this machine and port, to the addresses of the map',
  };
};
