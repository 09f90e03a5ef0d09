import { phaseAfter, stepOfFrequency, tableAt } from '../phase.ts';
import { chanceOf, type Voice } from '../voice.ts';

/**
 * A slow wander, -1 to 1, of two sines whose rates do not meet (a chance a note, a chance an index):
 * what makes a held sound breathe. It is a function of the frames since the onset alone.
 */
export const drift = (sine: Float32Array, voice: Voice, index: number, hertz: number, frame: number): number => {
  const since = frame - voice.on;
  const rate = hertz * (0.8 + 0.4 * chanceOf(voice, 64 + index));
  const first = phaseAfter((chanceOf(voice, 80 + index) * 4_294_967_296) | 0, stepOfFrequency(rate), since);
  const second = phaseAfter((chanceOf(voice, 96 + index) * 4_294_967_296) | 0, stepOfFrequency(rate * 0.618), since);
  return 0.6 * tableAt(sine, first) + 0.4 * tableAt(sine, second);
};

/** A depth of phase modulation in turns as 32-bit phase units. */
export const turns = (value: number): number => Math.floor(value * 4_294_967_296) | 0;

/** The step that takes a phase from one bend to the next within `frames` frames, beside its own step. */
export const bentStep = (step: number, bend0: number, bend1: number, frames: number): number =>
  (step + Math.floor(((bend1 - bend0) | 0) / frames)) | 0;
