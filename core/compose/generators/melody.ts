import { keysWithin } from '../../music/scale.ts';
import { TICKS_PER_QUARTER } from '../../units.ts';
import { chance, playableRange, velocity, type BarContext, type DraftNote, type Generator, type GeneratorMemory, type MotifNote } from '../generator.ts';

const HALF_BEAT = TICKS_PER_QUARTER / 2;
/** Lengths of notes in half beats: long ones, as in a lullaby. */
const LENGTHS = [2, 3, 4, 4, 6, 8] as const;

/** One note of a new motif: mostly steps, seldom a third, a leap only to be answered by the way back. */
const inventNote = (context: BarContext, index: number, last: number): MotifNote => {
  const draw = chance(context, 'step', index);
  const direction = chance(context, 'direction', index) < 0.5 + 0.22 * Math.sign(last) ? -1 : 1;
  const leap = context.parameters.variety * 0.3;
  const size = draw < 0.12 ? 0 : draw < 1 - 2 * leap ? 1 : draw < 1 - leap * 0.6 ? 2 : 3;
  const longer = Math.floor(chance(context, 'length', index) * LENGTHS.length);
  return { step: size * direction, length: LENGTHS[longer] ?? 4 };
};

const inventMotif = (context: BarContext): readonly MotifNote[] => {
  const count = 3 + Math.floor(chance(context, 'count') * 3);
  const motif: MotifNote[] = [];
  for (let index = 0; index < count; index += 1) motif.push(inventNote(context, index, motif[index - 1]?.step ?? 0));
  return motif;
};

/** The motif as it comes back: the same, mirrored, or with its last note changed (growth of a motif, not a new one). */
const recall = (context: BarContext, motif: readonly MotifNote[]): readonly MotifNote[] => {
  const draw = chance(context, 'recall');
  if (draw < 0.35) return motif;
  if (draw < 0.6) return motif.map((note) => ({ ...note, step: -note.step }));
  return [...motif.slice(0, -1), inventNote(context, 99, 0)];
};

/** The scale's key `step` steps from another, drawn back to the middle of the range and, on long notes, to the chord. */
const walk = (context: BarContext, keys: readonly number[], from: number, note: MotifNote): number => {
  let at = 0;
  keys.forEach((key, index) => {
    if (Math.abs(key - from) < Math.abs((keys[at] ?? 0) - from)) at = index;
  });
  let step = note.step;
  if (at + step < 1 || at + step > keys.length - 2) step = -step;
  const target = Math.max(0, Math.min(keys.length - 1, at + step));
  if (note.length < 4) return keys[target] ?? from;
  const inChord = [0, -1, 1].map((shift) => keys[target + shift]).find((key) => key !== undefined && context.chord.pitchClasses.includes(key % 12));
  return inChord ?? keys[target] ?? from;
};

/** Where a phrase begins: on a chord note near the middle of the range, or near where the last one ended. */
const firstKey = (context: BarContext, keys: readonly number[], last: number | undefined): number => {
  const middle = ((keys[0] ?? 60) + (keys[keys.length - 1] ?? 72)) / 2;
  const near = last === undefined ? middle : (last + middle) / 2;
  const stable = keys.filter((key) => context.chord.pitchClasses.includes(key % 12));
  return (stable.length > 0 ? stable : keys).reduce((best, key) => (Math.abs(key - near) < Math.abs(best - near) ? key : best), keys[0] ?? 60);
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
    const pitch = now.place === 0 ? from : walk(context, keys, from, note);
    const last = now.place === now.motif.length - 1;
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
