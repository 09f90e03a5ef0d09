/** Maps moments of the audio clock to `performance.now()`, for MIDI that should be heard with the sound. */
export interface OutputMap {
  /** Two names of one moment, from `getOutputTimestamp()`; asked again and again, since the clocks drift apart. */
  readonly observe: (contextSeconds: number, performanceMs: number) => void;
  /** Null before the first observation. */
  readonly toPerformance: (contextSeconds: number) => number | null;
}

/** Share of each new difference that is taken in: small, so that jitter of a reading does not move notes. */
const TAKE = 0.05;
/** A difference beyond this is no jitter: the device changed or the machine slept. */
const JUMP_MS = 80;

export const createOutputMap = (): OutputMap => {
  let offset: number | null = null;
  return {
    observe: (contextSeconds, performanceMs) => {
      const seen = performanceMs - contextSeconds * 1_000;
      if (offset === null || Math.abs(seen - offset) > JUMP_MS) offset = seen;
      else offset += TAKE * (seen - offset);
    },
    toPerformance: (contextSeconds) => (offset === null ? null : contextSeconds * 1_000 + offset),
  };
};
