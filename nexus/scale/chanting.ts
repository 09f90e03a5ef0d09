import { ONE } from '../../core/signal/fold.ts';
import { createBucket, spend, type Bucket, type Rate } from '../bucket.ts';

/** One who chants is forgotten this long after the last tap. */
const FORGOTTEN_MS = 2_500;
const TAPS: Rate = { perSecond: 10, burst: 20 };

/** Those who chant at one moment: whole numbers, so that they add up like the sums of the fold. */
export interface Chanting {
  /** Who sounds, strength above 0. */
  readonly voices: number;
  /** Their strengths in all, ONE a voice at most. */
  readonly strength: number;
}

export const SILENCE: Chanting = { voices: 0, strength: 0 };

export const addChanting = (a: Chanting, b: Chanting): Chanting => ({ voices: a.voices + b.voices, strength: a.strength + b.strength });

/** The voices of one partition. Time is an argument, milliseconds. */
export interface Chanters {
  hear(sid: string, strength: number, now: number): void;
  forget(sid: string): void;
  at(now: number): Chanting;
}

/** @param most voices at once */
export const createChanters = (most: number): Chanters => {
  const voices = new Map<string, { strength: number; at: number; readonly bucket: Bucket }>();
  return {
    hear: (sid, strength, now) => {
      const known = voices.get(sid);
      if (known === undefined) {
        if (voices.size < most) voices.set(sid, { strength, at: now, bucket: createBucket(TAPS, now) });
      } else if (spend(known.bucket, TAPS, now)) {
        known.strength = strength;
        known.at = now;
      }
    },
    forget: (sid) => {
      voices.delete(sid);
    },
    at: (now) => {
      let sounding = 0;
      let sum = 0;
      voices.forEach(({ strength, at }, sid) => {
        if (now - at >= FORGOTTEN_MS) voices.delete(sid);
        else if (strength > 0) {
          sounding += 1;
          sum += Math.round(strength * ONE);
        }
      });
      return { voices: sounding, strength: sum };
    },
  };
};
