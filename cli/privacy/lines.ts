import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { firstProblem } from '../../core/problem.ts';
import { epsilonOf, rhoOf } from '../../core/privacy/zcdp.ts';
import { collectiveFrameSchema } from '../../core/signal/collective-frame.ts';
import { recordingHeadSchema, type RecordingHead } from '../../core/signal/collective-recording.ts';
import { privateBinSchema, privateHeadSchema, type PrivateHead } from '../../core/signal/private-bin.ts';
import { PUBLISH_SECONDS, publishedFrameSchema, publishedHeadSchema } from '../../core/signal/published-frame.ts';
import { createFrameFacts, type Counted } from './facts.ts';
import { isOfOne, verdictOf, type About, type PrivacyReport } from './report.ts';

/** No line that Dreamscore writes of the collective comes near this. */
export const LONGEST_LINE = 4_096;
/** Three days of frames. */
const MOST_LINES = 3 * 24 * 3_600 * 4 + 1;
/** What is said of a file without a line. */
export const EMPTY = 'this file is empty';
const MEND = 'choose a recording, a collective.ndjson or a published stream that Dreamscore wrote';

/** Reads a stream line by line and reports on it at the end. Both throw a Fault that names the line and quotes nothing of it. */
export interface LineReader {
  readonly line: (text: string) => void;
  readonly end: () => PrivacyReport;
}

interface Kind {
  /** The first line was a head, which is no frame. */
  readonly headed: boolean;
  readonly line: (value: unknown, place: string) => void;
  readonly report: () => PrivacyReport;
}

const read = <T extends z.ZodType>(schema: T, value: unknown, place: string): z.output<T> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { message, place: field } = firstProblem(result.error, 'the line');
  throw new Fault(`this line is not what the file is made of: ${message}`, `${place}, ${field}`, MEND);
};

/** Times that never fall. */
const rising = () => {
  let before = -1;
  return (t: number, least: number, place: string): void => {
    if (before >= 0 && t < before + least) throw new Fault('its times are out of order', place, 'restore the file');
    before = t;
  };
};

const facts = () => {
  const collected = createFrameFacts();
  const inOrder = rising();
  return { ...collected, add: (frame: Counted, least: number, place: string): void => { inOrder(frame.t, least, place); collected.add(frame); } };
};

/** A recording says what it is of in words; only these words mean that it is of nobody. */
const aboutOf = (source: string): About => (/^(a recording of )*\d+ simulated sleepers?$/.test(source) ? 'nobody' : /^(a recording of )*\d+ recorded nights?$/.test(source) ? 'own nights' : 'a room');

const collective = (name: string, head: RecordingHead | null): Kind => {
  const collected = facts();
  const about: About = head === null ? 'unknown' : aboutOf(head.source);
  return {
    headed: head !== null,
    line: (value, place) => collected.add(read(collectiveFrameSchema, value, place), 0, place),
    report: () => {
      const frames = collected.facts();
      const problems = head !== null && frames.least !== null && frames.least < head.minimumPods ? [`it says that ${head.minimumPods} pods had to be live, and has a frame of ${frames.least}`] : [];
      return {
        name, kind: head === null ? 'collective' : 'recording', about, source: head?.source ?? 'collective frames', minimumPods: head?.minimumPods ?? null, frames, substituted: null,
        singlePerson: isOfOne(about, frames), epsilon: null, problems, verdict: verdictOf(about, frames, problems), files: [],
      };
    },
  };
};

const published = (name: string): Kind => {
  const collected = facts();
  return {
    headed: true,
    line: (value, place) => {
      const frame = read(publishedFrameSchema, value, place);
      collected.add({ ...frame, gated: false }, PUBLISH_SECONDS * 1_000_000, place);
    },
    report: () => ({
      name, kind: 'published', about: 'a room', source: 'a room', minimumPods: 10, frames: collected.facts(), substituted: null,
      singlePerson: false, epsilon: null, problems: [], verdict: 'publish', files: [],
    }),
  };
};

/** The noise is rounded to thousandths in the head, so what it claims may be off by as little. */
const ROUNDED = 0.01;

const isPrivate = (name: string, head: PrivateHead): Kind => {
  const collected = facts();
  return {
    headed: true,
    line: (value, place) => {
      const { t, n } = read(privateBinSchema, value, place);
      collected.add({ t, n, gated: false }, head.minutes * 60_000_000, place);
    },
    report: () => {
      const frames = collected.facts();
      const epsilon = epsilonOf(rhoOf(head.bins, head.sigma), head.delta);
      const problems: string[] = [];
      if (epsilon > head.epsilon + ROUNDED) problems.push(`it claims epsilon ${head.epsilon}, and its noise gives ${epsilon.toFixed(2)}`);
      if (frames.frames > head.bins) problems.push(`it was made for ${head.bins} half hours, and has ${frames.frames}`);
      return {
        name, kind: 'private', about: 'a room', source: 'a room of a hundred and more', minimumPods: null, frames, substituted: null,
        singlePerson: false, epsilon: head.epsilon, problems, verdict: problems.length > 0 ? 'own' : 'publish', files: [],
      };
    },
  };
};

const formatOf = z.looseObject({ format: z.string() });
/** What only the frame of one sleeper has. */
const ofOneSleeper = z.union([z.looseObject({ sid: z.unknown().refine((value) => value !== undefined) }), z.looseObject({ pStage: z.unknown().refine((value) => value !== undefined) })]);

const kindOf = (first: unknown, name: string, place: string): Kind => {
  if (ofOneSleeper.safeParse(first).success) throw new Fault('this holds frames of single sleepers, which Dreamscore never writes', name, 'give it to nobody, and ask its sleepers what shall become of it');
  const format = formatOf.safeParse(first);
  if (!format.success) return collective(name, null);
  if (format.data.format === 'dreamscore-collective') return collective(name, read(recordingHeadSchema, first, place));
  if (format.data.format === 'dreamscore-private') return isPrivate(name, read(privateHeadSchema, first, place));
  if (format.data.format === 'dreamscore-published') {
    read(publishedHeadSchema, first, place);
    return published(name);
  }
  throw new Fault('this is no stream that Dreamscore writes of sleepers', place, MEND);
};

const parsed = (text: string, place: string): unknown => {
  if (text.length > LONGEST_LINE) throw new Fault('this line is too long for a collective frame', place, MEND);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault('this line is no whole JSON', place, 'restore the file, or cut its last line off where it was cut short', { cause: error });
  }
};

/** A reader for any stream of collective frames: a recording, a collective.ndjson, a published or a private stream. */
export const createLineReader = (name: string): LineReader => {
  let lines = 0;
  let kind: Kind | null = null;
  return {
    line: (text) => {
      lines += 1;
      if (text === '') return;
      const place = `${name}, line ${lines}`;
      if (lines > MOST_LINES) throw new Fault('this is longer than three days', place, 'cut it');
      const value = parsed(text, place);
      if (kind === null) {
        kind = kindOf(value, name, place);
        if (kind.headed) return;
      }
      kind.line(value, place);
    },
    end: () => {
      if (kind === null) throw new Fault(EMPTY, name, MEND);
      return kind.report();
    },
  };
};
