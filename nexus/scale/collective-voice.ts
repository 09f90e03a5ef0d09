import { NEUTRAL_MEASURES, frameOf, measure, startHistory, type History } from '../../core/signal/collective.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { FIELD, gatedSensors, type Shard } from '../../core/signal/fold.ts';

/** What a voice remembers from frame to frame. Plain data. */
export interface VoiceMemory {
  readonly history: History;
  /** The last moment, Unix milliseconds; null before the first. */
  readonly last: number | null;
  /** When the night began: with the first frame that said something. */
  readonly nightfall: number | null;
}

/** The memory before the first frame. */
export const startVoice = (): VoiceMemory => ({ history: startHistory(), last: null, nightfall: null });

/** Makes collective frames of sums, one after the other. */
export interface CollectiveVoice {
  /** The frame of a moment, Unix milliseconds. `chant`: its level, 0..1. */
  frameAt(sums: Shard, chant: number, moment: number): CollectiveFrame;
  memory(): VoiceMemory;
}

/**
 * @param start Unix milliseconds of the gathering's start, where a frame's `t` is 0
 * @param minimumPods below it frames are gated
 */
export const createCollectiveVoice = (start: number, minimumPods: number, memory: VoiceMemory): CollectiveVoice => {
  let { history, last, nightfall } = memory;
  return {
    memory: () => ({ history, last, nightfall }),
    frameAt: (sums, chant, moment) => {
      const elapsed = last === null ? 0 : Math.max(0, moment - last) / 1_000;
      last = moment;
      const pods = sums[FIELD.pods] ?? 0;
      const t = Math.max(0, moment - start) * 1_000;
      if (pods < minimumPods) {
        history = startHistory();
        return frameOf(t, pods, true, { ...NEUTRAL_MEASURES, chant });
      }
      nightfall ??= moment;
      const measured = measure(gatedSensors(sums, minimumPods), history, elapsed, Math.max(0, moment - nightfall) / 1_000);
      history = measured.history;
      return frameOf(t, pods, false, { ...measured.measures, chant });
    },
  };
};
