import type { Sensed } from './reading.ts';

/** Tells body movement from acceleration. */
export interface MovementReader {
  /** @param sample x, y, z in g */
  push(sample: readonly [number, number, number]): void;
  /** Movement over the last second, 0..1; null before there is a second of samples. */
  read(): Sensed<number> | null;
}

/** Below this (in g) a body counts as still: breath and the sensor's own noise. Chosen. */
const STILL_G = 0.01;
/** A turn in bed or more. Chosen. */
const LIVELY_G = 0.15;
/** What no head or wrist in bed comes to. */
const ABSURD_G = 16;

/**
 * Movement as the root mean square of how far acceleration strays from its own mean over a second, .01 g to 0 and .15 g to
 * 1: gravity and the way the sensor lies fall out. @param rate samples a second
 */
export const createMovementReader = (rate: number): MovementReader => {
  const length = Math.max(2, Math.round(rate));
  const kept: (readonly [number, number, number])[] = [];
  return {
    push: (sample) => {
      if (!sample.every((value) => Math.abs(value) <= ABSURD_G)) return;
      kept.push(sample);
      if (kept.length > length) kept.shift();
    },
    read: () => {
      if (kept.length < length) return null;
      let spread = 0;
      for (const axis of [0, 1, 2] as const) {
        const mean = kept.reduce((sum, sample) => sum + sample[axis], 0) / length;
        spread += kept.reduce((sum, sample) => sum + (sample[axis] - mean) * (sample[axis] - mean), 0) / length;
      }
      const strayed = Math.sqrt(spread);
      return { value: Math.min(1, Math.max(0, (strayed - STILL_G) / (LIVELY_G - STILL_G))), quality: 1 };
    },
  };
};
