import { SAMPLE_RATE } from '../units.ts';
import { exp2, sin, TWO_PI } from '../math/elementary.ts';

/**
 * Phases are 32-bit whole numbers, a full turn being 2^32: adding wraps by itself, and the phase
 * after n frames is start + n x step exactly, however far away n is. That is why a note may be
 * joined in its middle without having been followed from its onset.
 */
const TURN = 4_294_967_296;

/** Frequency of a MIDI key with fraction, in Hz (equal temperament, 69 is 440 Hz; tuning is already in the fraction). */
export const frequencyOfPitch = (pitch: number): number => 440 * exp2((pitch - 69) / 12);

/** Phase advance a frame of a frequency in Hz, as a 32-bit whole number. */
export const stepOfFrequency = (hertz: number): number => Math.floor((hertz / SAMPLE_RATE) * TURN + 0.5) | 0;

/** Phase after `frames` frames, exact modulo a full turn for |frames| below 2^53. */
export const phaseAfter = (start: number, step: number, frames: number): number => (start + Math.imul(step, frames)) | 0;

/** A number of turns, any sign, as a phase. */
export const phaseOfTurns = (turns: number): number => {
  const part = turns - Math.floor(turns);
  return Math.floor(part * TURN) | 0;
};

/** Samples a cycle in every wavetable; one guard sample follows. */
export const TABLE_SIZE = 1_024;
/** Shift from a phase to the index in a table, and the mask and scale of what is left. */
export const TABLE_SHIFT = 22;
export const TABLE_MASK = 0x003f_ffff;
export const TABLE_SCALE = 1 / 4_194_304;

/** One cycle of a sine with its guard sample. */
export const makeSine = (): Float32Array => {
  const table = new Float32Array(TABLE_SIZE + 1);
  for (let i = 0; i < TABLE_SIZE; i += 1) table[i] = sin((TWO_PI * i) / TABLE_SIZE);
  return table;
};

/** The table's value at a phase, linear between samples. */
export const tableAt = (table: Float32Array, phase: number): number => {
  const index = phase >>> TABLE_SHIFT;
  const here = table[index] as number;
  return here + ((table[index + 1] as number) - here) * ((phase & TABLE_MASK) * TABLE_SCALE);
};
