import type { Span } from './strand.ts';
import { FADE_FRAMES } from './grid.ts';

/** Oscillators a voice may have, and slow wanders. */
export const STRANDS = 16;
const DRIFTS = 2 * 12;

/**
 * One sounding note. Whatever it will sound like is settled at its onset (steps, phases, gains) and
 * by `off` and `stolen`; nothing is carried from block to block, so any moment of it can be made alone.
 */
export interface Voice {
  active: boolean;
  note: number;
  pitch: number;
  velocity: number;
  /** Onset frame; `off` and `stolen` are Infinity until they happen. */
  on: number;
  off: number;
  stolen: number;
  /** Keyed chance of this note, 32 bits. */
  chance: number;
  readonly steps: Int32Array;
  readonly phases: Int32Array;
  readonly gains: Float64Array;
  /** Steps and phases of the wanders, two sines each (see instruments/drift.ts). */
  readonly driftSteps: Int32Array;
  readonly driftPhases: Int32Array;
  /** What else an instrument settles at the onset. */
  readonly settled: Float64Array;
}

/** What makes a voice sound; one object a layer, without state of its own. */
export interface Instrument {
  /** Settles steps, phases and gains of a voice that has its on, pitch, velocity and chance. */
  prepare(voice: Voice): void;
  /** Loudness of the voice at a frame, 0..1 or so, from its on and off alone. */
  level(voice: Voice, frame: number): number;
  /** First frame from which it is silent for good; Infinity while it is held. */
  end(voice: Voice): number;
  /** Adds the voice to the span. `level0` and `level1` are its loudness, fades included, at begin and end. */
  render(voice: Voice, span: Span, level0: number, level1: number): void;
}

/** A voice that waits for its first note. */
export const makeVoice = (): Voice => ({
  active: false, note: 0, pitch: 0, velocity: 0, on: 0, off: Infinity, stolen: Infinity, chance: 0,
  steps: new Int32Array(STRANDS), phases: new Int32Array(STRANDS), gains: new Float64Array(STRANDS),
  driftSteps: new Int32Array(DRIFTS), driftPhases: new Int32Array(DRIFTS), settled: new Float64Array(STRANDS),
});

/** 0 below 0, 1 above 1, between them 3x^2 - 2x^3, whose ends are flat. */
export const smooth = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** What is left of a note that was stolen: 1 before, exact 0 after FADE_FRAMES. */
export const fadeAt = (voice: Voice, frame: number): number =>
  frame <= voice.stolen ? 1 : 1 - smooth((frame - voice.stolen) / FADE_FRAMES);

/** An envelope that rises, holds and falls to exact zero; `attack` and `release` in frames. */
export const swell = (voice: Voice, frame: number, attack: number, release: number): number => {
  const rise = smooth((frame - voice.on) / attack);
  if (frame <= voice.off) return rise;
  const left = 1 - smooth((frame - voice.off) / release);
  return rise * left * left;
};

/** A number 0..1 (1 excluded) of a voice's chance, another for each index. */
export const chanceOf = (voice: Voice, index: number): number => {
  let h = (voice.chance + Math.imul(index + 1, 0x9e37_79b9)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
};

/** Loudness by velocity 0..1: about 9 dB a halving, so that soft notes are soft. */
export const gainOfVelocity = (velocity: number): number => velocity * Math.sqrt(velocity);
