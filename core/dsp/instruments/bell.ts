import { exp, pow } from '../../math/elementary.ts';
import { frequencyOfPitch, phaseAfter, phaseOfTurns, stepOfFrequency } from '../phase.ts';
import { addTone } from '../strand.ts';
import { chanceOf, gainOfVelocity, smooth, type Instrument, type Voice } from '../voice.ts';
import { FADE_FRAMES, MAX_RELEASE_FRAMES } from '../grid.ts';

const MALLET = 1_152;
const ENDING = 96_000;
const LOUDNESS = 0.095;
const TOP_HERTZ = 9_000;

/** Ratio, gain, decay (share of the first partial's), beat in Hz: a ring's modes (Rayleigh) as bowls have them, and a soft octave. */
const MODES = [
  { ratio: 1, gain: 1, decay: 1, beat: 0.42 },
  { ratio: 2.004, gain: 0.1, decay: 0.6, beat: 0.7 },
  { ratio: 2.756, gain: 0.26, decay: 0.5, beat: 0.95 },
  { ratio: 5.404, gain: 0.1, decay: 0.22, beat: 1.6 },
  { ratio: 8.93, gain: 0.025, decay: 0.1, beat: 2.1 },
] as const;

/** Time constant of the first partial in frames: long for low bowls (ring about 12 s), shorter for high ones (7 s). */
const decayFrames = (hertz: number): number => {
  const seconds = 2.3 * pow(261.63 / hertz, 0.45);
  return 48_000 * Math.min(2.4, Math.max(1, seconds));
};

const lengthOf = (voice: Voice): number => Math.min(MAX_RELEASE_FRAMES, Math.floor(6.5 * (voice.settled[0] as number)) + ENDING);

/** The last two seconds bring what is left to exact zero. */
const endingAt = (voice: Voice, frame: number): number => 1 - smooth((frame - voice.on - lengthOf(voice) + ENDING) / ENDING);

/**
 * A bell: a bowl struck with a felt mallet. Five modes, each a pair that beats; the high ones are gone
 * soon. It rings out by itself and does not heed its off. 24 ms to come, 7 to 12 s to go.
 */
export const makeBell = (sine: Float32Array): Instrument => ({
  prepare: (voice) => {
    const hertz = frequencyOfPitch(voice.pitch);
    voice.settled[0] = decayFrames(hertz);
    const touch = gainOfVelocity(voice.velocity) * LOUDNESS;
    MODES.forEach((mode, k) => {
      const own = hertz * mode.ratio;
      const audible = own < TOP_HERTZ ? 1 : 0;
      const split = mode.beat * (0.7 + 0.6 * chanceOf(voice, k)) * 0.5;
      // A harder stroke brings out the upper modes; high notes need less of them.
      const hardness = k === 0 ? 1 : pow(0.35 + 0.65 * voice.velocity, 0.7 * k) / (1 + (own / 3_500) * (own / 3_500));
      for (let twin = 0; twin < 2; twin += 1) {
        voice.steps[2 * k + twin] = stepOfFrequency(own + (twin === 0 ? -split : split));
        voice.phases[2 * k + twin] = phaseOfTurns(chanceOf(voice, 32 + k) + 0.25 * twin * chanceOf(voice, 48 + k));
        voice.gains[2 * k + twin] = audible * mode.gain * hardness * touch * (twin === 0 ? 1 : 0.55);
      }
    });
  },
  level: (voice, frame) => smooth((frame - voice.on) / MALLET) * exp(-Math.max(0, frame - voice.on) / (voice.settled[0] as number)) * endingAt(voice, frame),
  end: (voice) => Math.min(voice.on + lengthOf(voice), voice.stolen + FADE_FRAMES),
  render: (voice, span, level0, level1) => {
    const since = span.frame + span.begin - voice.on;
    const until = span.frame + span.end - voice.on;
    const decay = voice.settled[0] as number;
    for (let k = 0; k < MODES.length; k += 1) {
      const mode = MODES[k] as (typeof MODES)[number];
      // The level already holds the first mode's decay; the others fall faster by the rest.
      const faster = (1 / mode.decay - 1) / decay;
      const shade0 = k === 0 ? 1 : pow(0.25 + 1.5 * span.brightness0, 0.6 * k) * exp(-since * faster);
      const shade1 = k === 0 ? 1 : pow(0.25 + 1.5 * span.brightness1, 0.6 * k) * exp(-until * faster);
      if (shade0 < 1e-5 && shade1 < 1e-5) continue;
      const width = 0.25 + 0.12 * k;
      for (let twin = 0; twin < 2; twin += 1) {
        const gain = voice.gains[2 * k + twin] as number;
        if (gain === 0) continue;
        const lively0 = twin === 0 ? 1 : 0.3 + 1.4 * span.motion0;
        const lively1 = twin === 0 ? 1 : 0.3 + 1.4 * span.motion1;
        const step = voice.steps[2 * k + twin] as number;
        const place = (twin === 0 ? -width : width) * (k % 2 === 0 ? 1 : -1);
        addTone(span, sine, phaseAfter(voice.phases[2 * k + twin] as number, step, since), step,
          level0 * shade0 * gain * lively0, level1 * shade1 * gain * lively1, Math.sqrt((1 - place) / 2), Math.sqrt((1 + place) / 2));
      }
    }
  },
});
