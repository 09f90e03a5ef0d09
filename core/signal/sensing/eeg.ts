import { TWO_PI, cos } from '../../math/elementary.ts';
import { createSpectrum, powerOfTwoFrom } from '../../math/fft.ts';
import { createArtefactWatch } from './artefacts.ts';
import { thinned } from './filter.ts';
import type { Bands, EegReading, Sensed } from './reading.ts';
import { createRing, type Ring } from './ring.ts';
import { createSlowWaveDetector } from './slow-waves.ts';
import { createSpindleDetector } from './spindles.ts';

/** Features of one raw EEG signal, as it comes. */
export interface EegReader {
  /** Any number of samples, microvolts; an offset does not matter. One that is no number counts as lost. */
  push(samplesMicrovolts: ArrayLike<number>): void;
  /** The last half minute; null before the first 4 s, and where all of it is artefact. */
  read(): Sensed<EegReading> | null;
  /** Bands of the last 2 s, from which arousals are told; null where they are not whole. */
  rhythm(): Sensed<Bands> | null;
}

/** Lower and upper edges of delta, theta, alpha, sigma, beta and gamma, Hz. */
const EDGES = [0.5, 4, 8, 12, 16, 30, 45] as const;
const BANDS = 5;
/** Half the rate must lie above this for gamma to be told. */
const GAMMA_HALF_RATE = 46;
/** Less gamma than this in all was filtered out before it came here, and tells nothing. */
const LEAST_GAMMA = 2e-4;
const WINDOW_SECONDS = 4;
const STEP_SECONDS = 2;
/** Windows of the last 30 s: those that begin 0, 2, ... 26 s after its start. */
const WINDOWS = 14;
const RHYTHM_SECONDS = 2;
/** Spindles and slow oscillations are counted over a minute. */
const COUNTED_SECONDS = 60;
/** Fewer good seconds than this and a rate a minute says nothing. */
const LEAST_COUNTED = 20;
/** Below this rate sigma lies too near the edge of what the samples hold. */
const LOWEST_RATE = 50;

/** Power in each band of the `seconds` last samples of a signal: Hann window, straight line taken out. Null where there is none. */
const createBandMeter = (rate: number, seconds: number): ((past: Ring) => Float64Array | null) => {
  const size = Math.round(seconds * rate);
  const spectrum = createSpectrum(powerOfTwoFrom(size));
  const hann = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * cos((TWO_PI * i) / size));
  const samples = new Float64Array(spectrum.size);
  const centre = (size - 1) / 2;
  const moment = (size * (size * size - 1)) / 12;
  return (past) => {
    if (past.last(size, samples) < size) return null;
    let mean = 0;
    let slope = 0;
    for (let i = 0; i < size; i += 1) {
      mean += samples[i]! / size;
      slope += (samples[i]! * (i - centre)) / moment;
    }
    for (let i = 0; i < size; i += 1) samples[i] = (samples[i]! - mean - slope * (i - centre)) * hann[i]!;
    const power = spectrum.power(samples);
    const bands = new Float64Array(EDGES.length - 1);
    for (let band = 0; band < bands.length; band += 1) {
      const from = Math.ceil((EDGES[band]! * spectrum.size) / rate);
      const to = Math.ceil((EDGES[band + 1]! * spectrum.size) / rate);
      for (let k = from; k < to && k < power.length; k += 1) bands[band]! += power[k]!;
    }
    return bands;
  };
};

const wholeOf = (power: Float64Array): number => power.subarray(0, BANDS).reduce((a, b) => a + b, 0);

/** Shares of the whole; null where there is no power at all. */
const relative = (power: Float64Array): Bands | null => {
  const whole = wholeOf(power);
  if (!(whole > 1e-9)) return null;
  const share = (k: number): number => (power[k] ?? 0) / whole;
  return [share(0), share(1), share(2), share(3), share(4)];
};

/** Seconds at which something was found, of the last minute. */
const createCounter = () => {
  let found: number[] = [];
  return {
    add: (second: number): void => {
      found.push(second);
    },
    within: (from: number, counts: (second: number) => boolean): number => {
      found = found.filter((second) => second >= from);
      return found.filter(counts).length;
    },
  };
};

