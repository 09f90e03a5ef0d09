import type { Mode } from '../score/schema.ts';

/** Steps of each mode above its home note, in semitones. The last two: major pentatonic; hirajoshi after the koto tuning of Yatsuhashi Kengyo. */
const MODE_STEPS: Readonly<Record<Mode, readonly number[]>> = {
  ionian: [0, 2, 4, 5, 7, 9, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  aeolian: [0, 2, 3, 5, 7, 8, 10],
  pentatonic: [0, 2, 4, 7, 9],
  hirajoshi: [0, 2, 3, 7, 8],
};

/** Pitch classes (0..11, 0 is C) of a mode on a home note, from the home note up. */
export const scaleOf = (root: number, mode: Mode): readonly number[] => MODE_STEPS[mode].map((step) => (root + step) % 12);

/** All MIDI keys of these pitch classes from low to high inclusive, ascending. */
export const keysWithin = (pitchClasses: readonly number[], low: number, high: number): readonly number[] => {
  const keys: number[] = [];
  for (let key = low; key <= high; key += 1) if (pitchClasses.includes(key % 12)) keys.push(key);
  return keys;
};

const NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;

/** Name of a pitch class: "Eb". */
export const pitchClassName = (pitchClass: number): string => NAMES[((pitchClass % 12) + 12) % 12] ?? 'C';
