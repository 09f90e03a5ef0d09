import type { StampedInput } from '../../core/engine/input.ts';
import type { NightMinute } from '../../core/ipc/engine-view.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';

const MINUTE = 60_000_000;

/** The night so far, a line a minute, for the night clock. */
export interface Night {
  /** Takes a frame in; gives the minute that it completes, if it does. */
  readonly hear: (frame: CollectiveFrame, scene: string) => NightMinute | null;
  readonly minutes: () => readonly NightMinute[];
}

/**
 * Minutes are the night's own, by the Nexus's clock, since a gathering may begin late and run fast. Each shows the last frame in it that was not gated: the fold is smoothed already.
 * @param so the minutes so far, the last of them open
 */
export const createNight = (so: readonly NightMinute[] = []): Night => {
  const minutes: NightMinute[] = so.slice(0, -1);
  let open: NightMinute | null = so.at(-1) ?? null;
  return {
    hear: (frame, scene) => {
      if (frame.gated) return null;
      const minute = Math.floor(frame.t / MINUTE);
      const done = open !== null && open.minute < minute ? open : null;
      if (done !== null) minutes.push(done);
      open = { minute, share: frame.share, synchrony: frame.synchrony ?? 0, discord: frame.discord, scene };
      return done;
    },
    minutes: () => (open === null ? minutes : [...minutes, open]),
  };
};

/**
 * The night of a take that is resumed.
 * @param so its minutes before these inputs
 * @param sceneAt id of the scene that sounded at a time
 */
export const nightOf = (so: readonly NightMinute[], inputs: readonly StampedInput[], sceneAt: (t: number) => string): Night => {
  const night = createNight(so);
  for (const { effective, input } of inputs) if (input.kind === 'frame') night.hear(input.frame, sceneAt(effective));
  return night;
};
