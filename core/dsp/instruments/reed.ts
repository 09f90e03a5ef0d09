import { exp2, TWO_PI } from '../../math/elementary.ts';
import { BREATH_CENTRE, BREATH_SHIFT, BREATH_SIZE, makeBreath } from '../noise.ts';
import { frequencyOfPitch, phaseAfter, phaseOfTurns, stepOfFrequency, tableAt } from '../phase.ts';
import type { Span } from '../strand.ts';
import { addTimbre, bankOf, clamp01, makeTimbre, type Spectrum } from '../timbre.ts';
import { chanceOf, gainOfVelocity, smooth, swell, type Instrument, type Voice } from '../voice.ts';
import { bentStep, drift, settleDrift, turns } from './drift.ts';

const ATTACK_SOFT = 33_600;
const ATTACK_LOUD = 14_400;
const RELEASE = 52_800;
const VIBRATO_WAIT = 28_800;
const VIBRATO_SWELL = 72_000;
const VIBRATO_HERTZ = 4.7;
const LOUDNESS = 0.066;
/** A tone near the middle and its faint double to the side, which shimmers against it by 4 dB and no more. */
const PLACES = [-0.15, 0.7] as const;
const TONES = [1.2, 0.28] as const;
/** Harmonics of a stopped wooden pipe blown softly: odd ones lead, and all fall fast. */
const PIPE = [0, 1, 0.2, 0.26, 0.07, 0.075, 0.03, 0.026, 0.012, 0.01, 0.006] as const;

const spectrum: Spectrum = (h, hertz, brightness) => {
  const pipe = PIPE[h] ?? 0;
  const dull = h === 1 ? 1 : exp2((brightness - 0.75) * 1.5 * Math.min(h - 1, 5));
  const ratio = (h * hertz) / (900 + 2_600 * brightness);
  return h === 1 ? 1 : (pipe * dull) / (1 + ratio * ratio);
};

const addBreath = (span: Span, table: Float32Array, phase: number, step: number, gain0: number, gain1: number, wl: number, wr: number): void => {
  const { left, right, begin, end } = span;
  const slope = (gain1 - gain0) / (end - begin);
  let at = phase | 0;
  let gain = gain0;
  for (let i = begin; i < end; i += 1) {
    const index = at >>> BREATH_SHIFT;
    const here = table[index] as number;
    const value = gain * (here + ((table[index + 1] as number) - here) * ((at & (BREATH_SIZE - 1)) / 65_536));
    left[i] = (left[i] as number) + wl * value;
    right[i] = (right[i] as number) + wr * value;
    at = (at + step) | 0;
    gain += slope;
  }
};

/** Vibrato as a phase bend, in turns: it waits, then swells in; `motion` 0.5 gives some ten cents either way. */
const vibratoAt = (sine: Float32Array, voice: Voice, motion: number, frame: number): number => {
  const since = frame - voice.on;
  const depth = (voice.settled[1] as number) * motion * smooth((since - VIBRATO_WAIT) / VIBRATO_SWELL);
  const wander = 0.25 * drift(sine, voice, 1, frame);
  const turnsSince = phaseAfter(phaseOfTurns(wander), voice.steps[4] as number, since);
  return depth * tableAt(sine, turnsSince);
};

/** How much breath beside the tone: more at the onset, never none. */
const breathAt = (voice: Voice, frame: number): number => 1 + 1.6 * (1 - smooth((frame - voice.on) / 38_400));

/**
 * A reed: a soft wooden pipe between ocarina and flute. A tone and its faint double, a late
 * slight vibrato, and breath tuned to the note. 0.3 s (loud) to 0.7 s (soft) to come, 1.1 s to go.
 */
export const makeReed = (sine: Float32Array, seed: number): Instrument => {
  const timbre = makeTimbre(spectrum, sine);
  const breath = makeBreath(seed);
  return {
    prepare: (voice) => {
      const hertz = frequencyOfPitch(voice.pitch);
      PLACES.forEach((_, k) => {
        voice.steps[k] = stepOfFrequency(hertz + (k === 0 ? -0.11 : 0.11));
        voice.phases[k] = phaseOfTurns(chanceOf(voice, 32) + 0.04 * k);
        voice.steps[2 + k] = Math.floor((hertz / 48_000 / BREATH_CENTRE) * 65_536 * (k === 0 ? 1.6 : 1.63));
        voice.phases[2 + k] = phaseOfTurns(chanceOf(voice, 40 + k));
      });
      voice.steps[4] = stepOfFrequency(VIBRATO_HERTZ * (0.94 + 0.12 * chanceOf(voice, 44)));
      voice.gains[0] = LOUDNESS * gainOfVelocity(voice.velocity);
      voice.gains[1] = 0.055 * LOUDNESS * Math.sqrt(voice.velocity) * voice.velocity;
      settleDrift(voice, 0, 0.3);
      settleDrift(voice, 1, 0.23);
      voice.settled[0] = bankOf(voice.pitch);
      voice.settled[1] = (hertz * 0.0116) / (TWO_PI * VIBRATO_HERTZ);
      voice.settled[2] = ATTACK_SOFT + (ATTACK_LOUD - ATTACK_SOFT) * voice.velocity;
      voice.settled[3] = 0.3 * voice.velocity - 0.15;
    },
    level: (voice, frame) => swell(voice, frame, voice.settled[2] as number, RELEASE),
    end: (voice) => voice.off + RELEASE,
    render: (voice, span, level0, level1) => {
      const from = span.frame + span.begin;
      const to = span.frame + span.end;
      const touch = voice.settled[3] as number;
      // Softer is darker: a pipe loses its upper partials as the breath fades.
      const b0 = clamp01(span.brightness0 + touch - 0.3 * (1 - level0));
      const b1 = clamp01(span.brightness1 + touch - 0.3 * (1 - level1));
      const bend0 = turns(vibratoAt(sine, voice, span.motion0, from));
      const bend1 = turns(vibratoAt(sine, voice, span.motion1, to));
      const gain = voice.gains[0] as number;
      const g0 = level0 * gain * (1 + 0.12 * span.motion0 * drift(sine, voice, 0, from));
      const g1 = level1 * gain * (1 + 0.12 * span.motion1 * drift(sine, voice, 0, to));
      const air0 = level0 * (voice.gains[1] as number) * breathAt(voice, from);
      const air1 = level1 * (voice.gains[1] as number) * breathAt(voice, to);
      for (let k = 0; k < 2; k += 1) {
        const place = PLACES[k] as number;
        const wl = Math.sqrt((1 - place) / 2);
        const wr = Math.sqrt((1 + place) / 2);
        const step = voice.steps[k] as number;
        const phase = (phaseAfter(voice.phases[k] as number, step, from - voice.on) + bend0) | 0;
        addTimbre(span, timbre, voice.settled[0] as number, phase, bentStep(step, bend0, bend1, span.end - span.begin), b0, b1, g0 * (TONES[k] as number), g1 * (TONES[k] as number), wl, wr);
        const airStep = voice.steps[2 + k] as number;
        addBreath(span, breath, phaseAfter(voice.phases[2 + k] as number, airStep, from - voice.on), airStep, air0, air1, wl * wl, wr * wr);
      }
    },
  };
};
