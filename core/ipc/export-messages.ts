import { z } from 'zod';
import { takeSchema } from '../engine/take.ts';
import { scoreSchema } from '../score/schema.ts';
import { faultSchema } from './contract.ts';

/**
 * What main and the export process say to each other over `parentPort`. One job at a time: main
 * starts a process for each export and ends it after `done`, `cancelled` or `failed`. Paths may stand
 * here, since both ends are ours; no window ever sees these messages.
 */
const path = z.string().min(1).max(4096);
const seconds = z.number().min(0).max(24 * 3600);

/** What is to be composed: the frames of a source over again, or a take exactly as it was played. */
export const exportInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('simulate'),
    score: scoreSchema,
    /** Seed of the music. */
    seed: z.int().min(0).max(0xffff_ffff),
    pods: z.int().min(1).max(100_000),
    /** Seed of the sleepers. */
    sourceSeed: z.int().min(0).max(0xffff_ffff),
    /** Seconds into the night at which the gathering begins. */
    startAt: seconds,
  }),
  z.strictObject({
    kind: z.literal('nights'),
    score: scoreSchema,
    seed: z.int().min(0).max(0xffff_ffff),
    files: z.array(path).min(1).max(10_000),
    align: z.enum(['onset', 'start']),
    startAt: seconds,
  }),
  z.strictObject({ kind: z.literal('take'), take: takeSchema }),
]);
export type ExportInput = z.infer<typeof exportInputSchema>;

/** Main to the export process. */
export const toExportSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    input: exportInputSchema,
    /** Folder that the files are written to; made where it is missing. */
    folder: path,
    /** Span from the gathering's start, in seconds, half-open. */
    from: seconds,
    to: seconds,
    /** Also layers/NN-name.wav and mix.wav. */
    audio: z.boolean(),
  }),
  /** Partial files are removed, then `cancelled` is answered. */
  z.strictObject({ kind: z.literal('cancel') }),
]);
export type ToExport = z.infer<typeof toExportSchema>;

/** The export process to main. The last message is `done`, `cancelled` or `failed`. */
export const fromExportSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    state: z.enum(['composing', 'rendering', 'mixing']),
    /** 0..1 of the whole export. */
    done: z.number().min(0).max(1),
    /** Seconds left, null while unknown. */
    left: z.number().min(0).nullable(),
  }),
  /** Names of the files written, relative to the folder, with `/` between. */
  z.strictObject({ kind: z.literal('done'), files: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('failed'), fault: faultSchema }),
]);
export type FromExport = z.infer<typeof fromExportSchema>;
