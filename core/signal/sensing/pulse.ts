import { butterworth, type Filter } from './filter.ts';
import { createRing, type Ring } from './ring.ts';

/** Finds heart beats in a raw signal as it comes. */
export interface PulseDetector {
  /** Any number of samples, in any unit. Returns the beats that were found, in seconds from the first sample, a few tenths of a second after they were. */
  push(samples: ArrayLike<number>): number[];
}

/** `ecg`: QRS complexes, of either sign; `pulse`: crests of a pulse wave (PPG, plethysmogram). */
export type PulseKind = 'ecg' | 'pulse';

interface Form {
  readonly band: readonly [low: number, high: number];
  /** Lengths of the two moving means, seconds: one wave, one beat. */
  readonly wave: number;
  readonly beat: number;
  /** What the slow mean must be exceeded by, as a share of the mean power. */
  readonly offset: number;
  /** How late the middle comes after the top of a made wave of usual width, seconds (measured): taken off the times. */
  readonly delay: number;
}

const FORMS: Readonly<Record<PulseKind, Form>> = {
  ecg: { band: [8, 20], wave: 0.097, beat: 0.611, offset: 0.08, delay: 0.032 },
  pulse: { band: [0.5, 8], wave: 0.111, beat: 0.667, offset: 0.02, delay: -0.005 },
};
/** No heart beats twice within this. */
const REFRACTORY_SECONDS = 0.3;
/** Mean power is that of the last 10 s or so. */
const MEAN_SECONDS = 10;

/** Mean of the last so many values. */
const createMovingMean = (length: number): Filter => {
  const past = createRing(length);
  let sum = 0;
  return (value) => {
    sum += value - (past.length === length ? past.at(0) : 0);
    past.push(value);
    return sum / past.length;
  };
};

/** The centre of mass of a run that began `back` samples ago, in samples from the newest; finer than a sample, and steadier than the highest one. */
const centreOf = (past: Ring, back: number, length: number): number => {
  const start = past.length - back;
  let [mass, moment] = [0, 0];
  for (let i = start; i < start + length; i += 1) {
    mass += past.at(i);
    moment += past.at(i) * (i - past.length + 1);
  }
  return mass > 0 ? moment / mass : length / 2 - back;
};

/**
 * Beats by two moving means of the power in a band: where the mean over one wave exceeds that over one beat, for as long as a wave
 * lasts, there is one, and its time is the middle of its power (Elgendi et al. 2010, BIOSIGNALS, for QRS: 8-20 Hz, 97 and 611 ms;
 * Elgendi et al. 2013, PLoS ONE 8:e76585, for pulse waves: .5-8 Hz, crests alone, 111 and 667 ms).
 * @param sampleRate samples a second, 25 (pulse) or 60 (ECG) to 2 000 @throws RangeError outside
 */
export const createPulseDetector = (sampleRate: number, kind: PulseKind = 'ecg'): PulseDetector => {
  if (!(sampleRate >= (kind === 'ecg' ? 60 : 25) && sampleRate <= 2_000)) throw new RangeError(`a heart signal at ${sampleRate} samples a second: ${kind === 'ecg' ? 60 : 25} to 2000 are wanted`);
  const { band, wave, beat, offset, delay } = FORMS[kind];
  const samplesIn = (seconds: number): number => 2 * Math.floor((seconds * sampleRate) / 2) + 1;
  const [waveSamples, beatSamples] = [samplesIn(wave), samplesIn(beat)];
  const high = butterworth('high', band[0], sampleRate);
  const low = butterworth('low', Math.min(band[1], sampleRate * 0.45), sampleRate);
  const waveMean = createMovingMean(waveSamples);
  const beatMean = createMovingMean(beatSamples);
  /** Both means are centred: the shorter waits for the longer. */
  const behind = (beatSamples - waveSamples) / 2;
  const waves = createRing(behind + 1);
  const powers = createRing(2 * beatSamples + Math.ceil(sampleRate));
  let meanPower = 0;
  let heard = 0;
  let last = 0;
  let run = 0;
  let lastBeat = Number.NEGATIVE_INFINITY;

  const end = (length: number, found: number[]): void => {
    // The run ended one sample ago, and its samples lie half the slow mean back.
    const at = (heard - 1 + centreOf(powers, 1 + length + (beatSamples - 1) / 2, length)) / sampleRate - delay;
    if (at - lastBeat < REFRACTORY_SECONDS) return;
    lastBeat = at;
    if (at >= 0) found.push(at);
  };

  const take = (sample: number, found: number[]): void => {
    const value = low(high(sample));
    const power = kind === 'pulse' && value < 0 ? 0 : value * value;
    heard += 1;
    powers.push(power);
    meanPower += (power - meanPower) / Math.min(heard, MEAN_SECONDS * sampleRate);
    waves.push(waveMean(power));
    const slow = beatMean(power);
    if (waves.at(0) > slow + offset * meanPower && heard > beatSamples) {
      run = Math.min(run + 1, beatSamples);
      return;
    }
    if (run >= waveSamples) end(run, found);
    run = 0;
  };

  return {
    push: (samples) => {
      const found: number[] = [];
      for (let i = 0; i < samples.length; i += 1) {
        const sample = samples[i]!;
        if (Number.isFinite(sample)) last = sample;
        take(last, found);
      }
      return found;
    },
  };
};
