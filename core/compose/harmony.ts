import { fifthsApart, chordsOf, type Chord } from '../music/chord.ts';
import { pitchClassName } from '../music/scale.ts';
import { uniform } from '../random/keyed.ts';
import type { Scene } from '../score/schema.ts';

/** The chord that sounds, from one bar to another (exclusive). */
export interface Harmony {
  readonly chord: Chord;
  readonly sinceBar: number;
  readonly untilBar: number;
}

/** The open fifth on a home note: where every gathering begins. */
export const CHORD_AT_REST = (root: number): Chord => ({ root, name: `${pitchClassName(root)}5`, pitchClasses: [root, (root + 7) % 12], tension: 0 });

/** What pulls the harmony, each 0..1. */
export interface HarmonyPull {
  readonly discord: number;
  readonly unity: number;
  readonly depth: number;
  readonly novelty: number;
}

/** Notes of one chord that are not in the other. */
const foreign = (chord: Chord, to: Chord): number => chord.pitchClasses.filter((pitchClass) => !to.pitchClasses.includes(pitchClass)).length;

/** The tension that the harmony aims at: the scene's own, more with discord, less with unity and in deep sleep. */
export const tensionTarget = (scene: Scene, pull: HarmonyPull): number =>
  Math.max(0, Math.min(1, scene.tension * (0.4 + 1.2 * pull.discord) * (1 - 0.5 * pull.unity) * (1 - 0.35 * pull.depth)));

/**
 * The next chord: of all chords of the scene's mode the one with the least soft cost (distance from
 * the tension aimed at, notes that change, jumps around the circle of fifths, standing still), with
 * keyed noise that novelty widens.
 */
export const nextChord = (scene: Scene, from: Chord, seed: number, bar: number, pull: HarmonyPull): Chord => {
  const target = tensionTarget(scene, pull);
  let best = from;
  let bestCost = Infinity;
  chordsOf(scene.root, scene.mode).forEach((chord, index) => {
    const still = chord.root === from.root ? (chord.name === from.name ? 1.2 : 0.35) : 0;
    const full = chord.pitchClasses.length < 3 ? 0.5 : 0;
    const chance = (0.25 + 0.6 * pull.novelty) * uniform(seed, 'score', bar, 'chord', index);
    const cost = 2 * Math.abs(chord.tension - target) + 0.18 * foreign(chord, from) + 0.1 * fifthsApart(chord.root, from.root) + still + full + chance;
    if (cost < bestCost) {
      best = chord;
      bestCost = cost;
    }
  });
  return best;
};
