import { addTimbre, bankOf, clamp01, makeTimbre, softSaw } from '../timbre.ts';
import { frequencyOfPitch, phaseAfter, phaseOfTurns, stepOfFrequency } from '../phase.ts';
import { addTone } from '../strand.ts';
import { chanceOf, gainOfVelocity, swell, type Instrument } from '../voice.ts';
import { drift, settleDrift } from './drift.ts';

const ATTACK = 192_000;
const RELEASE = 264_000;
const LOUDNESS = 0.035;

/** Which wander shades the brightness. */
const SHADE = 8;

/**
 * Ratio to the note, detuning in Hz, gain, place (-1..1), and whether it is a plain sine. One leads at
 * each ratio, so that the others' beating moves the level by a few dB and never cancels it.
 */
const PARTS = [
  { ratio: 1, beat: 0, gain: 1.5, place: 0, pure: true },
  { ratio: 1, beat: 0.07, gain: 0.38, place: -0.7, pure: false },
  { ratio: 1, beat: -0.09, gain: 0.38, place: 0.7, pure: false },
  { ratio: 2, beat: 0.16, gain: 0.36, place: 0.45, pure: false },
  { ratio: 2, beat: -0.13, gain: 0.14, place: -0.45, pure: false },
  { ratio: 3, beat: 0.21, gain: 0.11, place: 0.15, pure: true },
] as const;

/**
 * A drone: a sine and four soft saws that beat against each other within five to fifteen seconds,
 * each breathing on its own. Four seconds to come, five and a half to go.
 */
export const makeDrone = (sine: Float32Array): Instrument => {
  const timbre = makeTimbre(softSaw(150, 3.4, 1.15), sine);
  return {
    prepare: (voice) => {
      const hertz = frequencyOfPitch(voice.pitch);
      PARTS.forEach((part, k) => {
        voice.steps[k] = stepOfFrequency(hertz * part.ratio + part.beat * (0.7 + 0.6 * chanceOf(voice, k)));
        voice.phases[k] = phaseOfTurns(chanceOf(voice, 32 + k));
        voice.gains[k] = part.gain * LOUDNESS * gainOfVelocity(voice.velocity);
        settleDrift(voice, k, 0.06);
        voice.settled[k] = bankOf(voice.pitch + (part.ratio === 2 ? 12 : 0));
      });
      settleDrift(voice, SHADE, 0.045);
    },
    level: (voice, frame) => swell(voice, frame, ATTACK, RELEASE),
    end: (voice) => voice.off + RELEASE,
    render: (voice, span, level0, level1) => {
      const from = span.frame + span.begin;
      const to = span.frame + span.end;
      const shade0 = 0.14 * span.motion0 * drift(sine, voice, SHADE, from);
      const shade1 = 0.14 * span.motion1 * drift(sine, voice, SHADE, to);
      const b0 = clamp01(span.brightness0 + shade0);
      const b1 = clamp01(span.brightness1 + shade1);
      for (let k = 0; k < PARTS.length; k += 1) {
        const part = PARTS[k] as (typeof PARTS)[number];
        const gain = voice.gains[k] as number;
        const g0 = level0 * gain * (1 + 0.3 * span.motion0 * drift(sine, voice, k, from));
        const g1 = level1 * gain * (1 + 0.3 * span.motion1 * drift(sine, voice, k, to));
        const step = voice.steps[k] as number;
        const phase = phaseAfter(voice.phases[k] as number, step, from - voice.on);
        const wl = Math.sqrt((1 - part.place) / 2);
        const wr = Math.sqrt((1 + part.place) / 2);
        if (part.pure) addTone(span, sine, phase, step, g0, g1, wl, wr);
        else addTimbre(span, timbre, voice.settled[k] as number, phase, step, b0, b1, g0, g1, wl, wr);
      }
    },
  };
};
