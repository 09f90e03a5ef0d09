import { leadVoices } from '../../music/voice-leading.ts';
import { TICKS_PER_QUARTER } from '../../units.ts';
import { chance, playableRange, velocity, type Generator } from '../generator.ts';

/**
 * Chords by voice leading: at each new chord every voice moves as little as it can. Voices enter one
 * after another (the more together the sleepers, the closer) and overlap the next chord by a beat.
 */
export const chords: Generator = (context, memory) => {
  if (!context.chordIsNew && context.bar < memory.nextBar) return { notes: [], memory };
  const [low, high] = playableRange(context);
  const voices = Math.max(2, Math.min(5, Math.round(2.3 + 2.4 * context.parameters.density)));
  const keys = leadVoices(memory.keys, context.chord.pitchClasses, voices, low, high);
  const spread = Math.round((1 - context.together) * 1.5 * TICKS_PER_QUARTER);
  const end = context.chordBars * context.barTicks + TICKS_PER_QUARTER;
  const notes = keys.map((pitch, voice) => {
    const offset = voice === 0 ? 0 : Math.round(spread * chance(context, 'enter', voice));
    return { offset, ticks: end - offset, pitch, velocity: velocity(context, 58 - 2 * voice, voice), rule: `chords: ${context.chord.name}, led from the last voicing` };
  });
  return { notes, memory: { ...memory, keys, nextBar: context.bar + context.chordBars } };
};
