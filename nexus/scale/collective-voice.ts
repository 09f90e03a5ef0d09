import { NEUTRAL_MEASURES, frameOf, measure, startHistory, type History } from '../../core/signal/collective.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { FIELD, type Shard } from '../../core/signal/fold.ts';

/** Makes collective frames of sums, one after the other, and keeps what the measures remember. */
export interface CollectiveVoice {
  /** The frame of a moment, Unix milliseconds. */
  frameAt(sums: Shard, moment: number): CollectiveFrame;
  history(): History;
}

/**
 * @param start Unix milliseconds of the gathering's start, where a frame's `t` is 0
 * @param minimumPods below it frames are gated
 * @param history of a merger before this one, with its last moment
 */
export const createCollectiveVoice = (start: number, minimumPods: number, history: History = startHistory(), before: number | null = null): CollectiveVoice => {
  let last = before;
  let remembered = history;
  return {
    history: () => remembered,
    frameAt: (sums, moment) => {
      const elapsed = last === null ? 0 : Math.max(0, moment - last) / 1_000;
      last = moment;
      const pods = sums[FIELD.pods] ?? 0;
      const sinceStart = Math.max(0, moment - start);
      if (pods < minimumPods) {
        remembered = startHistory();
        return frameOf(sinceStart * 1_000, pods, true, NEUTRAL_MEASURES);
      }
      const measured = measure(sums, remembered, elapsed, sinceStart / 1_000);
      remembered = measured.history;
      return frameOf(sinceStart * 1_000, pods, false, measured.measures);
    },
  };
};
