/** A reading of the gathering's clock. */
export interface ClockReading {
  /** Microseconds since the gathering's start; never falls, negative only before it. */
  readonly now: number;
  /** `wall` while the audio clock stands still. */
  readonly from: 'audio' | 'wall';
  /** The wall leads, but the audio clock moves again: time to build the sound anew and to anchor. */
  readonly audioIsBack: boolean;
}

export interface GatheringClock {
  readonly read: (audioSeconds: number, wallMs: number) => ClockReading;
  /** From now on the gathering's frame 0 lies at this moment of the audio clock: after the sound was built anew. */
  readonly anchor: (originSeconds: number) => void;
}

/** The audio clock counts as standing still when it has not moved for this long. */
const STANDSTILL_MS = 500;
/** Steps of the audio clock after which a standstill is over. */
const STEPS_BACK = 5;

/**
 * The gathering's time, from the audio clock so that sound never drifts from the score. Where the
 * audio clock stops (a device was taken away) the wall's takes over without a step; when it runs
 * again it is trusted only once the sound has been anchored anew.
 */
export const createGatheringClock = (originSeconds: number): GatheringClock => {
  let origin = originSeconds;
  let from: ClockReading['from'] = 'audio';
  let lastAudio = -1;
  let movedAt = 0;
  /** Gathering microseconds at wall 0 while the wall leads. */
  let wallOffset = 0;
  let last = -Infinity;
  let stepsBack = 0;

  return {
    read: (audioSeconds, wallMs) => {
      if (audioSeconds !== lastAudio) {
        lastAudio = audioSeconds;
        movedAt = wallMs;
        stepsBack += 1;
      }
      if (from === 'audio' && wallMs - movedAt > STANDSTILL_MS) {
        from = 'wall';
        stepsBack = 0;
        wallOffset = (audioSeconds - origin) * 1e6 + (wallMs - movedAt) * 1e3 - wallMs * 1e3;
      }
      const now = from === 'audio' ? (audioSeconds - origin) * 1e6 : wallOffset + wallMs * 1e3;
      last = Math.max(last, now);
      return { now: last, from, audioIsBack: from === 'wall' && stepsBack >= STEPS_BACK };
    },
    anchor: (seconds) => {
      origin = seconds;
      from = 'audio';
      lastAudio = -1;
    },
  };
};
