import { keysWithin } from '../../music/scale.ts';
import { TICKS_PER_QUARTER } from '../../units.ts';
import { chance, playableRange, velocity, type BarContext, type DraftNote, type Generator, type GeneratorMemory, type MotifNote } from '../generator.ts';

const HALF_BEAT = TICKS_PER_QUARTER / 2;
/** Lengths of notes in half beats: long ones, as in a lullaby. */
const LENGTHS = [2, 3, 4, 4, 6, 8] as const;

/**
 * One note of a new motif: mostly steps, now and then a third or a fourth, which is answered by the
 * way back; the first half of a motif tends upward, the second homeward.
 */
const inventNote = (context: BarContext, index: number, count: number, last: number): MotifNote => {
  const draw = chance(context, 'step', index);
  const leap = 0.1 + 0.35 * context.parameters.variety;
  const size = draw < 0.06 ? 0 : draw < 1 - leap ? 1 : draw < 1 - 0.4 * leap ? 2 : 3;
  const upward = Math.abs(last) > 1 ? (last > 0 ? 0.15 : 0.85) : index < count / 2 ? 0.68 : 0.27;
  const direction = chance(context, 'direction', index) < upward ? 1 : -1;
  const length = LENGTHS[Math.floor(chance(context, 'length', index) * LENGTHS.length)] ?? 4;
  return { step: size * direction, length };
};

const inventMotif = (context: BarContext): readonly MotifNote[] => {
  const count = 4 + Math.floor(chance(context, 'count') * 4);
  const motif: MotifNote[] = [];
  for (let index = 0; index < count; index += 1) motif.push(inventNote(context, index, count, motif[index - 1]?.step ?? 0));
  return motif;
};

/** The motif as it comes back: the same, mirrored, or with its last note changed (growth of a motif, not a new one). */
const recall = (context: BarContext, motif: readonly MotifNote[]): readonly MotifNote[] => {
  const draw = chance(context, 'recall');
  if (draw < 0.35) return motif;
  if (draw < 0.6) return motif.map((note) => ({ ...note, step: -note.step }));
  const kept = motif.slice(0, -1);
  return [...kept, inventNote(context, kept.length, motif.length, kept[kept.length - 1]?.step ?? 0)];
};

/** Place in a list of keys nearest to a key. */
const placeOf = (keys: readonly number[], key: number): number =>
  keys.reduce((best, candidate, index) => (Math.abs(candidate - key) < Math.abs((keys[best] ?? 0) - key) ? index : best), 0);

/** The key that a motif's note leads to, turned back at the ends of the range; a resting note settles on the chord where it is a step away. */
const walk = (context: BarContext, keys: readonly number[], from: number, note: MotifNote, rests: boolean): number => {
  const at = placeOf(keys, from);
  const step = at + note.step < 0 || at + note.step > keys.length - 1 ? -note.step : note.step;
  const target = Math.max(0, Math.min(keys.length - 1, at + step));
  const settled = [0, -1, 1].map((shift) => keys[target + shift]).find((key) => key !== undefined && key !== from && context.chord.pitchClasses.includes(key % 12));
  return (rests ? settled : undefined) ?? keys[target] ?? from;
};

/** Where a phrase begins: on a note of the chord around the middle of the range, not where the last one ended. */
const firstKey = (context: BarContext, keys: readonly number[], last: number | undefined): number => {
  const middle = ((keys[0] ?? 60) + (keys[keys.length - 1] ?? 72)) / 2;
  const stable = keys.filter((key) => context.chord.pitchClasses.includes(key % 12) && Math.abs(key - middle) <= 8 && key !== last);
  return stable[Math.floor(chance(context, 'first') * stable.length)] ?? keys[placeOf(keys, middle)] ?? 60;
};

/** Bars of silence after a phrase: many when sparse, none too few to breathe. */
const restBars = (context: BarContext): number => 1 + Math.round((1 - context.parameters.density) * 7 + 2 * chance(context, 'rest'));

const beginPhrase = (context: BarContext, memory: GeneratorMemory, keys: readonly number[]): GeneratorMemory => {
  const fresh = memory.motif.length === 0 || chance(context, 'fresh') < 0.15 + 0.5 * context.parameters.variety;
  const motif = fresh ? inventMotif(context) : recall(context, memory.motif);
  return { keys: [firstKey(context, keys, memory.keys[0])], motif, nextBar: context.bar, place: 0 };
};

/**
 * A melody of dreams: phrases of a motif that is invented, comes back and changes, over long silences.
 * Density shortens the silences, variety invents more and leaps more. Below a density of .03 it is silent.
 */
export const melody: Generator = (context, memory) => {
  if (context.bar < memory.nextBar || context.parameters.density < 0.03) return { notes: [], memory: { ...memory, place: context.bar < memory.nextBar ? memory.place : 0 } };
  const [low, high] = playableRange(context);
  const keys = keysWithin(context.scale, low, high);
  let now = memory.place === 0 ? beginPhrase(context, memory, keys) : memory;
  const notes: DraftNote[] = [];
  const halfBeats = context.beatsPerBar * 2;
  let at = memory.place === 0 ? Math.floor(chance(context, 'upbeat') * 3) : 0;
  while (at < halfBeats && now.place < now.motif.length) {
    const note = now.motif[now.place] ?? { step: 0, length: 4 };
    const from = now.keys[0] ?? low;
    const last = now.place === now.motif.length - 1;
    const pitch = now.place === 0 ? from : walk(context, keys, from, note, last || note.length >= 6);
    const length = last ? note.length + 4 : note.length;
    // Looser sleepers, later notes: at most a tenth of a second's worth of ticks.
    const late = Math.round((1 - context.together) * 90 * chance(context, 'late', now.place));
    notes.push({ offset: at * HALF_BEAT + late, ticks: length * HALF_BEAT - 60, pitch, velocity: velocity(context, last ? 58 : 68, now.place), rule: now.place === 0 ? 'melody: a phrase begins' : 'melody: the motif goes on' });
    at += note.length;
    now = { ...now, keys: [pitch], place: now.place + 1 };
  }
  if (now.place >= now.motif.length) now = { ...now, place: 0, nextBar: context.bar + 1 + restBars(context) };
  return { notes, memory: now };
};
