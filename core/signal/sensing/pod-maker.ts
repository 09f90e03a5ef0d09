import { MINIMUM_QUALITY, type PodFrame } from '../pod-frame.ts';
import { EPOCH_SECONDS, type PerStage } from '../stages.ts';
import { TWO_PI } from '../../math/elementary.ts';
import { createArousalDetector } from './arousal.ts';
import type { Bands, BreathReading, EegReading, HeartReading, Sensed, StageReading } from './reading.ts';
import { createStager } from './stager.ts';

/** A reading counts whole for this long (or for one and a half times as long as its sensor takes between two) ... */
const WHOLE_MS = 5_000;
/** ... then its quality falls in a straight line to nothing in this time, and its fields become null. */
const FADE_MS = 10_000;
/** No sensor may take longer between two readings and still be heard all the while. */
const SLOWEST_MS = 60_000;
/** Skin temperature moves slowly and is sent seldom. */
const TEMPERATURE_MS = 180_000;

/**
 * Makes the pod frames of one sleeper out of what sensors tell. Times are the pod's own, in milliseconds, never running
 * back. Readings that are no numbers are passed over, so a frame always fits `podFrameSchema`.
 */
export interface PodMaker {
  /** The EEG of the last half minute; stages are told from it unless `stage` says them. At any rate from 10 a second to 2 a minute. */
  eeg(reading: Sensed<EegReading>, atMs: number): void;
  /** Bands of the last second or so, at least one a second: arousals are told from them. Without them arousals are unknown. */
  rhythm(bands: Sensed<Bands>, atMs: number): void;
  /** Stages from elsewhere, such as a hypnogram, from now on in place of the pod's own; null: not scored just now. */
  stage(reading: StageReading | null, atMs: number): void;
  heart(reading: Sensed<HeartReading>, atMs: number): void;
  breath(reading: Sensed<BreathReading>, atMs: number): void;
  /** 0..1 */
  motion(reading: Sensed<number>, atMs: number): void;
  /** Skin temperature against the sleeper's own, degrees Celsius. */
  temperature(deltaC: number, atMs: number): void;
  setConsent(consent: PodFrame['consent']): void;
  /** A new session id: frames count from 0 again, and nothing that was sensed is forgotten. @param sid 16 hexadecimal digits */
  rotate(sid: string): void;
  /** The frame of this second. Null before anything was sensed, and while every sensor is silent: the pod then fades in the Nexus. */
  frame(atMs: number): PodFrame | null;
}

export interface PodMakerOptions {
  /** 16 hexadecimal digits, random. */
  readonly sid: string;
  readonly consent: PodFrame['consent'];
}

interface Kept<T> {
  readonly value: T;
  readonly quality: number;
  readonly at: number;
  /** How long the sensor took since its reading before. */
  readonly interval: number;
}

/** One sensor's last reading, and how much of it is left at a time. */
interface Slot<T> {
  put(value: T, quality: number, at: number): void;
  /** 0 where there is none or it is too old. */
  quality(at: number): number;
  /** Null where the quality is 0. */
  at(now: number): Kept<T> | null;
}

const createSlot = <T>(): Slot<T> => {
  let kept: Kept<T> | null = null;
  const quality = (now: number): number => {
    if (kept === null) return 0;
    const whole = Math.max(WHOLE_MS, 1.5 * kept.interval);
    return kept.quality * Math.min(1, Math.max(0, 1 - (now - kept.at - whole) / FADE_MS));
  };
  return {
    put: (value, given, at) => {
      const share = Number.isFinite(given) ? Math.min(1, Math.max(0, given)) : 0;
      kept = { value, quality: share, at, interval: kept === null ? 0 : Math.min(SLOWEST_MS, Math.max(0, at - kept.at)) };
    },
    quality,
    at: (now) => (quality(now) > 0 ? kept : null),
  };
};

type Five = [number, number, number, number, number];

/** Five shares that sum to 1, or null where they are no shares. */
const shares = (values: PerStage<number>): Five | null => {
  if (!values.every((value) => Number.isFinite(value) && value >= 0)) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  if (!(sum > 0) || !Number.isFinite(sum)) return null;
  const of = (value: number): number => Math.min(1, value / sum);
  return [of(values[0]), of(values[1]), of(values[2]), of(values[3]), of(values[4])];
};

const within = (value: number | null | undefined, low: number, high: number): number | null =>
  value === null || value === undefined || !(value >= low && value <= high) ? null : value;

const clamped = (value: number | null, high: number): number | null => (value === null || !Number.isFinite(value) ? null : Math.min(high, Math.max(0, value)));

const wrapped = (phase: number | null): number | null => {
  if (phase === null || !Number.isFinite(phase)) return null;
  const turned = phase - TWO_PI * Math.floor(phase / TWO_PI);
  return turned < TWO_PI && turned >= 0 ? turned : 0;
};

