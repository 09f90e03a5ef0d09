import { z } from 'zod';
import { Fault } from '../fault.ts';
import { firstProblem } from '../problem.ts';
import { collectiveFrameSchema, type CollectiveFrame } from './collective-frame.ts';
import { collectiveLine } from './ndjson.ts';
import { micros } from '../units.ts';

/**
 * A recording of the collective: a head line, then one frame a line as in `collective.ndjson`. It holds what those who
 * agreed to `record` did together, and nothing of any one of them.
 */
export const recordingHeadSchema = z.strictObject({
  format: z.literal('dreamscore-collective'),
  version: z.literal(1),
  /** In words, without names: `a room`, `24 simulated sleepers`. */
  source: z.string().max(200),
  /** Pods that had to be live before the collective said anything. */
  minimumPods: z.int().min(1).max(1_000_000),
});
export type RecordingHead = z.infer<typeof recordingHeadSchema>;

/** The most frames that are read: three days of them. */
export const MAXIMUM_FRAMES = 3 * 24 * 3_600 * 4;
const LONGEST_LINE = 2_000;

/** The first line, without its end. */
export const recordingHeadLine = (head: RecordingHead): string => JSON.stringify(head);

/** A further line, without its end. */
export const recordingLine = (frame: CollectiveFrame): string => collectiveLine(micros(frame.t), frame);

const parseLine = <T extends z.ZodType>(schema: T, line: string, place: string): z.output<T> => {
  let value: unknown;
  try {
    value = line.length > LONGEST_LINE ? undefined : JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (value === undefined) throw new Fault('this line is no JSON of a collective frame', place, 'choose a recording that dreamscore nexus --record wrote');
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const { message, place: field } = firstProblem(read.error, 'the line');
  throw new Fault(`this is no recording of a collective: ${message}`, `${place}, ${field}`, 'choose a recording that dreamscore nexus --record wrote');
};

/** Reads a recording line by line: the head comes first, times may not fall. */
export const createRecordingReader = (name: string): { readonly read: (line: string) => RecordingHead | CollectiveFrame } => {
  let lines = 0;
  let before = -1;
  return {
    /** @throws Fault that names the line */
    read: (line) => {
      lines += 1;
      const place = `${name}, line ${lines}`;
      if (lines === 1) return parseLine(recordingHeadSchema, line, place);
      if (lines > MAXIMUM_FRAMES) throw new Fault('the recording is longer than three days', place, 'cut it');
      const frame = parseLine(collectiveFrameSchema, line, place);
      if (frame.t < before) throw new Fault('the frames of this recording are out of order', place, 'restore the file');
      before = frame.t;
      return frame;
    },
  };
};
