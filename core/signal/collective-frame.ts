import { z } from 'zod';
import { MAXIMUM_PODS } from './fold.ts';
import { STAGES } from './stages.ts';

const share = z.number().min(0).max(1);

/**
 * The fold over all live pods at one moment, made by the Nexus 4 times a second. Every measure is a
 * multiple of 1/10 000, so that a frame is the same after any trip through text and on any machine.
 * `null` means unknown (no pod sends it), which is not zero.
 */
export const collectiveFrameSchema = z.strictObject({
  /** Microseconds from the gathering's start, by the Nexus's clock. The engine keeps it as data and stamps its own. */
  t: z.int().min(0),
  /** Pods live in this frame. Below the gate (`gated`) it still says how many there are. */
  n: z.int().min(0).max(MAXIMUM_PODS),
  /** Too few pods for the live gate (k = 5 in rooms with other people): the measures are neutral, the score follows its own arc. */
  gated: z.boolean(),
  /** Share of sleepers in W, N1, N2, N3, R: (n_k + .5)/(N + 2.5) (Jeffreys), sums to 1 within rounding. */
  share: z.tuple([share, share, share, share, share]),
  /** Normalised entropy of the stages, 0 all alike, 1 evenly mixed. */
  entropy: share,
  /** Mean depth of those not in REM: W 0, N1 .33, N2 .66, N3 1. */
  depth: share,
  /** Share of sleepers in REM, n_R/N. */
  dream: share,
  /** Breath synchrony: pairwise phase consistency (Vinck 2010), -1 to 1, 0 is chance; null without breath. */
  synchrony: z.number().min(-1).max(1).nullable(),
  /** Agreement of stages beyond the time of night's chance, C* = (C - C0)/(1 - C0), 0 is chance. */
  concordance: z.number().min(-1).max(1),
  /** Restlessness from the arousal rate, .5 is a normal night. */
  discord: share,
  /** N/(N+8) x (PPC+ /2 + C*+ /2), 0 is chance. */
  unity: share,
  /** sqrt of the Jensen-Shannon divergence between the last 2 and the last 15 minutes of shares. */
  novelty: share,
  /** Mean heart rate, beats a minute; null without hearts. */
  heartBpm: z.number().min(20).max(250).nullable(),
  /** Mean breath rate in hertz; null without breath. */
  breathHz: z.number().min(0.02).max(2).nullable(),
  /** Mean body movement, 0 still. */
  motion: share,
  /** How many of those awake chant, and how strongly; 0 where nobody does (and in takes older than the chant). */
  chant: share.default(0),
});

export type CollectiveFrame = z.infer<typeof collectiveFrameSchema>;

/** The measures a mapping or a rule may read, each 0..1 (synchrony and concordance with their negative half cut). */
export const SIGNALS = ['depth', 'dream', 'synchrony', 'concordance', 'discord', 'unity', 'novelty', 'entropy', 'motion', 'chant', 'shareW', 'shareN1', 'shareN2', 'shareN3', 'shareR'] as const;
export type Signal = (typeof SIGNALS)[number];

/** Rounds to the frame's grid of 1/10 000. */
export const onGrid = (value: number): number => Math.round(value * 10_000) / 10_000;

/** The value of one signal in a frame, 0..1; unknown synchrony reads as chance (0). */
export const readSignal = (frame: CollectiveFrame, signal: Signal): number => {
  switch (signal) {
    case 'synchrony':
      return Math.max(0, frame.synchrony ?? 0);
    case 'concordance':
      return Math.max(0, frame.concordance);
    case 'shareW':
    case 'shareN1':
    case 'shareN2':
    case 'shareN3':
    case 'shareR':
      return frame.share[STAGES.indexOf(signal.slice(5) as (typeof STAGES)[number])] ?? 0;
    default:
      return frame[signal];
  }
};

/** Frames a second that the Nexus sends. */
export const COLLECTIVE_HZ = 4;
