import { z } from 'zod';
import type { History } from '../../core/signal/collective.ts';
import { collectiveFrameSchema, type CollectiveFrame } from '../../core/signal/collective-frame.ts';
import type { VoiceMemory } from './collective-voice.ts';
import type { Speaker } from './forward.ts';

/** The merged collective as it goes to the studios, JSON, 4 times a second. */
const messageSchema = z.strictObject({
  v: z.literal(1),
  /** Unix milliseconds of the moment. */
  moment: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Which merger speaks. */
  since: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  id: z.int().min(0).max(0xffff_ffff),
  frame: collectiveFrameSchema,
  /** What a take may keep in its place; absent where that is the same. */
  kept: collectiveFrameSchema.optional(),
});

export interface CollectiveMessage {
  readonly moment: number;
  readonly speaker: Speaker;
  readonly frame: CollectiveFrame;
  readonly kept?: CollectiveFrame;
}

const MESSAGE_BYTES = 4_096;
const MEMORY_BYTES = 4_096;

export const encodeCollective = ({ moment, speaker, frame, kept }: CollectiveMessage): string =>
  JSON.stringify({ v: 1, moment, since: speaker.since, id: speaker.id, frame, ...(kept === undefined ? {} : { kept }) });

const parse = (bytes: Uint8Array, most: number): unknown => {
  if (bytes.length > most) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    // No JSON is as good as no message.
    return undefined;
  }
};

/** Reads a collective frame that came over a broker; null where it is none. Never throws. */
export const decodeCollective = (bytes: Uint8Array): CollectiveMessage | null => {
  const read = messageSchema.safeParse(parse(bytes, MESSAGE_BYTES));
  if (!read.success) return null;
  const { moment, since, id, frame, kept } = read.data;
  return { moment, speaker: { since, id }, frame, ...(kept === undefined ? {} : { kept }) };
};

const unix = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const finite = z.number().min(-1e18).max(1e18);
const average = z.array(z.number().min(0).max(1)).length(5).nullable();
const historySchema: z.ZodType<History> = z.strictObject({ fast: average, slow: average, pairsInPhase: finite, pairs: finite, depth: z.number().min(0).max(1) });

const voiceSchema: z.ZodType<VoiceMemory> = z.strictObject({ history: historySchema, last: unix.nullable(), nightfall: unix.nullable() });

const memorySchema = z.strictObject({
  v: z.literal(1),
  /** The last moment that was sent, and the gathering's start. */
  moment: unix,
  start: unix,
  live: voiceSchema,
  kept: voiceSchema,
});

/** What a merger leaves with the broker for the one after it: when the gathering began, and the moving averages. */
export type MergerMemory = Omit<z.output<typeof memorySchema>, 'v'>;

export const encodeMemory = (memory: MergerMemory): string => JSON.stringify({ v: 1, ...memory });

/** Null where it is none, or older than `most` milliseconds. Never throws. */
export const decodeMemory = (bytes: Uint8Array, now: number, most: number): MergerMemory | null => {
  const read = memorySchema.safeParse(parse(bytes, MEMORY_BYTES));
  if (!read.success) return null;
  const { moment, start, live, kept } = read.data;
  return now - moment > most || moment > now + most || start > moment ? null : { moment, start, live, kept };
};
