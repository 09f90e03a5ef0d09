import { hashText } from '../../core/random/keyed.ts';
import { everyPodTopic } from '../adapters/topics.ts';

/** The most shards of one gathering (a merger of mergers goes further, docs/scaling.md). */
export const MAXIMUM_SHARDS = 9_999;

/** All intakes of a gathering share this subscription: the broker hands each message to one of them (MQTT 5, 4.8.2). */
export const intakeFilter = (gathering: string): string => `$share/agg/${everyPodTopic(gathering)}`;

/** What the intakes forward to the owner of one partition. */
export const shardTopic = (gathering: string, shard: number): string => `nexus/v1/${gathering}/shard/${shard}`;

/** Said beside a withdrawal, without saying whose: from now on no older sums of this partition may sound. */
export const leftTopic = (gathering: string, shard: number): string => `nexus/v1/${gathering}/left/${shard}`;

/** The partial sums of one owner. */
export const partialTopic = (gathering: string, shard: number): string => `nexus/v1/${gathering}/partial/${shard}`;

/** What a merger keeps with the broker for the one that comes after it. */
export const memoryTopic = (gathering: string): string => `nexus/v1/${gathering}/memory`;

/** Reads the number at the end of `left/3` or `partial/3`; null where it is none of them. */
export const numberedTopicReader = (gathering: string, level: 'left' | 'partial'): ((topic: string) => number | null) => {
  const prefix = `nexus/v1/${gathering}/${level}/`;
  return (topic) => {
    const digits = topic.startsWith(prefix) ? topic.slice(prefix.length) : '';
    return /^(0|[1-9]\d{0,3})$/.test(digits) ? Number(digits) : null;
  };
};

/** Which partition a pod belongs to, 0 to of - 1: by its id alone, so every intake sends it to the same owner. */
export const partitionOf = (sid: string, of: number): number => hashText(sid) % of;
