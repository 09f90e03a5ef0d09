import type { Mode } from '../score/schema.ts';
import { pitchClassName, scaleOf } from './scale.ts';

/** A chord of the scene's mode. */
export interface Chord {
  /** Pitch class of its root. */
  readonly root: number;
  /** For people: "D sus2". */
  readonly name: string;
  /** Pitch classes, root first. */
  readonly pitchClasses: readonly number[];
  /** 0 at rest, 1 far from home and rough. */
  readonly tension: number;
}

/** Shapes in semitones above the root: open and still ones before bright and full ones. */
const SHAPES: readonly (readonly [name: string, steps: readonly number[]])[] = [
  ['5', [0, 7]],
  ['sus2', [0, 2, 7]],
  ['sus4', [0, 5, 7]],
  ['', [0, 4, 7]],
  ['m', [0, 3, 7]],
  ['add9', [0, 4, 7, 2]],
  ['m add9', [0, 3, 7, 2]],
  ['maj7', [0, 4, 7, 11]],
  ['m7', [0, 3, 7, 10]],
  ['7 sus4', [0, 5, 7, 10]],
  ['6', [0, 4, 7, 9]],
];

/** Roughness of an interval class, 0 (fifth, octave) to 1 (semitone); an ordering after Huron's consonance of interval classes (1994). */
const INTERVAL_ROUGHNESS = [0, 1, 0.45, 0.2, 0.12, 0.02, 0.6] as const;

/** Mean roughness over all pairs of pitch classes, 0..1. */
export const roughness = (pitchClasses: readonly number[]): number => {
  let sum = 0;
  let pairs = 0;
  pitchClasses.forEach((a, index) => {
    for (const b of pitchClasses.slice(index + 1)) {
      const apart = Math.abs(a - b) % 12;
      sum += INTERVAL_ROUGHNESS[Math.min(apart, 12 - apart)] ?? 0;
      pairs += 1;
    }
  });
  return pairs === 0 ? 0 : sum / pairs;
};

/** Steps between two pitch classes on the circle of fifths, 0..6. */
export const fifthsApart = (a: number, b: number): number => {
  const around = (((a - b) * 7) % 12 + 12) % 12;
  return Math.min(around, 12 - around);
};

/** Every chord whose notes all lie in the mode, with its tension from this home. */
export const chordsOf = (home: number, mode: Mode): readonly Chord[] => {
  const scale = scaleOf(home, mode);
  return scale.flatMap((root) =>
    SHAPES.map(([shape, steps]) => ({ shape, pitchClasses: steps.map((step) => (root + step) % 12) }))
      .filter(({ pitchClasses }) => pitchClasses.every((pitchClass) => scale.includes(pitchClass)))
      .map(({ shape, pitchClasses }) => ({
        root,
        name: `${pitchClassName(root)}${shape === '' || shape === 'm' || shape === '5' ? shape : ` ${shape}`}`,
        pitchClasses,
        tension: Math.min(1, (0.6 * fifthsApart(root, home)) / 4 + 1.2 * roughness(pitchClasses)),
      })),
  );
};