/**
 * Reads one EEG signal: relative band powers by Welch's method (Welch 1967: 4 s Hann windows, half overlapping, the mean over
 * those of the last 30 s that hold no artefact), spindles and slow oscillations of the last minute. From 256 Hz on the signal is first
 * thinned out to between 128 and 256 Hz, where mains hum cannot fold onto the bands.
 * Quality is the share of sound seconds among the last 30, less where the mains hum is loud (artefacts.ts).
 * @param sampleRate samples a second, 50 or more (50 to 500 is tried; below 60 Hz beta ends at half the rate) @throws RangeError below
 */
export const createEegReader = (sampleRate: number): EegReader => {
  if (!(sampleRate >= LOWEST_RATE && sampleRate <= 100_000)) throw new RangeError(`an EEG at ${sampleRate} samples a second: ${LOWEST_RATE} or more are wanted`);
  const factor = Math.max(1, Math.floor(sampleRate / 128));
  const rate = sampleRate / factor;
  const past = createRing(Math.round(WINDOW_SECONDS * rate));
  const artefacts = createArtefactWatch(rate);
  const measure = createBandMeter(rate, WINDOW_SECONDS);
  const measureNow = createBandMeter(rate, RHYTHM_SECONDS);
  const spindles = createSpindleDetector(rate);
  const slowWaves = createSlowWaveDetector(rate);
  const spindleTimes = createCounter();
  const slowWaveTimes = createCounter();
  const step = Math.round(STEP_SECONDS * rate);
  const windows: (Float64Array | null)[] = [];
  let heard = 0;
  let last = 0;
  let lost = 0;

  const endWindow = (): void => {
    const sound = artefacts.soundSince(Math.ceil(WINDOW_SECONDS));
    windows.push(sound ? measure(past) : null);
    if (windows.length > WINDOWS) windows.shift();
  };

  const take = (sample: number): void => {
    past.push(sample);
    artefacts.push(sample, lost > 0);
    lost = 0;
    const spindle = spindles.push(sample);
    if (spindle !== null) spindleTimes.add(spindle);
    if (slowWaves.push(sample)) slowWaveTimes.add(heard / rate);
    heard += 1;
    if (heard % step === 0 && heard >= WINDOW_SECONDS * rate) endWindow();
  };
  const thin = factor === 1 ? take : thinned(factor, take);

  const rates = (): Pick<EegReading, 'spindlePerMin' | 'soPerMin'> => {
    const now = heard / rate;
    const seconds = artefacts.soundSeconds(COUNTED_SECONDS);
    if (seconds < LEAST_COUNTED) return { spindlePerMin: null, soPerMin: null };
    const aMinute = (counter: ReturnType<typeof createCounter>): number => (counter.within(now - COUNTED_SECONDS, (at) => artefacts.isSound(Math.floor(at))) * 60) / seconds;
    return { spindlePerMin: Math.min(60, aMinute(spindleTimes)), soPerMin: Math.min(120, aMinute(slowWaveTimes)) };
  };

  return {
    push: (samples) => {
      for (let i = 0; i < samples.length; i += 1) {
        const sample = samples[i]!;
        // A lost sample is held over: a gap of zeros would ring in every band.
        if (Number.isFinite(sample) && Math.abs(sample) < 1e7) last = sample;
        else lost += 1;
        thin(last);
      }
    },
    read: () => {
      const sound = windows.filter((each) => each !== null);
      if (sound.length === 0) return null;
      const power = new Float64Array(EDGES.length - 1);
      for (const each of sound) for (let k = 0; k < power.length; k += 1) power[k]! += each[k]! / sound.length;
      const bands = relative(power);
      if (bands === null) return null;
      const gamma = (power[BANDS] ?? 0) / wholeOf(power);
      return { value: { bands, ...rates(), gamma: rate / 2 >= GAMMA_HALF_RATE && gamma >= LEAST_GAMMA ? gamma : null }, quality: artefacts.quality() };
    },
    rhythm: () => {
      const power = measureNow(past);
      const bands = power === null ? null : relative(power);
      return bands === null ? null : { value: bands, quality: artefacts.soundSince(RHYTHM_SECONDS) ? 1 : 0 };
    },
  };
};
