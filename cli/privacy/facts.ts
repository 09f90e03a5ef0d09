import { MICROS_PER_SECOND } from '../../core/units.ts';
import { PUBLISH_GATE } from '../../core/signal/published-frame.ts';

/** What collective frames tell of how many people they hold. */
export interface FrameFacts {
  readonly frames: number;
  /** Frames that say nothing but how many pods there were. */
  readonly gated: number;
  /** The fewest and the most pods in one frame that says something; null where none does. */
  readonly least: number | null;
  readonly most: number | null;
  /** Frames that say something of fewer than ten. */
  readonly belowPublishing: number;
  /** How often the number rose, or fell, by exactly one between two frames that say something. */
  readonly joinsOfOne: number;
  readonly leavesOfOne: number;
  /** From the first to the last frame. */
  readonly seconds: number;
}

/** A frame as far as numbers of people go. */
export interface Counted {
  readonly t: number;
  readonly n: number;
  readonly gated: boolean;
}

/** Collects the facts frame by frame; keeps none of them. */
export const createFrameFacts = (): { readonly add: (frame: Counted) => void; readonly facts: () => FrameFacts } => {
  const facts = { frames: 0, gated: 0, belowPublishing: 0, joinsOfOne: 0, leavesOfOne: 0 };
  let least: number | null = null;
  let most: number | null = null;
  let before: Counted | null = null;
  let first: number | null = null;
  let last = 0;
  return {
    add: (frame) => {
      facts.frames += 1;
      first ??= frame.t;
      last = Math.max(last, frame.t);
      if (frame.gated) facts.gated += 1;
      else {
        least = Math.min(least ?? frame.n, frame.n);
        most = Math.max(most ?? frame.n, frame.n);
        if (frame.n < PUBLISH_GATE) facts.belowPublishing += 1;
        if (before !== null && !before.gated && frame.n === before.n + 1) facts.joinsOfOne += 1;
        if (before !== null && !before.gated && frame.n === before.n - 1) facts.leavesOfOne += 1;
      }
      before = frame;
    },
    facts: () => ({ ...facts, least, most, seconds: first === null ? 0 : Math.round((last - first) / MICROS_PER_SECOND) }),
  };
};
