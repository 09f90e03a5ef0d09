import type { BandMoment } from '../../../core/signal/sensing/bands.ts';
import { createBandWindow } from '../../../core/signal/sensing/band-window.ts';
import { createMovementReader } from '../../../core/signal/sensing/movement.ts';
import { createPodMaker } from '../../../core/signal/sensing/pod-maker.ts';
import type { PodFrame } from '../../../core/signal/pod-frame.ts';
import { createRawEeg, type RawEeg } from './raw-eeg.ts';

/** What layouts tell of one sleeper. Values are checked here or further in: what is out of range is passed over. */
export interface Senses {
  /** Bands of a moment; while they come, raw samples are not listened to. */
  bands(moment: BandMoment, quality: number, atMs: number): void;
  /** One raw sample of each electrode, microvolts. @param rate samples a second; the first one holds */
  raw(samples: readonly (number | null)[], rate: number, atMs: number): void;
  /** Trust in each electrode, 0..1. */
  trust(each: readonly number[]): void;
  /** Whether the sensor lies on the skin at all. */
  worn(worn: boolean): void;
  trustOf(electrode: number): number;
  heart(bpm: number, atMs: number): void;
  rmssd(ms: number, atMs: number): void;
  breath(hz: number, atMs: number): void;
  breathPhase(radians: number, atMs: number): void;
  /** 0..1 */
  motion(amount: number, atMs: number): void;
  /** g, about 50 a second */
  acceleration(sample: readonly [number, number, number], atMs: number): void;
  temperature(deltaC: number, atMs: number): void;
  /** The frame of this second; null where nothing is sensed. */
  second(atMs: number): PodFrame | null;
}

/** Bands that came within this time are better than raw samples, of which the network loses some. */
const BANDS_HOLD_MS = 10_000;
/** A value that belongs to another (RMSSD to a heart rate, a phase to a breath rate) is of the same moment for so long. */
const PAIRED_MS = 5_000;
const MOVEMENT_RATE = 50;
/** Neither rate nor range of a phase is promised by those who send it. */
const SENT_QUALITY = 0.8;

export const createSenses = (sid: string, consent: PodFrame['consent']): Senses => {
  const maker = createPodMaker({ sid, consent });
  const window = createBandWindow();
  const movement = createMovementReader(MOVEMENT_RATE);
  let rawEeg: RawEeg | null = null;
  let trusts: readonly number[] = [];
  let isWorn = true;
  let bandsAt: number | null = null;
  let rawAt: number | null = null;
  let movedAt: number | null = null;
  let rmssd: { readonly value: number; readonly at: number } | null = null;
  let phase: { readonly value: number; readonly at: number } | null = null;
  let breathRate: { readonly value: number; readonly at: number } | null = null;

  const trustOf = (electrode: number): number => (isWorn ? (trusts[electrode] ?? 1) : 0);
  const paired = (kept: typeof rmssd, at: number): number | null => (kept !== null && at - kept.at <= PAIRED_MS ? kept.value : null);
  const within = (then: number | null, now: number, ms: number): boolean => then !== null && now - then <= ms;

  const eeg = (at: number): void => {
    const raw = rawEeg !== null && !within(bandsAt, at, BANDS_HOLD_MS) && within(rawAt, at, PAIRED_MS) ? rawEeg : null;
    const reading = raw === null ? window.reading(at) : raw.read(trustOf);
    const rhythm = raw === null ? window.rhythm(at) : raw.rhythm(trustOf);
    if (reading !== null) maker.eeg(reading, at);
    if (rhythm !== null) maker.rhythm(rhythm, at);
  };

  return {
    bands: (moment, quality, at) => {
      bandsAt = at;
      window.add(moment, quality, at);
    },
    raw: (samples, rate, at) => {
      rawAt = at;
      if (within(bandsAt, at, BANDS_HOLD_MS)) {
        // The readers would have a gap in them by the time they are wanted.
        rawEeg = null;
        return;
      }
      rawEeg ??= createRawEeg(rate);
      rawEeg.push(samples);
    },
    trust: (each) => {
      trusts = each;
    },
    worn: (worn) => {
      isWorn = worn;
    },
    trustOf,
    heart: (bpm, at) => maker.heart({ value: { hrBpm: bpm, rmssdMs: paired(rmssd, at) }, quality: SENT_QUALITY }, at),
    rmssd: (ms, at) => {
      rmssd = { value: ms, at };
    },
    breath: (hz, at) => {
      breathRate = { value: hz, at };
      maker.breath({ value: { respHz: hz, respPhase: paired(phase, at) }, quality: SENT_QUALITY }, at);
    },
    breathPhase: (radians, at) => {
      phase = { value: radians, at };
      const hz = paired(breathRate, at);
      if (hz !== null) maker.breath({ value: { respHz: hz, respPhase: radians }, quality: SENT_QUALITY }, at);
    },
    motion: (amount, at) => maker.motion({ value: amount, quality: SENT_QUALITY }, at),
    acceleration: (sample, at) => {
      movedAt = at;
      movement.push(sample);
    },
    temperature: (deltaC, at) => maker.temperature(deltaC, at),
    second: (at) => {
      eeg(at);
      const moved = within(movedAt, at, 2_000) ? movement.read() : null;
      if (moved !== null) maker.motion(moved, at);
      return maker.frame(at);
    },
  };
};
