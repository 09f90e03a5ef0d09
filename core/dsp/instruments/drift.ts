import { phaseAfter, phaseOfTurns, stepOfFrequency, tableAt } from '../phase.ts';
import { chanceOf, type Voice } from '../voice.ts';

/** Settles wander `index` (0..11) of a voice at about so many Hz; its chance is the note's own. */
export const settleDrift = (voice: Voice, index: number, hertz: number): void => {
  const rate = hertz * (0.8 + 0.4 * chanceOf(voice, 64 + index));
  voice.driftSteps[2 * index] = stepOfFrequency(rate);
  voice.driftSteps[2 * index + 1] = stepOfFrequency(rate * 0.618);
  voice.driftPhases[2 * index] = phaseOfTurns(chanceOf(voice, 80 + index));
  voice.driftPhases[2 * index + 1] = phaseOfTurns(chanceOf(voice, 96 + index));
};

/**
 * A slow wander, -1 to 1, of two sines whose rates do not meet: what makes a held sound breathe. It
 * is a function of the frames since the onset alone.
 */
export const drift = (sine: Float32Array, voice: Voice, index: number, frame: number): number => {
  const since = frame - voice.on;
  const first = phaseAfter(voice.driftPhases[2 * index] as number, voice.driftSteps[2 * index] as number, since);
  const second = phaseAfter(voice.driftPhases[2 * index + 1] as number, voice.driftSteps[2 * index + 1] as number, since);
  return 0.6 * tableAt(sine, first) + 0.4 * tableAt(sine, second);
};

/** A depth of phase modulation in turns as 32-bit phase units. */
export const turns = (value: number): number => Math.floor(value * 4_294_967_296) | 0;

/** The step that takes a phase from one bend to the next within `frames` frames, beside its own step. */
export const bentStep = (step: number, bend0: number, bend1: number, frames: number): number =>
  (step + Math.floor(((bend1 - bend0) | 0) / frames)) | 0;
