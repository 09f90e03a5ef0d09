import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmonyAtRest, nextHarmony } from '../../../core/compose/harmony.ts';
import { chordsOf } from '../../../core/music/chord.ts';
import { leadVoices } from '../../../core/music/voice-leading.ts';
import { MODES } from '../../../core/score/schema.ts';
import { firstLight } from '../../support/score.ts';
import { motionOf } from '../../support/voices.ts';

const anyChord = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom(...MODES), fc.nat()).map(([home, mode, at]) => {
  const chords = chordsOf(home, mode);
  return chords[at % chords.length]?.pitchClasses ?? [0, 7];
});

/** All voicings of a range by brute force, least motion first: what the search must find. */
const leastMotion = (from: readonly number[], pitchClasses: readonly number[], low: number, high: number): number => {
  let best = Infinity;
  const cost = (voicing: readonly number[]): number => voicing.reduce((sum, key, voice) => sum + Math.abs(key - (from[voice] ?? key)), 0);
  const walk = (voicing: readonly number[]): void => {
    if (voicing.length === from.length) {
      if (pitchClasses.every((pitchClass) => voicing.some((key) => key % 12 === pitchClass))) best = Math.min(best, cost(voicing));
      return;
    }
    for (let key = (voicing[voicing.length - 1] ?? low - 7) + 7; key <= high; key += 1) if (pitchClasses.includes(key % 12)) walk([...voicing, key]);
  };
  walk([]);
  return best;
};

describe('voice leading', () => {
  it('keeps the range, never crosses, plays nothing outside the chord, over any walk of chords', () => {
    fc.assert(
      fc.property(fc.array(anyChord, { minLength: 2, maxLength: 12 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 30, max: 60 }), fc.integer({ min: 12, max: 40 }), (chords, voices, low, span) => {
        let keys: readonly number[] = [];
        for (const chord of chords) {
          keys = leadVoices(keys, chord, voices, low, low + span);
          expect(keys.length).toBeGreaterThan(0);
          expect(keys.length).toBeLessThanOrEqual(voices);
          keys.forEach((key, voice) => {
            expect(key).toBeGreaterThan(keys[voice - 1] ?? -1);
            expect(key).toBeGreaterThanOrEqual(low);
            expect(key).toBeLessThanOrEqual(low + span);
            expect(chord).toContain(key % 12);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sounds the first three pitch classes wherever there are voices and room for them', () => {
    fc.assert(
      fc.property(fc.array(anyChord, { minLength: 2, maxLength: 12 }), fc.integer({ min: 3, max: 5 }), (chords, voices) => {
        let keys: readonly number[] = [];
        for (const chord of chords) {
          keys = leadVoices(keys, chord, voices, 48, 79);
          for (const pitchClass of chord.slice(0, 3)) expect(keys.map((key) => key % 12)).toContain(pitchClass);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('moves as little as a search over everything finds, low down where voices need a fifth of air', () => {
    const from = [36, 43, 52];
    const [low, high] = [33, 64];
    for (const chord of [[5, 9, 0], [7, 11, 2], [9, 0, 4], [2, 5, 9]]) {
      const led = leadVoices(from, chord, 3, low, high);
      const moved = led.reduce((sum, key, voice) => sum + Math.abs(key - (from[voice] ?? key)), 0);
      // The search may also pay double for leaps, and higher voices may lie closer: never farther than the wide voicings.
      expect(moved).toBeLessThanOrEqual(leastMotion(from, chord, low, high));
    }
  });

  it('stays where it is when the chord stays, and moves the one note of a suspension', () => {
    const first = leadVoices([], [0, 4, 7], 4, 48, 76);
    expect(leadVoices(first, [0, 4, 7], 4, 48, 76)).toEqual(first);
    const suspended = leadVoices([55, 60, 64], [0, 5, 7], 3, 48, 76);
    expect(suspended).toEqual([55, 60, 65]);
  });

  it('lets voices come and go inside, the outer ones last', () => {
    const three = leadVoices([48, 55, 60, 64], [0, 4, 7], 3, 48, 76);
    expect(three).toEqual([48, 55, 64]);
    const five = leadVoices(three, [0, 4, 7], 5, 48, 76);
    expect(five.length).toBe(5);
    expect(five[0]).toBe(48);
  });

  it('leads two thousand chords of the built-in scenes by at most 1.5 semitones a voice on average, 4 at the 95th percentile', () => {
    const motions: number[] = [];
    for (const scene of firstLight().scenes) {
      let harmony = harmonyAtRest(scene.root);
      let keys: readonly number[] = [];
      for (let bar = 0; bar < 250; bar += 1) {
        const discord = 0.5 + 0.5 * Math.sin(bar / 9);
        harmony = nextHarmony(scene, harmony, 5, bar, { discord, unity: 0.1, depth: 0.5, novelty: 0.2 });
        const led = leadVoices(keys, harmony.chord.pitchClasses, 4, 47, 74);
        motions.push(...motionOf(keys, led));
        keys = led;
      }
    }
    motions.sort((a, b) => a - b);
    const mean = motions.reduce((sum, motion) => sum + motion, 0) / motions.length;
    const high = motions[Math.floor(motions.length * 0.95)];
    console.info(`voice leading: mean ${mean.toFixed(2)} semitones a voice, 95th percentile ${high} (${motions.length} motions)`);
    expect(motions.length).toBeGreaterThan(7_000);
    expect(mean).toBeLessThanOrEqual(1.5);
    expect(high).toBeLessThanOrEqual(4);
  });
});
