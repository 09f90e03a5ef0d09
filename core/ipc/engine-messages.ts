import { z } from 'zod';
import { inputSchema } from '../engine/input.ts';
import { bindingSchema } from '../score/schema.ts';
import type { ToEngine } from './engine-view.ts';

/** Views may send hands, never frames or edits: those come from the Nexus and from main. */
const handSchema = inputSchema.refine((input) => input.kind !== 'frame' && input.kind !== 'edit', 'a view may not send this');

export const toEngineSchema: z.ZodType<ToEngine> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('play') }),
  z.strictObject({ kind: z.literal('input'), input: handSchema }),
  z.strictObject({ kind: z.literal('learn'), target: bindingSchema.shape.target.nullable() }),
  z.strictObject({ kind: z.literal('clock'), port: z.string().max(200).nullable() }),
  z.strictObject({ kind: z.literal('audition'), layer: z.string().max(40) }),
]);
