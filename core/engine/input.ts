import { z } from 'zod';
import { patchSchema } from '../score/edit.ts';
import { PARAMETERS } from '../score/schema.ts';
import { collectiveFrameSchema } from '../signal/collective-frame.ts';

/**
 * Everything that can change the music enters here, is stamped on arrival and journalled: signals
 * from the Nexus, hands on a controller, edits of the score.
 */
const id = z.string().min(1).max(40);
const share = z.number().min(0).max(1);

export const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('frame'), frame: collectiveFrameSchema }),
  /** Go to a scene by hand, at the next bar. */
  z.strictObject({ kind: z.literal('scene'), scene: id }),
  /** A hand sets a layer's own value of a parameter (null gives it back to the score). */
  z.strictObject({ kind: z.literal('parameter'), layer: id, parameter: z.enum(PARAMETERS), value: share.nullable() }),
  z.strictObject({ kind: z.literal('mute'), layer: id, muted: z.boolean() }),
  z.strictObject({ kind: z.literal('macro'), macro: id, value: share }),
  /** Who leads: `follow` the sleepers, `freeze` what they last were, `lead` by hand (rules and mappings rest). */
  z.strictObject({ kind: z.literal('mode'), mode: z.enum(['follow', 'freeze', 'lead']) }),
  z.strictObject({ kind: z.literal('edit'), patches: z.array(patchSchema).max(256) }),
  /** Gentle stop: everything fades over these seconds. */
  z.strictObject({ kind: z.literal('fade'), seconds: z.number().min(0.5).max(600) }),
  /** Silence now. */
  z.strictObject({ kind: z.literal('panic') }),
  /** Play on after a gentle stop or a panic, from the next bar. */
  z.strictObject({ kind: z.literal('resume') }),
]);

/** What arrives, before it is stamped. */
export type Input = z.infer<typeof inputSchema>;

export const stampedInputSchema = z.strictObject({
  /** Position in the journal, from 0. */
  seq: z.int().min(0),
  /** Microseconds from the gathering's start, by the engine's monotonic clock; never falls. */
  effective: z.int().min(0),
  input: inputSchema,
});
export type StampedInput = z.infer<typeof stampedInputSchema>;

/**
 * A journal entry on its way to where the take is kept. With `substituted` its frame is not the one that was played but the fold
 * over those who agreed to be recorded. The mark is counted and then let go: when someone who did not agree was there is not kept.
 */
export const recordedInputSchema = stampedInputSchema.extend({ substituted: z.literal(true).optional() });
export type RecordedInput = z.infer<typeof recordedInputSchema>;
