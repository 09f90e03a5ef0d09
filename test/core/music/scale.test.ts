import { describe, expect, it } from 'vitest';
import { keysWithin, pitchClassName, scaleOf } from '../../../core/music/scale.ts';
import { MODES } from '../../../core/score/schema.ts';

describe('scales', () => {
  it('are the modes that musicians know', () => {
    const names = (root: number, mode: (typeof MODES)[number]): string => scaleOf(root, mode).map(pitchClassName).join(' ');
    expect(names(0, 'ionian')).toBe('C D E F G A B');
    expect(names(2, 'dorian')).toBe('D E F G A B C');
    expect(names(4, 'phrygian')).toBe('E F G A B C D');
    expect(names(5, 'lydian')).toBe('F G A B C D E');
    expect(names(7, 'mixolydian')).toBe('G A B C D E F');
    expect(names(9, 'aeolian')).toBe('A B C D E F G');
    expect(names(7, 'pentatonic')).toBe('G A B D E');
    expect(names(0, 'hirajoshi')).toBe('C D Eb G Ab');
  });

  it.each(MODES)('%s begins at home on every root, with no pitch class twice', (mode) => {
    for (let root = 0; root < 12; root += 1) {
      const scale = scaleOf(root, mode);
      expect(scale[0]).toBe(root);
      expect(new Set(scale).size).toBe(scale.length);
      for (const pitchClass of scale) expect(pitchClass).toBeGreaterThanOrEqual(0);
      expect(Math.max(...scale)).toBeLessThan(12);
    }
  });

  it('finds all keys of a range, both ends included', () => {
    expect(keysWithin([0, 7], 60, 72)).toEqual([60, 67, 72]);
    expect(keysWithin([0], 61, 71)).toEqual([]);
    expect(keysWithin([11, 0], 0, 12)).toEqual([0, 11, 12]);
  });

  it('names pitch classes round the clock', () => {
    expect([3, 15, -9].map(pitchClassName)).toEqual(['Eb', 'Eb', 'Eb']);
  });
});
