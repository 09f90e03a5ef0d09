import { encode } from 'cborg';
import { z } from 'zod';
import { FIELD, MAXIMUM_PODS, ONE, emptyShard, type Shard, type ShardField } from '../../core/signal/fold.ts';
import type { Chanting } from './chanting.ts';
import type { Speaker } from './forward.ts';
import { readCbor } from '../adapters/strict-cbor.ts';
import { MAXIMUM_SHARDS } from './topics.ts';
import { MOMENT_MS } from './wall-clock.ts';

/** The sums over those whom a listener may hear, at one moment. */
export interface Sums {
  /** All live pods: for the music of this moment, in this gathering. */
  readonly live: Shard;
  /** Of them those who agreed to be part of a take. */
  readonly kept: Shard;
  /** Of them those who agreed to be part of what is published. */
  readonly published: Shard;
}

/** What one owner says of its partition at one moment. */
export interface Partial {
  /** Unix milliseconds, a multiple of MOMENT_MS. */
  readonly moment: number;
  readonly shard: number;
  readonly of: number;
  readonly speaker: Speaker;
  /** Messages on its topic since its mark that went into these sums, so that anyone may fold the same again. */
  readonly heard: number;
  /** Shards that went into it on time; 1, or more where a merger sends what it merged to a merger above. */
  readonly shards: number;
  /** When the first of these pods' consents runs out, Unix milliseconds; null where none does. */
  readonly until: number | null;
  readonly sums: Sums;
  readonly chanting: Chanting;
}

/** A partial has 28 sums three times, of at most 9 bytes each, and some 150 bytes more. */
export const PARTIAL_BYTES = 2_048;

const PODS_MOST = MAXIMUM_PODS;
const ONE_SQUARED = ONE * ONE;
const REMEMBERED_MOST = 2 ** 26;

/** The most that one pod adds to each sum (core/signal/fold.ts): more than this in all is no sum of pods. */
const MOST_A_POD: Readonly<Record<ShardField, number>> = {
  pods: 1,
  W: ONE, N1: ONE, N2: ONE, N3: ONE, R: ONE,
  stageSquares: ONE_SQUARED, massSquares: ONE_SQUARED,
  depthQuality: ONE_SQUARED, depth: ONE_SQUARED, depthSquares: ONE_SQUARED,
  breathQuality: ONE, breathQualitySquares: ONE_SQUARED, breathCos: ONE_SQUARED, breathSin: ONE_SQUARED,
  rateQuality: ONE, rate: 2 * ONE_SQUARED,
  heartQuality: ONE, heart: ONE * 16 * 250,
  motionQuality: ONE, motion: ONE_SQUARED,
  arousals: REMEMBERED_MOST, sleeperSeconds: REMEMBERED_MOST,
  staged: 1, roused: 1, breathing: 1, rated: 1, hearts: 1, moving: 1,
};
const NAMES = Object.keys(FIELD).filter((name): name is ShardField => name in MOST_A_POD);
const MOST = NAMES.map((name) => MOST_A_POD[name]);
const SIGNED = new Set<number>([FIELD.breathCos, FIELD.breathSin]);

const isSum = (values: readonly number[]): boolean => {
  const pods = values[FIELD.pods] ?? -1;
  if (pods < 0 || pods > PODS_MOST) return false;
  return values.every((value, i) => Math.abs(value) <= pods * (MOST[i] ?? 0) && (value >= 0 || SIGNED.has(i)) && !Object.is(value, -0));
};
const within = (part: readonly number[], whole: readonly number[]): boolean => part.every((value, i) => SIGNED.has(i) || value <= (whole[i] ?? 0));

const values = z.array(z.int()).length(NAMES.length).refine(isSum, 'these are no sums of pods');
const moment = z.int().min(0).max(Number.MAX_SAFE_INTEGER - 10_000).refine((at) => at % MOMENT_MS === 0, 'no whole moment');
const partialSchema = z
  .strictObject({
    v: z.literal(1),
    moment,
    shard: z.int().min(0).max(MAXIMUM_SHARDS - 1),
    of: z.int().min(1).max(MAXIMUM_SHARDS),
    since: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    id: z.int().min(0).max(0xffff_ffff),
    heard: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    shards: z.int().min(0).max(0xffff_ffff),
    until: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
    live: values,
    /** Null: the same as `live`. */
    kept: values.nullable(),
    published: values.nullable(),
    /** Voices, and their strengths in all. */
    chant: z.tuple([z.int().min(0).max(PODS_MOST), z.int().min(0)]).refine(([voices, strength]) => strength <= voices * ONE, 'louder than its voices'),
  })
  .refine(({ shard, of }) => shard < of, 'there is no such shard')
  .refine(({ live, kept, published }) => within(kept ?? live, live) && within(published ?? live, live), 'some are in a part that are not in the whole');

const same = (a: Shard, b: Shard): boolean => a.every((value, i) => value === b[i]);

export const encodePartial = ({ moment: at, shard, of, speaker, heard, shards, until, sums, chanting }: Partial): Uint8Array =>
  encode({
    v: 1, moment: at, shard, of, since: speaker.since, id: speaker.id, heard, shards, until,
    live: [...sums.live],
    kept: same(sums.kept, sums.live) ? null : [...sums.kept],
    published: same(sums.published, sums.live) ? null : [...sums.published],
    chant: [chanting.voices, chanting.strength],
  });

/** Reads partial sums that came over a broker; null where they cannot be. Never throws. */
export const decodePartial = (bytes: Uint8Array): Partial | null => {
  const read = partialSchema.safeParse(readCbor(bytes, PARTIAL_BYTES));
  if (!read.success) return null;
  const { moment: at, shard, of, since, id, heard, shards, until, live, kept, published, chant } = read.data;
  return {
    moment: at, shard, of, speaker: { since, id }, heard, shards, until,
    chanting: { voices: chant[0], strength: chant[1] },
    sums: { live: Float64Array.from(live), kept: Float64Array.from(kept ?? live), published: Float64Array.from(published ?? live) },
  };
};

export const emptySums = (): Sums => ({ live: emptyShard(), kept: emptyShard(), published: emptyShard() });
