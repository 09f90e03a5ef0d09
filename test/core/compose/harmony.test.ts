import { describe, expect, it } from 'vitest';
import { harmonyAtRest, nextHarmony, tensionTarget, type Harmony, type HarmonyPull } from '../../../core/compose/harmony.ts';
import { scaleOf } from '../../../core/music/scale.ts';
import { MODES, type Scene } from '../../../core/score/schema.ts';
import { scene } from '../../support/small-score.ts';

const calm: HarmonyPull = { discord: 0.5, unity: 0, depth: 0.3, novelty: 0 };

const walk = (of: Scene, pull: HarmonyPull, chords: number, seed = 1): Harmony[] => {
  const all: Harmony[] = [harmonyAtRest(of.root)];
  for (let at = 1; at <= chords; at += 1) all.push(nextHarmony(of, all[at - 1] ?? harmonyAtRest(of.root), seed, at * of.barsPerChord, pull));
  return all.slice(1);
};
const meanTension = (of: Scene, pull: HarmonyPull): number => {
  const chords = [1, 2, 3].flatMap((seed) => walk(of, pull, 200, seed));
  return chords.reduce((sum, { chord }) => sum + chord.tension, 0) / chords.length;
};

describe('harmony', () => {
  it.each(MODES)('never leaves %s', (mode) => {
    for (const root of [0, 5, 11]) {
      const of = scene('a', { mode, root, tension: 0.6 });
      const scale = scaleOf(root, mode);
      for (const { chord } of walk(of, { ...calm, discord: 0.9, novelty: 1 }, 60)) for (const pitchClass of chord.pitchClasses) expect(scale).toContain(pitchClass);
    }
  });

  it('grows tense with discord, and calm with unity and depth', () => {
    const of = scene('a', { mode: 'dorian', root: 2, tension: 0.5 });
    const rough = [0.1, 0.5, 0.9].map((discord) => meanTension(of, { ...calm, discord }));
    expect(rough[0]).toBeLessThan(rough[1] ?? 0);
    expect(rough[1]).toBeLessThan(rough[2] ?? 0);
    expect(meanTension(of, { ...calm, discord: 0.9, unity: 1 })).toBeLessThan(meanTension(of, { ...calm, discord: 0.9 }));
    expect(meanTension(of, { ...calm, discord: 0.9, depth: 1 })).toBeLessThan(meanTension(of, { ...calm, discord: 0.9, depth: 0 }));
  });

  it('aims at a tension between 0 and 1, as far from home as the scene allows', () => {
    expect(tensionTarget(scene('a', { tension: 0 }), { discord: 1, unity: 0, depth: 0, novelty: 1 })).toBe(0);
    expect(tensionTarget(scene('a', { tension: 1 }), { discord: 1, unity: 0, depth: 0, novelty: 1 })).toBe(1);
    expect(tensionTarget(scene('a', { tension: 0.5 }), { discord: 0.5, unity: 0, depth: 0, novelty: 0 })).toBeCloseTo(0.5, 12);
  });

  it('moves on: no chord follows itself, and more than a handful are heard', () => {
    for (const mode of MODES) {
      const names = walk(scene('a', { mode, tension: 0.4 }), { ...calm, novelty: 0.3 }, 100).map(({ chord }) => chord.name);
      names.forEach((name, at) => expect(name).not.toBe(names[at - 1]));
      expect(new Set(names).size).toBeGreaterThanOrEqual(5);
    }
  });

  it('holds each chord for the bars of the scene, and remembers but a few', () => {
    const all = walk(scene('a', { barsPerChord: 4 }), calm, 30);
    for (const { sinceBar, untilBar, past } of all) {
      expect(untilBar - sinceBar).toBe(4);
      expect(past.length).toBeLessThanOrEqual(7);
    }
    expect(all[29]?.past[0]).toBe(all[28]?.chord.name);
    expect(all[29]?.count).toBe(30);
  });
});
