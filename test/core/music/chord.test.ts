import { describe, expect, it } from 'vitest';
import { chordsOf, fifthsApart, roughness, type Chord } from '../../../core/music/chord.ts';
import { scaleOf } from '../../../core/music/scale.ts';
import { MODES, type Mode } from '../../../core/score/schema.ts';

const named = (home: number, mode: Mode, name: string): Chord => {
  const chord = chordsOf(home, mode).find((candidate) => candidate.name === name);
  if (chord === undefined) throw new Error(`${name} is not among ${chordsOf(home, mode).map((candidate) => candidate.name).join(', ')}`);
  return chord;
};

describe('chords', () => {
  it.each(MODES)('of %s lie in the mode, root first, no two alike, tension 0..1', (mode) => {
    for (let home = 0; home < 12; home += 1) {
      const chords = chordsOf(home, mode);
      const scale = scaleOf(home, mode);
      for (const chord of chords) {
        expect(chord.pitchClasses.every((pitchClass) => scale.includes(pitchClass))).toBe(true);
        expect(chord.pitchClasses[0]).toBe(chord.root);
        expect(new Set(chord.pitchClasses).size).toBe(chord.pitchClasses.length);
        expect(chord.tension).toBeGreaterThanOrEqual(0);
        expect(chord.tension).toBeLessThanOrEqual(1);
      }
      expect(new Set(chords.map(({ name }) => name)).size).toBe(chords.length);
      // Something to move to, and something full enough for three voices.
      expect(chords.filter(({ pitchClasses }) => pitchClasses.length >= 3).length).toBeGreaterThanOrEqual(4);
    }
  });

  it('have the names that musicians give them', () => {
    expect(named(0, 'ionian', 'C').pitchClasses).toEqual([0, 4, 7]);
    expect(named(0, 'ionian', 'Dm').pitchClasses).toEqual([2, 5, 9]);
    expect(named(0, 'ionian', 'C maj7').pitchClasses).toEqual([0, 4, 7, 11]);
    expect(named(2, 'dorian', 'G add9').pitchClasses).toEqual([7, 11, 2, 9]);
    expect(named(9, 'aeolian', 'A5').pitchClasses).toEqual([9, 4]);
    expect(named(7, 'pentatonic', 'G sus2').pitchClasses).toEqual([7, 9, 2]);
    expect(chordsOf(0, 'ionian').some(({ name }) => name === 'D' || name === 'Cm')).toBe(false);
  });

  it('are more tense the farther from home and the rougher they are', () => {
    const tension = (home: number, mode: Mode, name: string): number => named(home, mode, name).tension;
    expect(tension(0, 'ionian', 'C5')).toBeLessThan(tension(0, 'ionian', 'C'));
    expect(tension(0, 'ionian', 'C')).toBeLessThan(tension(0, 'ionian', 'C maj7'));
    expect(tension(0, 'ionian', 'C')).toBeLessThan(tension(0, 'ionian', 'G'));
    expect(tension(0, 'ionian', 'G')).toBeLessThan(tension(0, 'ionian', 'Dm'));
    expect(tension(0, 'ionian', 'Dm')).toBeLessThan(tension(0, 'ionian', 'Em'));
    // The same shape at the same distance is as tense in any key.
    expect(tension(0, 'ionian', 'G')).toBeCloseTo(tension(5, 'ionian', 'C'), 12);
  });

  it('roughness orders the intervals: fifth, third, second, tritone, semitone', () => {
    const [fifth = 0, third = 0, second = 0, tritone = 0, semitone = 0] = [7, 4, 2, 6, 1].map((apart) => roughness([0, apart]));
    expect(fifth).toBeLessThan(third);
    expect(third).toBeLessThan(second);
    expect(second).toBeLessThan(tritone);
    expect(tritone).toBeLessThan(semitone);
    expect(roughness([4])).toBe(0);
    expect(roughness([0, 11])).toBe(semitone);
    expect(roughness([3, 10])).toBe(fifth);
  });

  it('measures distance on the circle of fifths, both ways round', () => {
    expect([7, 5, 2, 10, 6, 0, 1].map((pitchClass) => fifthsApart(pitchClass, 0))).toEqual([1, 1, 2, 2, 6, 0, 5]);
    for (let a = 0; a < 12; a += 1) for (let b = 0; b < 12; b += 1) expect(fifthsApart(a, b)).toBe(fifthsApart(b, a));
  });
});
