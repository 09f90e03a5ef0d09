import { exp } from '../core/math/elementary.ts';
import { onGrid } from '../core/signal/collective-frame.ts';
import { createBucket, spend, type Bucket, type Rate } from './bucket.ts';
import type { Verdict } from './guard/verdict.ts';

/** One who chants is forgotten this long after the last tap. */
const FORGOTTEN_MS = 2_500;
/** Chanters at whom the level stands half-way: M/(M + 4). */
const HALF = 4;
/** The level follows with these time constants, rising and falling, seconds. */
const ATTACK_SECONDS = 0.5;
const RELEASE_SECONDS = 3;
/** Below this a level is none. */
const SILENCE = 0.000_05;
/** Taps of one voice: a drum roll passes, a flood does not. */
const TAPS: Rate = { perSecond: 10, burst: 20 };

/** Those awake who tap or hum along, as one level. One connection is one voice, whatever it sends. */
export interface Chant {
  /** @param strength 0..1; 0 falls silent */
  hear(voice: string, strength: unknown, now: number): Verdict;
  forget(voice: string): void;
  /** The level of this moment, 0..1 on the frame's grid; it follows from call to call, so one alone may ask. */
  levelAt(now: number): number;
  /** The level when it was last asked for, and how many chant now. */
  seen(now: number): { readonly level: number; readonly voices: number };
}

/** The level that follows those who chant. */
export interface ChantLevel {
  /** @param strength of all voices together  @param voices that sound  @returns 0..1 on the frame's grid */
  follow(strength: number, voices: number, now: number): number;
  readonly level: number;
}

/** M/(M + 4) times the mean strength, that is the sum of strengths over M + 4, reached by and by. */
export const createChantLevel = (): ChantLevel => {
  let level = 0;
  let last: number | null = null;
  return {
    get level() {
      return onGrid(level);
    },
    follow: (strength, voices, now) => {
      const target = strength / (voices + HALF);
      const elapsed = last === null ? 0 : Math.max(0, now - last) / 1_000;
      last = now;
      level += (target - level) * (1 - exp(-elapsed / (target > level ? ATTACK_SECONDS : RELEASE_SECONDS)));
      if (level < SILENCE && target === 0) level = 0;
      return onGrid(level);
    },
  };
};

interface Voice {
  strength: number;
  at: number;
  readonly bucket: Bucket;
}

/** @param maximum voices at once; memory never grows beyond them */
export const createChant = (maximum: number): Chant => {
  const voices = new Map<string, Voice>();
  const level = createChantLevel();

  const drop = (now: number): void => {
    voices.forEach(({ at }, voice) => {
      if (now - at >= FORGOTTEN_MS) voices.delete(voice);
    });
  };

  return {
    hear: (voice, strength, now) => {
      if (typeof strength !== 'number' || !(strength >= 0 && strength <= 1)) return 'malformed';
      const known = voices.get(voice);
      if (known === undefined) {
        if (voices.size >= maximum) drop(now);
        if (voices.size >= maximum) return 'too many pods';
        const bucket = createBucket(TAPS, now);
        spend(bucket, TAPS, now);
        voices.set(voice, { strength, at: now, bucket });
        return 'taken';
      }
      if (!spend(known.bucket, TAPS, now)) return 'too fast';
      known.strength = strength;
      known.at = now;
      return 'taken';
    },
    forget: (voice) => {
      voices.delete(voice);
    },
    levelAt: (now) => {
      drop(now);
      let sum = 0;
      let sounding = 0;
      for (const { strength } of voices.values()) {
        sum += strength;
        if (strength > 0) sounding += 1;
      }
      return level.follow(sum, sounding, now);
    },
    seen: (now) => {
      drop(now);
      let sounding = 0;
      for (const { strength } of voices.values()) if (strength > 0) sounding += 1;
      return { level: level.level, voices: sounding };
    },
  };
};
