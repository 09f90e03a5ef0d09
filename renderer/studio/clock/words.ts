import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { text } from '../text/text.ts';

/** Words for the three things that a second's look should answer: how deep, how together, how restless. */

const word = (words: readonly string[], value: number, steps: readonly number[]): string => {
  const place = steps.findIndex((step) => value < step);
  return words[place === -1 ? words.length - 1 : place] ?? '';
};

export const depthWord = (depth: number): string => word(text.clock.deep, depth, [0.15, 0.3, 0.45, 0.6]);
/** Phase consistency of breath is small where breaths are free: .2 is much, .5 rare. */
export const togetherWord = (synchrony: number): string => word(text.clock.together, synchrony, [0.05, 0.2, 0.5]);
export const restlessWord = (discord: number): string => word(text.clock.restless, discord, [0.25, 0.55, 0.75]);

/** How together the sleepers are: breath where it is known, else the agreement of their stages. */
export const togetherness = (frame: CollectiveFrame): number => Math.max(0, frame.synchrony ?? frame.concordance);

export interface ClockWords {
  readonly deep: string;
  readonly together: string;
  readonly restless: string;
  readonly dream: number;
}

export const clockWords = (frame: CollectiveFrame): ClockWords => ({
  deep: depthWord(frame.depth),
  together: togetherWord(togetherness(frame)),
  restless: restlessWord(frame.discord),
  dream: Math.round(frame.dream * 20) * 5,
});
