import { hash32 } from '../random/keyed.ts';
import { FADE_FRAMES, QUANTUM, quantumStart } from './grid.ts';
import type { Span } from './strand.ts';
import { fadeAt, makeVoice, type Instrument, type Voice } from './voice.ts';

/** Notes that may sound at once; beyond it the quietest fades out, and of equals the oldest. */
export const POLYPHONY = 24;
const SPARE = 8;

/** The notes of one layer. */
export interface Voices {
  on(frame: number, note: number, pitch: number, velocity: number): void;
  off(frame: number, note: number): void;
  /** Fades all that sounds. */
  silence(frame: number): void;
  /** Adds all voices to the quantum of `span`, whose frame and controls are set. */
  render(span: Span): void;
}

const endOf = (instrument: Instrument, voice: Voice): number => Math.min(instrument.end(voice), voice.stolen + FADE_FRAMES);

/** A held note in its first two seconds is still rising: it is not to be taken for a quiet one. */
const isComing = (voice: Voice, frame: number): boolean => voice.off === Infinity && frame - voice.on < 96_000;

/** Who sounds is decided by the messages alone, never by what has been rendered, so that it may be decided without rendering. */
export const makeVoices = (instrument: Instrument, seed: number): Voices => {
  const voices = Array.from({ length: POLYPHONY + SPARE }, makeVoice);
  /** Active voices in the order of their onsets, which is also the order of summing. */
  const sounding: Voice[] = [];

  const retire = (frame: number): void => {
    let kept = 0;
    for (const voice of sounding) {
      if (endOf(instrument, voice) <= quantumStart(frame)) voice.active = false;
      else sounding[kept++] = voice;
    }
    sounding.length = kept;
  };

  const steal = (frame: number): void => {
    let unstolen = 0;
    let quietest: Voice | undefined;
    let least = Infinity;
    for (const voice of sounding) {
      if (voice.stolen !== Infinity) continue;
      unstolen += 1;
      const level = (isComing(voice, frame) ? 1 : instrument.level(voice, frame)) * voice.velocity;
      if (level < least) {
        least = level;
        quietest = voice;
      }
    }
    if (unstolen >= POLYPHONY && quietest !== undefined) quietest.stolen = frame;
  };

  const renderVoice = (voice: Voice, span: Span): void => {
    const start = Math.max(span.frame, voice.on);
    const end = span.frame + QUANTUM;
    if (start >= end) return;
    span.begin = start - span.frame;
    span.end = QUANTUM;
    instrument.render(voice, span, instrument.level(voice, start) * fadeAt(voice, start), instrument.level(voice, end) * fadeAt(voice, end));
  };

  return {
    on: (frame, note, pitch, velocity) => {
      retire(frame);
      for (const voice of sounding) if (voice.note === note && voice.off === Infinity) voice.off = frame;
      steal(frame);
      const free = voices.find((voice) => !voice.active);
      // More than the spare voices stolen within one fade: the new note is left out rather than clicking.
      if (free === undefined) return;
      free.active = true;
      free.note = note;
      free.pitch = pitch;
      free.velocity = velocity;
      free.on = frame;
      free.off = Infinity;
      free.stolen = Infinity;
      free.chance = hash32(seed, frame, Math.floor(pitch * 1_000 + 0.5));
      instrument.prepare(free);
      sounding.push(free);
    },
    off: (frame, note) => {
      for (const voice of sounding) if (voice.note === note && voice.off === Infinity) voice.off = frame;
    },
    silence: (frame) => {
      for (const voice of sounding) if (voice.stolen === Infinity) voice.stolen = frame;
    },
    render: (span) => {
      retire(span.frame);
      for (const voice of sounding) renderVoice(voice, span);
    },
  };
};
