import { readPodFrame } from '../../core/signal/read-pod-frame.ts';
import { createBudget } from '../adapters/budget.ts';
import { decodePayload } from '../adapters/payload.ts';
import { podTopicReader, type PodVerb } from '../adapters/topics.ts';
import { withdrawnSid } from '../guard/consent.ts';
import { BATCH_ITEMS, consentSchema, encodeBatch, type Forwarded } from './forward.ts';
import { leftTopic, partitionOf, shardTopic } from './topics.ts';
import type { WallClock } from './wall-clock.ts';

/** Longest that a message waits for others to go with it. */
const BATCH_MS = 100;
/** Withdrawals that wait for a broker to come back. */
const URGENT_MOST = 10_000;

export interface ShardIntakeOptions {
  readonly gathering: string;
  readonly of: number;
  readonly clock: WallClock;
  /** Sends one message; false where there is no connection. `surely`: it must arrive. */
  readonly send: (topic: string, payload: Uint8Array, surely: boolean) => boolean;
}

export interface IntakeCounts {
  readonly taken: number;
  readonly refused: number;
  /** Sound messages that were let go: no time, or no broker. */
  readonly letGo: number;
}

/**
 * Takes pods' messages as a broker hands them out among the intakes, refuses what is not sound, stamps the rest with its arrival and
 * forwards it to the owner of the pod, always by way of the broker. It keeps no pod: what needs a memory (rate, order, batches)
 * is the owner's.
 */
export interface ShardIntake {
  /** A message on a pod's topic. Never throws. */
  take(topic: string, payload: Uint8Array): void;
  /** The broker is there again: sends what must not be lost. */
  resume(): void;
  stop(): void;
  counts(): IntakeCounts;
}

const strengthOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'strength' in value ? value.strength : null);

/** Reads one message; null where it is not sound. A withdrawal is heard however broken the rest of its message is. */
const read = (verb: PodVerb, sid: string, payload: Uint8Array, at: number): Forwarded | null => {
  if (verb === 'bye') return { kind: 'bye', at, sid };
  const decoded = decodePayload(payload);
  if (typeof decoded === 'string') return null;
  const { value } = decoded;
  if (verb === 'consent') {
    const consent = consentSchema.safeParse(value).data;
    return consent === undefined ? null : { kind: 'consent', at, sid, consent };
  }
  if (verb === 'chant') {
    const strength = strengthOf(value);
    return typeof strength === 'number' && strength >= 0 && strength <= 1 ? { kind: 'chant', at, sid, strength } : null;
  }
  if (withdrawnSid(value) === sid) return { kind: 'bye', at, sid };
  const frame = readPodFrame(value);
  return frame === null || frame.sid !== sid ? null : { kind: 'frame', at, frame };
};

/** What may take someone out of a sum must not wait, and no older sum may sound instead (leftTopic). */
const isUrgent = (item: Forwarded): boolean => item.kind === 'bye' || (item.kind === 'consent' && !(item.consent.live && item.consent.record && item.consent.publish));

export const createShardIntake = ({ gathering, of, clock, send }: ShardIntakeOptions): ShardIntake => {
  const topicOf = podTopicReader(gathering);
  const budget = createBudget(clock);
  const queues = new Map<number, Forwarded[]>();
  const unsent: { readonly topic: string; readonly bytes: Uint8Array }[] = [];
  let callOff: (() => void) | null = null;
  let taken = 0;
  let refused = 0;
  let letGo = 0;

  const surely = (topic: string, bytes: Uint8Array): void => {
    if (send(topic, bytes, true)) return;
    if (unsent.length < URGENT_MOST) unsent.push({ topic, bytes });
    else letGo += 1;
  };

  const flush = (shard: number): void => {
    const items = queues.get(shard);
    queues.delete(shard);
    if (items === undefined) return;
    const bytes = encodeBatch(items);
    if (items.some(isUrgent)) surely(shardTopic(gathering, shard), bytes);
    else if (!send(shardTopic(gathering, shard), bytes, false)) letGo += items.length;
  };

  const flushAll = (): void => {
    callOff = null;
    for (const shard of [...queues.keys()]) flush(shard);
  };

  const queue = (item: Forwarded, sid: string): void => {
    taken += 1;
    const shard = partitionOf(sid, of);
    const items = queues.get(shard);
    if (items === undefined) queues.set(shard, [item]);
    else items.push(item);
    if (isUrgent(item)) {
      flush(shard);
      surely(leftTopic(gathering, shard), new Uint8Array());
    } else if ((items?.length ?? 0) >= BATCH_ITEMS) flush(shard);
    callOff ??= clock.after(BATCH_MS, flushAll);
  };

  return {
    take: (topic, payload) => {
      const found = topicOf(topic);
      if (found === null) return;
      const { sid, verb } = found;
      const work = (): void => {
        const item = read(verb, sid, payload, clock.unix());
        if (item === null) refused += 1;
        else queue(item, sid);
      };
      if (verb === 'frame' || verb === 'chant') budget.spend(work);
      else budget.must(work);
    },
    resume: () => {
      for (const { topic, bytes } of unsent.splice(0)) surely(topic, bytes);
    },
    stop: () => {
      callOff?.();
      flushAll();
    },
    counts: () => ({ taken, refused, letGo: letGo + budget.letGo() }),
  };
};
