import type { Chord } from '../music/chord.ts';
import { keysWithin } from '../music/scale.ts';
import { uniform } from '../random/keyed.ts';
import type { Layer, NoteParameter } from '../score/schema.ts';

/** What a generator keeps from bar to bar: plain data, part of the snapshot. */
export interface GeneratorMemory {
  /** Keys that matter to the next bar: the pad's voicing, the melody's last key. */
  readonly keys: readonly number[];
  /** The motif in hand: steps of the scale with their lengths in half beats. */
  readonly motif: readonly MotifNote[];
  /** Bar in which the generator wants to act next (a new phrase, drone or chord). */
  readonly nextBar: number;
  /** Position in the motif. */
  readonly place: number;
}

export interface MotifNote {
  /** Steps of the scale from the last note, 0 repeats it. */
  readonly step: number;
  /** Length in half beats. */
  readonly length: number;
}

export const EMPTY_MEMORY: GeneratorMemory = { keys: [], motif: [], nextBar: 0, place: 0 };

/** The memory of a generator that wants to act by a bar at the latest. */
export const dueBy = (memory: GeneratorMemory, bar: number): GeneratorMemory => (memory.nextBar <= bar ? memory : { ...memory, nextBar: bar });

/** All that a generator may look at: its own layer, the bar, the harmony. Never another layer. */
export interface BarContext {
  readonly seed: number;
  readonly layer: Layer;
  readonly bar: number;
  readonly beatsPerBar: number;
  /** Ticks of this bar. */
  readonly barTicks: number;
  readonly chord: Chord;
  /** This bar brings a new chord. */
  readonly chordIsNew: boolean;
  /** Bars that the chord still lasts, this one included. */
  readonly chordBars: number;
  /** Pitch classes of the scene's scale, from its home note. */
  readonly scale: readonly number[];
  /** Home note's pitch class. */
  readonly home: number;
  /** The layer's note parameters now, 0..1. */
  readonly parameters: Readonly<Record<NoteParameter, number>>;
  /** How closely onsets fall together, 0 loose .. 1 exact. */
  readonly together: number;
}

/** A note as a generator writes it, in ticks from the bar's line. */
export interface DraftNote {
  readonly offset: number;
  readonly ticks: number;
  readonly pitch: number;
  /** 1..127 */
  readonly velocity: number;
  /** The rule that made it, for "why this?". */
  readonly rule: string;
}

export interface Bar {
  readonly notes: readonly DraftNote[];
  readonly memory: GeneratorMemory;
}

/** A generator: the next bar of one layer from what it remembers. Pure. */
export type Generator = (context: BarContext, memory: GeneratorMemory) => Bar;

/** Chance of this layer in this bar, uniform in [0, 1). */
export const chance = (context: BarContext, purpose: string, index = 0): number => uniform(context.seed, context.layer.id, context.bar, purpose, index);

/** Velocity around a middle by the layer's dynamics (0 faint .. 1 full) with a little life. */
export const velocity = (context: BarContext, middle: number, index: number): number =>
  Math.max(1, Math.min(127, Math.round(middle * (0.55 + 0.9 * context.parameters.dynamics) + 8 * (chance(context, 'velocity', index) - 0.5))));

/** The layer's range shifted by its register parameter: the lower or upper two thirds and all between. */
export const playableRange = (context: BarContext): readonly [low: number, high: number] => {
  const [low, high] = context.layer.range;
  const spare = Math.max(0, Math.floor((high - low - 12) * 0.5));
  const shift = Math.round(spare * context.parameters.register);
  return [low + shift, Math.max(low + shift + 12, high - spare + shift)];
};

/** The key of a pitch class nearest to another key, within a range; the other key itself, held to the range, where it has none. */
export const nearestKey = (pitchClass: number, to: number, low: number, high: number): number => {
  const [first, ...others] = keysWithin([pitchClass], low, high);
  if (first === undefined) return Math.max(low, Math.min(high, to));
  return others.reduce((best, key) => (Math.abs(key - to) < Math.abs(best - to) ? key : best), first);
};
