import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { stampedInputSchema, type StampedInput } from '../../core/engine/input.ts';
import { takeSourceSchema, type Take } from '../../core/engine/take.ts';
import { scoreSchema, type Score } from '../../core/score/schema.ts';
import { sendableScore } from './sendable.ts';

/**
 * The journal of a performance on disk, one entry a line as it happens: a head, the inputs, and an end
 * once the performance is over. What lies there without an end was cut off, and can go on.
 */
const headSchema = z.strictObject({
  kind: z.literal('head'),
  version: z.literal(1),
  score: scoreSchema,
  seed: z.int().min(0).max(0xffff_ffff),
  source: takeSourceSchema,
  /** Where in the night the sleepers were at the start, in seconds, and how many times faster than real it runs. */
  pace: z.strictObject({ startAt: z.number().min(0), speed: z.number().min(1).max(240) }),
  /** Pods that must be live before their fold is heard. */
  minimumPods: z.int().min(1).default(1),
  /** Time of day of the start, in milliseconds. */
  startedAt: z.int().min(0),
});
const lineSchema = z.discriminatedUnion('kind', [
  headSchema,
  z.strictObject({ kind: z.literal('inputs'), inputs: z.array(stampedInputSchema) }),
  /** From somewhere here on, frames are not all as they were played; said once, for when is nobody's business. */
  z.strictObject({ kind: z.literal('substituted') }),
  z.strictObject({ kind: z.literal('end') }),
]);

export interface TakeHead {
  readonly score: Score;
  readonly seed: number;
  readonly source: Take['source'];
  readonly pace: { readonly startAt: number; readonly speed: number };
  readonly minimumPods: number;
  readonly startedAt: number;
}
export interface CutOffTake {
  readonly head: TakeHead;
  /** Whether frames in it are the fold over those who agreed to be recorded; how many is not known any more. */
  readonly substituted: boolean;
  readonly inputs: readonly StampedInput[];
}

/** Takes kept on disk, and the most that one of them may grow to: a long night is some 60 MB. */
export const TAKES_KEPT = 5;
export const TAKE_FILE_LIMIT = 512 * 1024 * 1024;
/** A performance that was cut off longer ago than this does not go on by itself. */
export const CUT_OFF_MS = 10 * 60 * 1000;

export interface TakeFile {
  /** @throws where the disk refuses, or the file has grown to its limit */
  readonly append: (inputs: readonly StampedInput[]) => void;
  /** Frames have been substituted: to be said once. */
  readonly substituted: () => void;
  readonly end: () => void;
}

const takeNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.take.ndjson'))
    .toSorted();

/** Begins a journal in `folder`, and lets the oldest ones go. @throws where the disk refuses */
export const beginTakeFile = (folder: string, head: TakeHead, limit = TAKE_FILE_LIMIT): TakeFile => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${new Date(head.startedAt).toISOString().replaceAll(':', '.')}.take.ndjson`);
  const file = openSync(path, 'w', 0o600);
  takeNames(folder).slice(0, -TAKES_KEPT).forEach((name) => rmSync(join(folder, name), { force: true }));
  let length = 0;
  const write = (line: z.input<typeof lineSchema>): void => {
    const text = `${JSON.stringify(line)}\n`;
    length += text.length;
    if (length > limit) throw new RangeError('the journal has grown to its limit');
    writeSync(file, text);
  };
  write({ kind: 'head', version: 1, ...head, score: sendableScore(head.score) });
  return {
    append: (inputs) => write({ kind: 'inputs', inputs: [...inputs] }),
    substituted: () => write({ kind: 'substituted' }),
    end: () => {
      write({ kind: 'end' });
      closeSync(file);
    },
  };
};

/** Lines up to the first that is not whole: the last one may have been cut off with the power. */
const wholeLines = (text: string): z.output<typeof lineSchema>[] => {
  const lines: z.output<typeof lineSchema>[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return lines;
    }
    const result = lineSchema.safeParse(value);
    if (!result.success) return lines;
    lines.push(result.data);
  }
  return lines;
};

/** The newest take in `folder` if it was cut off a short while ago; null otherwise. @param wall time of day in milliseconds */
export const readCutOffTake = (folder: string, wall: number): CutOffTake | null => {
  mkdirSync(folder, { recursive: true });
  const name = takeNames(folder).at(-1);
  if (name === undefined) return null;
  const path = join(folder, name);
  const about = statSync(path);
  if (wall - about.mtimeMs > CUT_OFF_MS || about.size > TAKE_FILE_LIMIT) return null;
  const lines = wholeLines(readFileSync(path, 'utf8'));
  const [head] = lines;
  if (head?.kind !== 'head' || lines.at(-1)?.kind === 'end') return null;
  const inputs: StampedInput[] = [];
  for (const line of lines) if (line.kind === 'inputs') inputs.push(...line.inputs);
  if (inputs.some((stamped, index) => stamped.seq !== index)) return null;
  return { head, inputs, substituted: lines.some(({ kind }) => kind === 'substituted') };
};
