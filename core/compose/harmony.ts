import { fifthsApart, chordsOf, type Chord } from '../music/chord.ts';
import { pitchClassName } from '../music/scale.ts';
import { uniform } from '../random/keyed.ts';
import type { Scene } from '../score/schema.ts';

/** The chord that sounds, from one bar to another (exclusive). */
export interface Harmony {
  readonly chord: Chord;
  readonly sinceBar: number;
  readonly untilBar: number;
  /** Chords since the gathering began: four make a phrase. */
  readonly count: number;
  /** Names of the chords before it, the latest first, at most MEMORY. */
  readonly past: readonly string[];
}

/** Chords that the harmony remembers, so as not to circle between two. */
const MEMORY = 7;
/** Tension over a phrase of four chords, as a factor: home, away, further, on the way back. */
const PHRASE = [0.45, 0.95, 1.35, 0.9] as const;

/** The harmony of the first bar: an open fifth on the home note. */
export const harmonyAtRest = (root: number): Harmony => ({ chord: chordAtRest(root), sinceBar: 0, untilBar: 0, count: 0, past: [] });

/** The open fifth on a home note: where every gathering begins. */
const chordAtRest = (root: number): Chord => ({ root, name: `${pitchClassName(root)}5`, pitchClasses: [root, (root + 7) % 12], tension: 0 });

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

/** Cost of so many new notes: a chord with none is no change, one or two turn the light, more is a jolt. */
const NEW_NOTES = [1.2, 0.05, 0, 0.25, 0.5] as const;

/**
 * The next chord: of all chords of the scene's mode the one with the least soft cost (distance from
 * the tension aimed at, notes that change, jumps around the circle of fifths, what was heard lately),
 * with keyed noise that novelty widens.
 */
const nextChord = (scene: Scene, from: Harmony, seed: number, bar: number, pull: HarmonyPull): Chord => {
  const target = tensionTarget(scene, pull) * (PHRASE[(from.count + 1) % PHRASE.length] ?? 1);
  let best = from.chord;
  let bestCost = Infinity;
  chordsOf(scene.root, scene.mode).forEach((chord, index) => {
    const heard = from.past.indexOf(chord.name);
    const lately = heard < 0 ? 0 : 0.9 - 0.1 * heard;
    const sameRoot = chord.root === from.chord.root ? 0.4 : 0;
    const bare = chord.pitchClasses.length < 3 ? 0.4 : 0;
    const change = NEW_NOTES[foreign(chord, from.chord)] ?? 0.5;
    const chance = (0.3 + 0.6 * pull.novelty) * uniform(seed, 'score', bar, 'chord', index);
    const cost = 2 * Math.abs(chord.tension - target) + change + 0.06 * fifthsApart(chord.root, from.chord.root) + lately + sameRoot + bare + chance;
    if (cost < bestCost) {
      best = chord;
      bestCost = cost;
    }
  });
  return best;
};

/** The harmony that begins at a bar: the next chord, for as long as the scene holds one. */
export const nextHarmony = (scene: Scene, from: Harmony, seed: number, bar: number, pull: HarmonyPull): Harmony => ({
  chord: nextChord(scene, from, seed, bar, pull),
  sinceBar: bar,
  untilBar: bar + scene.barsPerChord,
  count: from.count + 1,
  past: [from.chord.name, ...from.past].slice(0, MEMORY),
});
