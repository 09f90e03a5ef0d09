import { z } from 'zod';
import { Fault } from '../fault.ts';
import { firstProblem } from '../problem.ts';
import { frameOf, NEUTRAL_MEASURES, stageEntropy } from './collective.ts';
import { COLLECTIVE_HZ, onGrid, type CollectiveFrame } from './collective-frame.ts';

/** Fewer sleepers than this and nothing is published. */
export const PUBLISH_GATE = 10;
/** Seconds between two published frames. */
export const PUBLISH_SECONDS = 30;

const hundredth = z.number().min(0).max(1).multipleOf(0.01);

/**
 * What may leave the room: the fold over ten sleepers or more who agreed to be published, every half minute, rounded to
 * hundredths. Hearts, breath rates, movement and everything that tells small groups apart are not in it.
 */
export const publishedFrameSchema = z.strictObject({
  /** Microseconds from the gathering's start, a multiple of half a minute. */
  t: z.int().min(0).multipleOf(PUBLISH_SECONDS * 1_000_000),
  /** Sleepers, rounded down to a multiple of 5. */
  n: z.int().min(PUBLISH_GATE).max(1_000_000).multipleOf(5),
  share: z.tuple([hundredth, hundredth, hundredth, hundredth, hundredth]),
  depth: hundredth,
  dream: hundredth,
  discord: hundredth,
  unity: hundredth,
  synchrony: z.number().min(-1).max(1).multipleOf(0.01).nullable(),
});
export type PublishedFrame = z.infer<typeof publishedFrameSchema>;

/** The first line of a file of published frames. */
export const publishedHeadSchema = z.looseObject({ format: z.literal('dreamscore-published'), version: z.literal(1) });
export const publishedHead = (): string => JSON.stringify({ format: 'dreamscore-published', version: 1, gate: PUBLISH_GATE, seconds: PUBLISH_SECONDS });

/** One frame as one line, without the line's end. Keys stand in a fixed order. */
export const publishedLine = ({ t, n, share, depth, dream, discord, unity, synchrony }: PublishedFrame): string =>
  JSON.stringify({ t, n, share, depth, dream, discord, unity, synchrony });

/** A frame out of a line. @throws Fault that names the field and never quotes the line */
export const parsePublishedLine = (line: string, source: string): PublishedFrame => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Fault('this line is no published frame: it is not whole JSON', source, 'restore the file from where it was published', { cause: error });
  }
  const result = publishedFrameSchema.safeParse(value);
  if (result.success) return result.data;
  const { message, place } = firstProblem(result.error, 'the frame');
  throw new Fault(`this line is no published frame: ${message}`, `${source}, ${place}`, 'restore the file from where it was published');
};

/**
 * A published frame as a score hears it, so that music for the public is composed from what is public. What is not
 * published is neutral; entropy is that of the published shares.
 */
export const publishedAsCollective = (frame: PublishedFrame): CollectiveFrame => {
  const whole = frame.share.reduce((a, b) => a + b, 0);
  const counts = frame.share.map((share) => (whole > 0 ? (share / whole) * frame.n : 0));
  return frameOf(frame.t, frame.n, false, {
    ...NEUTRAL_MEASURES,
    share: frame.share,
    entropy: onGrid(stageEntropy(counts)),
    depth: frame.depth,
    dream: frame.dream,
    discord: frame.discord,
    unity: frame.unity,
    synchrony: frame.synchrony,
  });
};

const STEP = 1_000_000 / COLLECTIVE_HZ;
/** A published frame stands for this long where no newer one comes; after that nothing is known. */
const HELD = 2 * PUBLISH_SECONDS * 1_000_000;

/** Published frames at the pace that a score hears, 4 a second: each is held until the next, for a minute at most. Their times must rise. */
export const publishedAtPace = function* (frames: Iterable<PublishedFrame>): Generator<CollectiveFrame, void, undefined> {
  let held: CollectiveFrame | null = null;
  const until = function* (frame: CollectiveFrame, end: number): Generator<CollectiveFrame, void, undefined> {
    for (let t = frame.t; t < end; t += STEP) yield { ...frame, t };
  };
  for (const frame of frames) {
    if (held !== null) yield* until(held, Math.min(frame.t, held.t + HELD));
    held = publishedAsCollective(frame);
  }
  if (held !== null) yield* until(held, held.t + HELD / 2);
};
