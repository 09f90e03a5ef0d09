import type { Layer, Rule, Scene, Score } from '../../core/score/schema.ts';
import { firstLight } from './score.ts';

export const scene = (id: string, changes: Partial<Scene> = {}): Scene => ({
  id, name: id, story: '', arc: 0, tempo: [60, 60], root: 0, mode: 'ionian', barsPerChord: 1, dwellSeconds: 0, tension: 0.4, layers: {}, ...changes,
});

export const rule = (id: string, changes: Partial<Rule> & Pick<Rule, 'to'>): Rule => ({
  id, from: null, when: [{ signal: 'dream', is: 'above', value: 0.5 }], forSeconds: 10, atBars: 1, ...changes,
});

export const layer = (id: string, changes: Partial<Layer> = {}): Layer => ({
  id, name: id, generator: 'drone', instrument: 'drone', range: [36, 60],
  parameters: { level: 0.5, brightness: 0.5, motion: 0.5, room: 0.5, density: 0.5, variety: 0.5, register: 0.5, dynamics: 0.5 },
  gainDb: 0, pan: 0, muted: false, route: null, ...changes,
});

/** One drone, two scenes a and b at 60 beats a minute (a bar lasts 4 s), no rules. Change what a test is about. */
export const smallScore = (changes: Partial<Score> = {}): Score => ({
  ...firstLight(), layers: [layer('ground')], scenes: [scene('a'), scene('b')], opening: 'a', rules: [], mappings: [], macros: [], bindings: [], ...changes,
});
