import { createEegReader, type EegReader } from '../../core/signal/sensing/eeg.ts';
import { createSequenceCounter, MUSE_EEG_RATE, MUSE_ELECTRODES, parseMuseEeg } from '../../core/signal/sensing/muse.ts';
import type { PodMaker } from '../../core/signal/sensing/pod-maker.ts';
import type { SensorCard } from '../../core/ipc/sensors.ts';
import { MINIMUM_QUALITY } from '../../core/signal/pod-frame.ts';

const SAMPLES = 12;
/** Another electrode is listened to only where it is so much better, so that the bands do not leap to and fro. */
const BETTER = 0.2;
/** The brow first: slow waves are largest there. */
const ORDER = [1, 2, 0, 3] as const;

/** The four electrodes of a headband, of which the best is listened to. */
export interface Electrodes {
  /** A packet of one electrode; false for what is none. */
  readonly take: (electrode: number, bytes: Uint8Array) => boolean;
  readonly tell: (pod: PodMaker, atMs: number) => void;
  readonly health: () => Pick<SensorCard, 'contact' | 'quality' | 'lost'>;
}

const contactOf = (touching: number): SensorCard['contact'] => (touching === MUSE_ELECTRODES.length ? 'good' : touching > 0 ? 'poor' : 'off');

export const createElectrodes = (): Electrodes => {
  const each = MUSE_ELECTRODES.map(() => ({ reader: createEegReader(MUSE_EEG_RATE), counter: createSequenceCounter() }));
  let chosen: number = ORDER[0];
  const qualityOf = (reader: EegReader | undefined): number => reader?.read()?.quality ?? 0;
  return {
    take: (electrode, bytes) => {
      const packet = parseMuseEeg(bytes);
      const own = each[electrode];
      if (packet === null || own === undefined) return false;
      const lost = own.counter.hear(packet.sequence);
      if (lost === null) return true;
      if (lost > 0) own.reader.push(new Float64Array(lost * SAMPLES).fill(Number.NaN));
      own.reader.push(packet.samples);
      return true;
    },
    tell: (pod, at) => {
      const best = ORDER.reduce((before, next) => (qualityOf(each[next]?.reader) > qualityOf(each[before]?.reader) ? next : before), ORDER[0]);
      if (qualityOf(each[best]?.reader) > qualityOf(each[chosen]?.reader) + BETTER) chosen = best;
      const reader = each[chosen]?.reader;
      const reading = reader?.read() ?? null;
      const rhythm = reader?.rhythm() ?? null;
      if (reading !== null) pod.eeg(reading, at);
      if (rhythm !== null) pod.rhythm(rhythm, at);
    },
    health: () => {
      const readings = each.map(({ reader }) => reader.read()).filter((reading) => reading !== null);
      const heard = each.reduce((sum, { counter }) => sum + counter.heard, 0);
      const lost = each.reduce((sum, { counter }) => sum + counter.lost, 0);
      // An electrode that is off all the while has no reading at all, as all have before the first seconds are over.
      const begun = each.some(({ counter }) => counter.heard * SAMPLES > 6 * MUSE_EEG_RATE);
      const touching = readings.filter(({ quality }) => quality >= MINIMUM_QUALITY).length;
      return {
        contact: begun ? contactOf(touching) : 'unknown',
        quality: begun ? Math.max(0, ...readings.map(({ quality }) => quality)) : null,
        lost: heard === 0 ? null : lost / (heard + lost),
      };
    },
  };
};
