import { euclid } from '../../music/rhythm.ts';
import { keysWithin } from '../../music/scale.ts';
import { TICKS_PER_QUARTER } from '../../units.ts';
import { chance, playableRange, velocity, type DraftNote, type Generator } from '../generator.ts';

/** Pattern length in half beats: an odd count against the bar, so that strokes wander. */
const STEPS = 13;

/** Bars between two strokes at least, by density. */
const gap = (density: number, draw: number): number => Math.round((1 - density) * 5 + draw * 2);

/**
 * Bells: single strokes and pairs on notes of the chord, placed by a Euclidean rhythm that turns
 * against the bar, with silence between. Density brings more strokes; togetherness makes pairs.
 */
export const bells: Generator = (context, memory) => {
  const { density } = context.parameters;
  if (density < 0.03 || context.bar < memory.nextBar) return { notes: [], memory };
  const [low, high] = playableRange(context);
  const keys = keysWithin(context.chord.pitchClasses, low, high);
  if (keys.length === 0) return { notes: [], memory };
  const pattern = euclid(1 + Math.round(density * 4), STEPS);
  const halfBeats = context.beatsPerBar * 2;
  const turn = context.bar * halfBeats + Math.floor(chance(context, 'turn') * STEPS);
  const notes: DraftNote[] = [];
  let last = memory.keys[0] ?? -1;
  for (let at = 0; at < halfBeats; at += 1) {
    if (pattern[(turn + at) % STEPS] !== true || chance(context, 'stroke', at) > 0.35 + 0.5 * density) continue;
    const choices = keys.filter((key) => key !== last);
    const from = choices.length > 0 ? choices : keys;
    const pitch = from[Math.floor(chance(context, 'key', at) * from.length)] ?? low;
    const offset = (at * TICKS_PER_QUARTER) / 2 + Math.round((1 - context.together) * 120 * chance(context, 'late', at));
    notes.push({ offset, ticks: 2 * TICKS_PER_QUARTER, pitch, velocity: velocity(context, 70, at), rule: 'bells: a stroke' });
    const answer = keys.find((key) => key > pitch && (key - pitch === 7 || key - pitch === 12 || key - pitch === 5));
    if (answer !== undefined && chance(context, 'answer', at) < 0.55 * context.together) {
      notes.push({ offset: offset + TICKS_PER_QUARTER, ticks: 2 * TICKS_PER_QUARTER, pitch: answer, velocity: velocity(context, 58, at + 32), rule: 'bells: an answer' });
    }
    last = pitch;
  }
  return notes.length === 0 ? { notes, memory } : { notes, memory: { ...memory, keys: [last], nextBar: context.bar + 1 + gap(density, chance(context, 'gap')) } };
};
