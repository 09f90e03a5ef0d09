import { keysWithin } from './scale.ts';

/**
 * Voice leading as minimal motion (Tymoczko 2006): among all ways to place a chord near the voices
 * that sound, the one whose voices move least, do not cross, and leave room in the bass.
 */

/** Closest spacing of neighbours in semitones: low voices need air. */
const spacing = (lower: number): number => (lower < 48 ? 7 : lower < 55 ? 4 : lower < 60 ? 3 : 2);

interface Search {
  readonly keys: readonly number[];
  readonly from: readonly number[];
  readonly pitchClasses: readonly number[];
  best: readonly number[] | null;
  bestCost: number;
}

/** Cost of what the finished voicing lacks: each absent pitch class of the first three weighs more than any motion. */
const absence = (voicing: readonly number[], pitchClasses: readonly number[]): number =>
  pitchClasses.reduce((sum, pitchClass, index) => sum + (voicing.some((key) => key % 12 === pitchClass) ? 0 : index < 3 ? 24 : 6), 0);

const place = (search: Search, voicing: readonly number[], cost: number): void => {
  if (cost >= search.bestCost) return;
  const voice = voicing.length;
  const from = search.from[voice];
  if (from === undefined) {
    const total = cost + absence(voicing, search.pitchClasses);
    if (total < search.bestCost) {
      search.bestCost = total;
      search.best = voicing;
    }
    return;
  }
  const below = voicing[voice - 1];
  for (const key of search.keys) {
    const motion = Math.abs(key - from);
    if (motion > 9 || (below !== undefined && key - below < spacing(below))) continue;
    // Beyond two semitones a step weighs double: a leap is worth taking only where it saves others.
    place(search, [...voicing, key], cost + motion + Math.max(0, motion - 2));
  }
};

/** Voices spread evenly over a range, from which the first chord is led. */
const evenly = (voices: number, low: number, high: number): readonly number[] =>
  Array.from({ length: voices }, (_, index) => Math.round(low + ((high - low) * (index + 0.5)) / voices));

/** As many voices as wanted: the outer ones come and go last. */
const fit = (from: readonly number[], voices: number, low: number, high: number): readonly number[] => {
  if (from.length === 0) return evenly(voices, low, high);
  let fitted = [...from];
  while (fitted.length > voices) fitted.splice(Math.floor(fitted.length / 2), 1);
  while (fitted.length < voices) fitted = [...fitted, Math.min(high, (fitted[fitted.length - 1] ?? low) + 4)];
  return fitted;
};

/**
 * The voicing of a chord nearest to the last one.
 * @param from the last voicing in ascending MIDI keys; empty for the first
 * @param pitchClasses of the chord, the most needed first
 * @param voices how many, 1 to 6
 * @param low lowest key allowed, inclusive
 * @param high highest key allowed, inclusive, at least an octave above
 * @returns ascending MIDI keys, no two alike; fewer than `voices` only where the range has no room
 */
export const leadVoices = (from: readonly number[], pitchClasses: readonly number[], voices: number, low: number, high: number): readonly number[] => {
  const keys = keysWithin(pitchClasses, low, high);
  for (let wanted = voices; wanted > 0; wanted -= 1) {
    for (const start of [fit(from, wanted, low, high), evenly(wanted, low, high)]) {
      const search: Search = { keys, from: start, pitchClasses, best: null, bestCost: Infinity };
      place(search, [], 0);
      if (search.best !== null) return search.best;
    }
  }
  return [];
};
