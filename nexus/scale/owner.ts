import { createChanters } from './chanting.ts';
import type { Forwarded, ShardMessage, Speaker } from './forward.ts';
import type { Partial } from './partial.ts';
import { createPods } from './pods.ts';
import { partitionOf } from './topics.ts';

/** A stamp may lie this far ahead of the last moment: beyond is an intake's clock that runs ahead, and it is taken back. */
const AHEAD_MS = 2_000;
/** Messages on other ways may come later than a withdrawal that was sent after them. For so long they change nothing. */
const OVERTAKEN_MS = 3_000;
/** Messages that wait for their moment; more is a flood and let go. */
const HELD_MOST = 262_144;
/** The most pods of one partition, in and waiting. */
export const OWNER_PODS = 200_000;

/** A pod sends once a second: after so long all of them were heard, and the first batch may enter. */
const FIRST_MS = 3_000;

export interface OwnerOptions {
  readonly shard: number;
  readonly of: number;
  readonly speaker: Speaker;
  /** See PodsOptions; 3 s by default. */
  readonly firstMs?: number;
}

/** What an owner let go, counted. */
export interface OwnerCounts {
  /** Pods of other partitions: an intake counts another number of shards. */
  readonly strays: number;
  readonly tooFast: number;
  readonly tooMany: number;
  readonly waiting: number;
}

/**
 * The owner of one partition: what it says of a moment follows from the messages on its topic since its mark and the moments
 * it was asked for, in their order, and from no clock. So whoever hears the same topic can fold the same again.
 */
export interface Owner {
  take(message: ShardMessage): void;
  /** The partial sums of a moment, Unix milliseconds; moments rise. */
  at(moment: number): Partial;
  /** Whether its mark has come back: before that it knows nothing. */
  listens(): boolean;
  counts(): OwnerCounts;
}

interface Held {
  readonly item: Forwarded;
  /** Its arrival as it is counted: the intake's stamp, between the last moment and a little ahead of it. */
  readonly at: number;
}

const sidOf = (item: Forwarded): string => (item.kind === 'frame' ? item.frame.sid : item.sid);
const withdraws = (item: Forwarded): boolean =>
  item.kind === 'bye' || (item.kind === 'consent' && !item.consent.live) || (item.kind === 'frame' && !item.frame.consent.live);

/** Makes an owner that waits for its mark. */
export const createOwner = ({ shard, of, speaker, firstMs = FIRST_MS }: OwnerOptions): Owner => {
  const pods = createPods({ firstMs, most: OWNER_PODS });
  const chanters = createChanters(OWNER_PODS);
  const gone = new Map<string, number>();
  let held: Held[] = [];
  let last = speaker.since - 1;
  let heard: number | null = null;
  let strays = 0;
  let tooFast = 0;
  let tooMany = 0;

  const withdraw = (sid: string): void => {
    pods.withdraw(sid);
    chanters.forget(sid);
    // What of it is still held comes before this and is let go when its turn comes, within AHEAD_MS.
    if (gone.size < HELD_MOST) gone.set(sid, last + OVERTAKEN_MS);
  };

  const takeItem = (item: Forwarded): void => {
    const sid = sidOf(item);
    if (partitionOf(sid, of) !== shard) strays += 1;
    else if (withdraws(item)) withdraw(sid);
    else if (held.length >= HELD_MOST) tooMany += 1;
    else held.push({ item, at: Math.min(last + AHEAD_MS, Math.max(last + 1, item.at)) });
  };

  const apply = ({ item, at }: Held): void => {
    const sid = sidOf(item);
    if (at <= (gone.get(sid) ?? -1)) return;
    if (item.kind === 'chant') chanters.hear(sid, item.strength, at);
    if (item.kind === 'consent') pods.consent(sid, item.consent, at);
    if (item.kind !== 'frame') return;
    const verdict = pods.frame(item.frame, at);
    if (verdict === 'too fast') tooFast += 1;
    else if (verdict === 'too many pods') tooMany += 1;
  };

  return {
    take: (message) => {
      if (message.kind === 'mark') {
        if (message.speaker.since === speaker.since && message.speaker.id === speaker.id) heard = 0;
        return;
      }
      if (heard === null) return;
      heard += 1;
      message.items.forEach(takeItem);
    },
    at: (moment) => {
      const due = held.filter(({ at }) => at <= moment);
      held = held.filter(({ at }) => at > moment);
      // Array.sort is stable: of one millisecond, what came first counts first.
      due.sort((a, b) => a.at - b.at).forEach(apply);
      gone.forEach((until, sid) => until < moment && gone.delete(sid));
      last = moment;
      const { sums, until } = pods.at(moment);
      return { moment, shard, of, speaker, heard: heard ?? 0, shards: 1, until, sums, chanting: chanters.at(moment) };
    },
    listens: () => heard !== null,
    counts: () => ({ strays, tooFast, tooMany, waiting: pods.waiting() }),
  };
};
