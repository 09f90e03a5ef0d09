import { createArousalDetector } from '../../core/signal/sensing/arousal.ts';
import { createBreathReader, type BreathReader } from '../../core/signal/sensing/breath.ts';
import { createEegReader, type EegReader } from '../../core/signal/sensing/eeg.ts';
import { createHeartReader } from '../../core/signal/sensing/heart.ts';
import { createPulseDetector } from '../../core/signal/sensing/pulse.ts';
import type { Sensed } from '../../core/signal/sensing/reading.ts';
import { createStager } from '../../core/signal/sensing/stager.ts';
import type { PerStage } from '../../core/signal/stages.ts';
import { MINIMUM_QUALITY } from '../../core/signal/pod-frame.ts';
import type { Role } from './channels.ts';
import type { Row } from './series-writer.ts';

/** A signal that is read, with its rate in samples a second. */
export interface SensorSignal {
  readonly role: Role;
  readonly rate: number;
}

/** The signals of one person, read together. */
export interface NightSensors {
  push(signal: number, samples: Float64Array): void;
  /** What is known at the end of this second of the recording. */
  row(second: number): Row;
  /** After a gap: what was heard before says nothing of now. */
  restart(second: number): void;
}

/** Good enough to stay with the first choice. */
const GOOD_ENOUGH = 0.5;

/** What the first reader says that is good enough, else the best; the readers behind it are not asked. */
const bestOf = <R, T>(readers: readonly R[], read: (reader: R) => Sensed<T> | null): Sensed<T> | null => {
  let best: Sensed<T> | null = null;
  for (const reader of readers) {
    const reading = read(reader);
    if (reading !== null && reading.quality >= GOOD_ENOUGH) return reading;
    if (reading !== null && reading.quality > (best?.quality ?? -1)) best = reading;
  }
  return best;
};

/**
 * Readers for each signal by its role. Of several EEGs, or several belts, the first counts as long as it is good; the heart is
 * heard by one signal.
 */
export const createNightSensors = (signals: readonly SensorSignal[]): NightSensors => {
  const stager = createStager();
  const arousals = createArousalDetector();
  let pStage: PerStage<number> | null = null;
  let start = 0;
  let rateNow: number | null = null;
  let brains: EegReader[] = [];
  let breaths: BreathReader[] = [];
  let heart = createHeartReader();
  let pushers: ((samples: Float64Array) => void)[] = [];

  const pusherFor = ({ role, rate }: SensorSignal): ((samples: Float64Array) => void) => {
    switch (role) {
      case 'eeg': {
        const reader = createEegReader(rate);
        brains.push(reader);
        return reader.push;
      }
      case 'effort':
      case 'flow': {
        const reader = createBreathReader(rate, role);
        breaths.push(reader);
        return reader.push;
      }
      case 'ecg':
      case 'pulse wave': {
        const detector = createPulseDetector(rate, role === 'ecg' ? 'ecg' : 'pulse');
        const from = start;
        return (samples) => {
          for (const beat of detector.push(samples)) heart.beat((from + beat) * 1_000);
        };
      }
      case 'heart rate':
      case 'stages':
        return () => undefined;
    }
  };

  const restart = (second: number): void => {
    start = second;
    brains = [];
    breaths = [];
    heart = createHeartReader();
    pushers = signals.map(pusherFor);
  };
  restart(0);

  return {
    push: (signal, samples) => {
      pushers[signal]?.(samples);
      const last = samples.at(-1);
      if (signals[signal]?.role === 'heart rate' && last !== undefined) rateNow = last;
    },
    row: (second) => {
      const now = (second + 1) * 1_000;
      if (rateNow !== null) heart.rate(rateNow, now);
      rateNow = null;
      const eeg = bestOf(brains, (reader) => reader.read());
      if (eeg !== null && eeg.quality >= MINIMUM_QUALITY) pStage = stager.hear(eeg.value, now);
      const rhythm = bestOf(brains, (reader) => reader.rhythm());
      const arousal = rhythm === null || rhythm.quality < MINIMUM_QUALITY ? null : arousals.hear({ bands: rhythm.value, motion: 0, wake: pStage?.[0] ?? 0 }, now);
      return { eeg, arousal, pStage: eeg === null ? null : pStage, heart: heart.read(now), breath: bestOf(breaths, (reader) => reader.read()) };
    },
    restart,
  };
};
