import { z } from 'zod';
import { Fault } from '../fault.ts';
import { firstProblem } from '../problem.ts';
import { scoreSchema, type Score } from '../score/schema.ts';
import { stampedInputSchema, type StampedInput } from './input.ts';

/** Where a take's frames came from. Names of files only, never their place on a disk. */
export const takeSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('simulate'), pods: z.int().min(1).max(100_000), seed: z.int().min(0).max(0xffff_ffff) }),
  z.strictObject({ kind: z.literal('night'), files: z.array(z.string().max(255)).max(10_000), align: z.enum(['onset', 'start']) }),
  z.strictObject({ kind: z.literal('live') }),
]);

/** The journal of one performance: stamped inputs, score and seed. A take re-renders exactly. */
export const takeSchema = z.strictObject({
  format: z.literal('dreamscore-take'),
  version: z.literal(1),
  score: scoreSchema,
  seed: z.int().min(0).max(0xffff_ffff),
  source: takeSourceSchema,
  /** Pods that had to be live before their fold was heard: 5 in rooms with other people, 1 for own recordings and the simulator. */
  minimumPods: z.int().min(1),
  /** Length in microseconds. */
  length: z.int().min(0),
  /** Frames that are not those that were played but the fold over those who agreed to be recorded. */
  substituted: z.int().min(0).default(0),
  inputs: z.array(stampedInputSchema),
});

export interface Take {
  readonly format: 'dreamscore-take';
  readonly version: 1;
  readonly score: Score;
  readonly seed: number;
  readonly source: z.infer<typeof takeSourceSchema>;
  readonly minimumPods: number;
  readonly length: number;
  /** Absent where nothing was. */
  readonly substituted?: number;
  readonly inputs: readonly StampedInput[];
}

/** A checked take out of parsed JSON; its journal must be in order. @throws Fault */
export const parseTake = (value: unknown, source: string): Take => {
  const result = takeSchema.safeParse(value);
  if (!result.success) {
    const { message, place } = firstProblem(result.error, 'the take');
    throw new Fault(`this is not a take: ${message}`, `${source}, ${place}`, 'open a take.json written by Dreamscore, or correct that place');
  }
  let before = -1;
  for (const [index, stamped] of result.data.inputs.entries()) {
    if (stamped.seq !== index || stamped.effective < before) {
      throw new Fault('the journal of this take is out of order', `${source}, inputs.${index}`, 'restore the file from the folder it was recorded to');
    }
    before = stamped.effective;
  }
  return result.data;
};
