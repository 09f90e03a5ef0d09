import { exp2, pow } from '../math/elementary.ts';
import { frequencyOfPitch, TABLE_SIZE } from './phase.ts';
import { addMorph, type Span } from './strand.ts';

/** Steps of brightness, each a table of its own; between two the sound is a mixture of both. */
const LEVELS = 8;
const HARMONICS = 32;
const LOWEST_KEY = 21;
const KEYS_A_BANK = 3;
const BANKS = 33;
/** Nothing is made above this frequency, in Hz: a sleeper's music wants no hiss and no aliasing. */
const TOP_HERTZ = 7_000;

/**
 * A timbre: for each three keys and each brightness step one cycle, made of harmonics that are
 * already filtered. A filter that runs would remember for ever; a filter baked into the harmonics
 * remembers nothing, costs nothing and gives the same bits wherever a rendering starts.
 */
export interface Timbre {
  /** The table of bank `bankOf(pitch)` plus a level; a bank is made when it is first asked for. */
  table(index: number): Float32Array;
}

/** Amplitude of harmonic `h` (1 and up) of a note of `hertz` at a brightness of 0..1. */
export type Spectrum = (h: number, hertz: number, brightness: number) => number;

/**
 * Sign of harmonic `h` by the Rudin-Shapiro sequence: the cycle's energy spreads over its length instead of
 * gathering in one steep edge. The ear hears no difference, but peaks are lower.
 */
const signOf = (h: number): number => {
  let pairs = (h - 1) & ((h - 1) >> 1);
  let sign = 1;
  for (; pairs !== 0; pairs &= pairs - 1) sign = -sign;
  return sign;
};

/** A cycle from sine harmonics; odd symmetry gives the second half and makes it free of DC. */
const cycleOf = (amplitudes: Float64Array, sine: Float32Array): Float32Array => {
  const table = new Float32Array(TABLE_SIZE + 1);
  const half = TABLE_SIZE / 2;
  for (let i = 1; i < half; i += 1) {
    let sum = 0;
    for (let h = 1; h <= HARMONICS; h += 1) {
      const amplitude = amplitudes[h] as number;
      if (amplitude !== 0) sum += amplitude * (sine[(i * h) & (TABLE_SIZE - 1)] as number);
    }
    table[i] = sum;
    table[TABLE_SIZE - i] = -sum;
  }
  return table;
};

/** A timbre from a spectrum; harmonics of less than -80 dB are left out. A bank takes about half a millisecond. */
export const makeTimbre = (spectrum: Spectrum, sine: Float32Array): Timbre => {
  const tables = new Array<Float32Array | undefined>(BANKS * LEVELS).fill(undefined);
  const amplitudes = new Float64Array(HARMONICS + 1);
  const makeBank = (bank: number): void => {
    const hertz = frequencyOfPitch(LOWEST_KEY + bank * KEYS_A_BANK + (KEYS_A_BANK - 1) / 2);
    for (let level = 0; level < LEVELS; level += 1) {
      for (let h = 1; h <= HARMONICS; h += 1) {
        const amplitude = h > 1 && h * hertz > TOP_HERTZ ? 0 : spectrum(h, hertz, level / (LEVELS - 1));
        amplitudes[h] = amplitude < 1e-4 ? 0 : amplitude * signOf(h);
      }
      tables[bank * LEVELS + level] = cycleOf(amplitudes, sine);
    }
  };
  return {
    table: (index) => {
      if (tables[index] === undefined) makeBank(Math.floor(index / LEVELS));
      return tables[index] as Float32Array;
    },
  };
};

/** Where the tables of a pitch begin. */
export const bankOf = (pitch: number): number => {
  const bank = Math.floor((pitch + 0.5 - LOWEST_KEY) / KEYS_A_BANK);
  return Math.min(BANKS - 1, Math.max(0, bank)) * LEVELS;
};

/** Lower of the two levels around a brightness of 0..1. */
const levelOf = (brightness: number): number => Math.min(LEVELS - 2, Math.floor(brightness * (LEVELS - 1)));

/** Keeps a brightness within 0..1. */
export const clamp01 = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/**
 * Adds one oscillator of a timbre: brightness and gain are linear from the span's begin to its end.
 * Where brightness crosses from one pair of tables into the next, one pair fades out under the other.
 */
export const addTimbre = (
  span: Span, timbre: Timbre, bank: number, phase: number, step: number,
  brightness0: number, brightness1: number, gain0: number, gain1: number, wl: number, wr: number,
): void => {
  const level0 = levelOf(brightness0);
  const level1 = levelOf(brightness1);
  const m0 = brightness0 * (LEVELS - 1) - level0;
  const m1 = brightness1 * (LEVELS - 1) - level1;
  const a = timbre.table(bank + level0);
  const b = timbre.table(bank + level0 + 1);
  if (level0 === level1) {
    addMorph(span, a, b, phase, step, gain0 * (1 - m0), gain1 * (1 - m1), gain0 * m0, gain1 * m1, wl, wr);
    return;
  }
  addMorph(span, a, b, phase, step, gain0 * (1 - m0), 0, gain0 * m0, 0, wl, wr);
  const c = timbre.table(bank + level1);
  const d = timbre.table(bank + level1 + 1);
  addMorph(span, c, d, phase, step, 0, gain1 * (1 - m1), 0, gain1 * m1, wl, wr);
};

/**
 * A soft sawtooth through a four-pole low-pass whose corner goes from `corner` Hz (brightness 0) up
 * by `octaves` (brightness 1); `slope` is the exponent with which harmonics fall. The corner never
 * lies below the note itself, so that high notes stay audible.
 */
export const softSaw = (corner: number, octaves: number, slope: number): Spectrum => (h, hertz, brightness) => {
  const cut = Math.max(corner * exp2(octaves * brightness), hertz * (1 + brightness));
  const ratio = (h * hertz) / cut;
  const square = ratio * ratio;
  const first = hertz / cut;
  const reference = 1 + first * first * first * first;
  return (pow(h, -slope) * reference) / (1 + square * square);
};