/** A maker with nothing sensed yet. */
export const createPodMaker = (options: PodMakerOptions): PodMaker => {
  const eeg = createSlot<EegReading>();
  const own = createSlot<PerStage<number>>();
  const told = createSlot<StageReading | null>();
  const rhythm = createSlot<0 | 1>();
  const heart = createSlot<HeartReading>();
  const breath = createSlot<BreathReading>();
  const motion = createSlot<number>();
  const stager = createStager();
  const arousals = createArousalDetector();
  let { sid, consent } = options;
  let seq = 0;
  let first: number | null = null;
  let override = false;
  let temperature: { readonly value: number; readonly at: number } | null = null;

  const sensed = (at: number): void => {
    first ??= at;
  };

  const stages = (now: number): Pick<PodFrame, 'pStage' | 'stageAgeS' | 'arousal'> => {
    const kept = override ? told.at(now) : own.at(now);
    const reading = override ? (told.at(now)?.value ?? null) : null;
    const p = override ? (reading?.pStage ?? null) : (own.at(now)?.value ?? null);
    const pStage = p === null ? null : shares(p);
    const stageAgeS = kept === null || pStage === null ? null : Math.min(86_400, Math.max(0, (now - kept.at) / 1_000));
    return { pStage, stageAgeS, arousal: override ? (reading?.arousal ?? null) : (rhythm.at(now)?.value ?? null) };
  };

  const quality = (now: number): PodFrame['q'] => ({
    eeg: override ? told.quality(now) : Math.max(eeg.quality(now), rhythm.quality(now)),
    hr: heart.quality(now),
    resp: breath.quality(now),
    motion: motion.quality(now),
  });

  return {
    eeg: ({ value, quality: given }, at) => {
      const bands = shares(value.bands);
      if (bands === null) return;
      sensed(at);
      eeg.put({ ...value, bands }, given, at);
      // An electrode that is off tells nothing of sleep: the stage before is held, and ages.
      if (!override && given >= MINIMUM_QUALITY) own.put(stager.hear({ ...value, bands }, at), given, at);
    },
    rhythm: ({ value, quality: given }, at) => {
      const bands = shares(value);
      if (bands === null) return;
      sensed(at);
      if (given < MINIMUM_QUALITY) return;
      const wake = own.at(at)?.value[0] ?? 0;
      rhythm.put(arousals.hear({ bands, motion: motion.at(at)?.value ?? 0, wake }, at), given, at);
    },
    stage: (reading, at) => {
      sensed(at);
      override = true;
      told.put(reading, 1, at);
    },
    heart: ({ value, quality: given }, at) => {
      if (within(value.hrBpm, 20, 250) === null) return;
      sensed(at);
      heart.put(value, given, at);
    },
    breath: ({ value, quality: given }, at) => {
      if (within(value.respHz, 0.02, 2) === null) return;
      sensed(at);
      breath.put(value, given, at);
    },
    motion: ({ value, quality: given }, at) => {
      if (!Number.isFinite(value)) return;
      sensed(at);
      motion.put(Math.min(1, Math.max(0, value)), given, at);
    },
    temperature: (deltaC, at) => {
      if (within(deltaC, -20, 20) === null) return;
      sensed(at);
      temperature = { value: deltaC, at };
    },
    setConsent: (given) => {
      consent = given;
    },
    rotate: (next) => {
      sid = next;
      seq = 0;
    },
    frame: (now) => {
      if (first === null) return null;
      const q = quality(now);
      const warm = temperature !== null && now - temperature.at <= TEMPERATURE_MS ? temperature.value : null;
      if (warm === null && q.eeg + q.hr + q.resp + q.motion <= 0) return null;
      const brain = eeg.at(now)?.value ?? null;
      const beat = heart.at(now)?.value ?? null;
      const air = breath.at(now)?.value ?? null;
      const { bands = null, spindlePerMin = null, soPerMin = null } = brain ?? {};
      const frame: PodFrame = {
        v: 1,
        sid,
        seq,
        tMono: Math.max(0, Math.floor(now)),
        epochIdx: Math.min(1_000_000, Math.max(0, Math.floor((now - first) / (EPOCH_SECONDS * 1_000)))),
        ...stages(now),
        bands: bands === null ? null : shares(bands),
        spindlePerMin: clamped(spindlePerMin, 60),
        soPerMin: clamped(soPerMin, 120),
        hrBpm: beat?.hrBpm ?? null,
        rmssdMs: within(beat?.rmssdMs, 0, 1_000),
        respHz: air?.respHz ?? null,
        respPhase: wrapped(air?.respPhase ?? null),
        motion: motion.at(now)?.value ?? null,
        dTempC: warm,
        q,
        consent,
      };
      seq = seq >= 0xffff_ffff ? 0 : seq + 1;
      return frame;
    },
  };
};
