import { addTimbre, bankOf, clamp01, makeTimbre, softSaw } from '../timbre.ts';
import { frequencyOfPitch, phaseAfter, phaseOfTurns, stepOfFrequency } from '../phase.ts';
import { addTone } from '../strand.ts';
import { chanceOf, gainOfVelocity, smooth, swell, type Instrument } from '../voice.ts';
import { bentStep, drift, settleDrift, turns } from './drift.ts';

const ATTACK_SOFT = 120_000;
const ATTACK_LOUD = 76_800;
const RELEASE = 192_000;
const OPENING = 192_000;
const LOUDNESS = 0.0125;
/** Wanders 0 to 3 are the strands' levels, these their pitches, and this the brightness. */
const BEND = 4;
const SHADE = 8;
const PLACES = [-0.85, -0.3, 0.3, 0.85] as const;
const CENTS = [-4.5, 0, -2, 4.5] as const;
/** One strand leads, in tune and in step with the body; the others shimmer around it without ever cancelling it. */
const LEADER = 1;
const GAINS = [0.5, 1.4, 0.5, 0.5] as const;

/**
 * A pad: four soft saws a few cents apart, one that leads and three that drift in pitch and level as the players of a
 * section do, spread over the stereo field; it opens a little over its first four seconds. 1.6 s (loud) to
 * 2.5 s (soft) to come, 4 s to go.
 */
export const makePad = (sine: Float32Array): Instrument => {
  const timbre = makeTimbre(softSaw(260, 3.1, 1.45), sine);
  return {
    prepare: (voice) => {
      const hertz = frequencyOfPitch(voice.pitch);
      CENTS.forEach((cents, k) => {
        // Fewer cents for high notes, so that they beat no faster than low ones.
        const spread = (cents * (0.8 + 0.4 * chanceOf(voice, k))) / (1 + hertz / 400);
        voice.steps[k] = stepOfFrequency(hertz * (1 + spread * 0.000_577_79));
        voice.phases[k] = phaseOfTurns(chanceOf(voice, 32 + k));
        voice.gains[k] = (GAINS[k] as number) * LOUDNESS * gainOfVelocity(voice.velocity);
        settleDrift(voice, k, 0.11);
        settleDrift(voice, BEND + k, 0.31);
      });
      settleDrift(voice, SHADE, 0.07);
      voice.steps[4] = stepOfFrequency(hertz);
      voice.phases[4] = voice.phases[LEADER] as number;
      voice.gains[4] = 0.8 * LOUDNESS * gainOfVelocity(voice.velocity);
      voice.settled[0] = bankOf(voice.pitch);
      voice.settled[1] = ATTACK_SOFT + (ATTACK_LOUD - ATTACK_SOFT) * voice.velocity;
      voice.settled[2] = 0.2 * voice.velocity - 0.1;
    },
    level: (voice, frame) => swell(voice, frame, voice.settled[1] as number, RELEASE),
    end: (voice) => voice.off + RELEASE,
    render: (voice, span, level0, level1) => {
      const from = span.frame + span.begin;
      const to = span.frame + span.end;
      const touch = (voice.settled[2] as number) - 0.2;
      const b0 = clamp01(span.brightness0 + touch + 0.2 * smooth((from - voice.on) / OPENING) + 0.1 * span.motion0 * drift(sine, voice, SHADE, from));
      const b1 = clamp01(span.brightness1 + touch + 0.2 * smooth((to - voice.on) / OPENING) + 0.1 * span.motion1 * drift(sine, voice, SHADE, to));
      const bank = voice.settled[0] as number;
      for (let k = 0; k < PLACES.length; k += 1) {
        const place = PLACES[k] as number;
        const gain = voice.gains[k] as number;
        const g0 = level0 * gain * (1 + 0.35 * span.motion0 * drift(sine, voice, k, from));
        const g1 = level1 * gain * (1 + 0.35 * span.motion1 * drift(sine, voice, k, to));
        const bends = k === LEADER ? 0 : 0.25;
        const bend0 = turns(bends * span.motion0 * drift(sine, voice, BEND + k, from));
        const bend1 = turns(bends * span.motion1 * drift(sine, voice, BEND + k, to));
        const step = voice.steps[k] as number;
        const phase = (phaseAfter(voice.phases[k] as number, step, from - voice.on) + bend0) | 0;
        const bent = bentStep(step, bend0, bend1, span.end - span.begin);
        addTimbre(span, timbre, bank, phase, bent, b0, b1, g0, g1, Math.sqrt((1 - place) / 2), Math.sqrt((1 + place) / 2));
      }
      const body = voice.gains[4] as number;
      const step = voice.steps[4] as number;
      addTone(span, sine, phaseAfter(voice.phases[4] as number, step, from - voice.on), step, level0 * body, level1 * body, 0.7071, 0.7071);
    },
  };
};
