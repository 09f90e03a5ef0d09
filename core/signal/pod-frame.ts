import { z } from 'zod';
import { Fault } from '../fault.ts';
import { firstProblem } from '../problem.ts';

const share = z.number().min(0).max(1);
const perStage = z.tuple([share, share, share, share, share]);

/**
 * What one pod sends once a second, version 1: derived features only, never raw EEG, RR intervals,
 * audio or anything that names a person. `null` means unknown, which is not zero. The object is
 * strict: a field that is not listed here (a name, a raw signal) refuses the whole frame.
 */
export const podFrameSchema = z.strictObject({
  v: z.literal(1),
  /** Random session id, 64 bits as 16 hexadecimal digits; a pod takes a new one when it likes. */
  sid: z.string().regex(/^[0-9a-f]{16}$/),
  /** Counts up by one with each frame of this sid. */
  seq: z.int().min(0).max(0xffff_ffff),
  /** The pod's own monotonic clock, milliseconds. Kept as data; the Nexus goes by arrival. */
  tMono: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Which 30 s epoch of the pod's recording this is. */
  epochIdx: z.int().min(0).max(1_000_000).nullable(),
  /** Probability of W, N1, N2, N3, R; must sum to 1 within .01. */
  pStage: perStage.refine((p) => Math.abs(p.reduce((a, b) => a + b, 0) - 1) <= 0.01, 'probabilities must sum to 1').nullable(),
  /** Seconds since the epoch that pStage speaks of ended; a live stage is 30 to 60 s late by nature. */
  stageAgeS: z.number().min(0).max(86_400).nullable(),
  /** Relative power of delta .5-4, theta 4-8, alpha 8-12, sigma 12-16, beta 16-30 Hz. */
  bands: perStage.nullable(),
  spindlePerMin: z.number().min(0).max(60).nullable(),
  /** Slow oscillations a minute. */
  soPerMin: z.number().min(0).max(120).nullable(),
  hrBpm: z.number().min(20).max(250).nullable(),
  /** Heart-rate variability, root mean square of successive differences, milliseconds. */
  rmssdMs: z.number().min(0).max(1_000).nullable(),
  respHz: z.number().min(0.02).max(2).nullable(),
  /** Place in the breath, radians, 0 at the start of an in-breath. */
  respPhase: z.number().min(0).lt(6.283185307179587).nullable(),
  motion: share.nullable(),
  /** Skin temperature against the sleeper's own baseline, degrees Celsius. */
  dTempC: z.number().min(-20).max(20).nullable(),
  /** 1 while an arousal (3 s or longer, AASM) lasts. */
  arousal: z.union([z.literal(0), z.literal(1)]).nullable(),
  /** Signal quality by sensor; a field whose quality is below MINIMUM_QUALITY is ignored. */
  q: z.strictObject({ eeg: share, hr: share, resp: share, motion: share }),
  consent: z.strictObject({
    /** May sound in the live collective. Without it the pod is out at once. */
    live: z.boolean(),
    /** May be part of a take. */
    record: z.boolean(),
    /** May have a motif of its own. */
    soloVoice: z.boolean(),
    /** May be part of what is published. */
    publish: z.boolean(),
    /** Unix milliseconds; null until withdrawn. */
    expiresAt: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
  }),
});

export type PodFrame = z.infer<typeof podFrameSchema>;

/** Below this quality a field counts as unknown. */
export const MINIMUM_QUALITY = 0.3;

/**
 * Reads a pod frame from outside. Throws a Fault that names the first wrong field; the frame itself
 * is never part of the message, for it may hold what must not leave the machine.
 */
export const parsePodFrame = (input: unknown): PodFrame => {
  const result = podFrameSchema.safeParse(input);
  if (result.success) return result.data;
  const { message, place } = firstProblem(result.error, 'the frame');
  throw new Fault('a pod frame was refused', place, `${message} (see docs/nexus.md, pod frame version 1)`);
};
