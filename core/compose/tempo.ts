import type { Scene } from '../score/schema.ts';
import { bpm, type Bpm } from '../units.ts';

/** Length of a quarter note in whole microseconds. */
export const microsPerQuarter = (tempo: Bpm): number => Math.round(60_000_000 / tempo);

/** Beats a minute from the length of a quarter note. */
export const beatsPerMinute = (perQuarter: number): Bpm => bpm(60_000_000 / perQuarter);

/** How much the tempo may move from one bar to the next, in beats a minute: a change that nobody notices. */
const GLIDE = 0.5;

/** The nearest tempo on a grid of a quarter of a beat a minute. */
const onGrid = (tempo: number): number => Math.round(tempo * 4) / 4;

/** The tempo that a gathering begins with: the waking one of its opening scene, on the grid. */
export const openingTempo = (scene: Scene): Bpm => bpm(onGrid(scene.tempo[1]));

/** Where the mean depth of a crowd lives: lighter than this is awake to the tempo, deeper is deepest. */
const LIGHTEST = 0.3;
const DEEPEST = 0.8;

/**
 * The next bar's tempo: between the scene's waking and deepest tempo by how deep the sleepers lie,
 * a little quicker when they are restless, a step of at most half a beat a minute from the last,
 * on a grid of a quarter of one.
 * @param from tempo of the last bar
 * @param depth 0..1
 * @param discord 0..1, .5 is a normal night
 */
export const nextTempo = (scene: Scene, from: Bpm, depth: number, discord: number): Bpm => {
  const [deepest, waking] = scene.tempo;
  const sunk = Math.max(0, Math.min(1, (depth - LIGHTEST) / (DEEPEST - LIGHTEST)));
  const wanted = waking + (deepest - waking) * sunk + 4 * (discord - 0.5);
  const near = Math.max(from - GLIDE, Math.min(from + GLIDE, wanted));
  return bpm(Math.max(20, Math.min(120, onGrid(near))));
};
