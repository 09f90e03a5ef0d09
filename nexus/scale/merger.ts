import type { BrokerSource } from '../../core/ipc/room.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { createMqttLink, type MqttLink, type MqttLinkOptions } from '../adapters/mqtt-link.ts';
import { collectiveTopic } from '../adapters/topics.ts';
import { LIVE_GATE } from '../aggregator.ts';
import { decodeCollective, decodeMemory, encodeCollective, encodeMemory, type MergerMemory } from './collective-message.ts';
import { createCollectiveVoice, startVoice, type CollectiveVoice } from './collective-voice.ts';
import type { Speaker } from './forward.ts';
import { createMerge, type Merged } from './merge.ts';
import { decodePartial, encodePartial } from './partial.ts';
import { newSpeaker, type ScaleProgram } from './shard.ts';
import { RETURN, SILENT_MS, older, type Return } from './slot.ts';
import { leftTopic, memoryTopic, numberedTopicReader, partialTopic } from './topics.ts';
import { atEveryMoment, createWallClock, type WallClock } from './wall-clock.ts';

/** The merged frame of a moment is made so long after it: what the owners say 400 ms after it, and their way through the broker. */
export const MERGER_MARGIN_MS = 750;
/** So long after it began a merger only listens: for what the one before it left, and for another that speaks already. */
const LISTEN_MS = 1_000;
const MEMORY_EVERY_MS = 5_000;
/** Where nobody has spoken for so long, a new gathering begins. */
const MEMORY_MS = 600_000;
const PACKET_BYTES = 8_192;

/** Where a merger sends what it merged: it is one shard of a larger gathering. */
export interface Above {
  /** The broker of the larger gathering, where it is another one. */
  readonly broker?: BrokerSource;
  readonly gathering: string;
  readonly shard: number;
  readonly of: number;
}

export interface MergerOptions {
  readonly broker: BrokerSource;
  readonly gathering: string;
  readonly of: number;
  /** Pods below which frames are gated; LIVE_GATE (5) unless told. */
  readonly minimumPods?: number;
  readonly above?: Above;
  /** How long after a moment its frame is made; MERGER_MARGIN_MS over shards, 350 ms more for each merger in between. */
  readonly marginMs?: number;
  readonly clock?: WallClock;
  readonly back?: Return;
  /** The sums of each moment, for a publisher with gates of its own (Sums.published) and for tests. */
  readonly onMerged?: (merged: Merged, moment: number) => void;
  readonly link?: (options: MqttLinkOptions) => MqttLink;
}

interface Voices {
  readonly start: number;
  readonly live: CollectiveVoice;
  readonly kept: CollectiveVoice;
}

const same = (a: CollectiveFrame, b: CollectiveFrame): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Adds what the shards of a gathering say and sends the collective to its studios. A second one may run beside it: it listens, and
 * speaks once the first has been silent for 1.5 s.
 */
export const runMerger = ({ broker, gathering, of, minimumPods = LIVE_GATE, above, marginMs = MERGER_MARGIN_MS, clock = createWallClock(), back = RETURN, onMerged, link: connect = createMqttLink }: MergerOptions): ScaleProgram => {
  const partialOf = numberedTopicReader(gathering, 'partial');
  const leftOf = numberedTopicReader(gathering, 'left');
  const collective = collectiveTopic(gathering);
  const memoryAt = memoryTopic(gathering);
  const merge = createMerge(of, back);
  let speaker: Speaker | null = null;
  let memory: MergerMemory | null = null;
  let voices: Voices | null = null;
  let remembered = 0;
  /** When another merger that goes before this one was heard last. */
  let other = -Infinity;
  let unreadable = 0;
  let pods = 0;
  let callOff = (): void => undefined;

  const hearPartial = (shard: number, payload: Uint8Array): void => {
    const partial = decodePartial(payload);
    if (partial === null || partial.shard !== shard) unreadable += 1;
    else merge.hear(partial, clock.unix());
  };
  const hearCollective = (payload: Uint8Array): void => {
    const message = decodeCollective(payload);
    if (message !== null && speaker !== null && older(message.speaker, speaker)) other = clock.unix();
  };

  const link = connect({
    source: broker,
    clock,
    subscribe: [`${partialTopic(gathering, 0).slice(0, -1)}+`, `${leftTopic(gathering, 0).slice(0, -1)}+`, collective, memoryAt],
    retained: true,
    packetBytes: PACKET_BYTES,
    onMessage: (topic, payload) => {
      const shard = partialOf(topic);
      if (shard !== null) return hearPartial(shard, payload);
      const leaver = leftOf(topic);
      if (leaver !== null) return merge.left(leaver, clock.unix());
      if (topic === collective) return hearCollective(payload);
      if (topic === memoryAt && voices === null) memory = decodeMemory(payload, clock.unix(), MEMORY_MS);
    },
    onLive: () => {
      speaker ??= newSpeaker(clock);
    },
  });

  const up = above?.broker === undefined ? link : connect({ source: above.broker, clock, subscribe: [], onMessage: () => undefined });

  const begin = (moment: number): Voices => {
    const start = memory?.start ?? moment;
    const voice = (before: MergerMemory['live'] | undefined): CollectiveVoice => createCollectiveVoice(start, minimumPods, before ?? startVoice());
    return { start, live: voice(memory?.live), kept: voice(memory?.kept) };
  };

  const remember = ({ start, live, kept }: Voices, moment: number): void => {
    if (moment - remembered < MEMORY_EVERY_MS) return;
    remembered = moment;
    link.publish(memoryAt, encodeMemory({ moment, start, live: live.memory(), kept: kept.memory() }), { retainSeconds: MEMORY_MS / 1_000 });
  };

  const speak = (moment: number): void => {
    if (speaker === null || clock.unix() - speaker.since < LISTEN_MS) return;
    voices ??= begin(moment);
    const merged = merge.at(moment);
    onMerged?.(merged, moment);
    const frame = voices.live.frameAt(merged.sums.live, merged.chant, moment);
    const kept = voices.kept.frameAt(merged.sums.kept, merged.chant, moment);
    pods = frame.n;
    if (moment - other < SILENT_MS) return;
    link.publish(collective, encodeCollective({ moment, speaker, frame, ...(same(frame, kept) ? {} : { kept }) }));
    remember(voices, moment);
    if (above === undefined) return;
    const { sums, shards, heard, until, chanting } = merged;
    const partial = { moment, shard: above.shard, of: above.of, speaker, heard: heard.reduce((a, b) => a + b, 0), shards, until, sums, chanting };
    up.publish(partialTopic(above.gathering, above.shard), encodePartial(partial));
  };

  const words = (): string => {
    const said = [`${pods} pods in all`];
    if (up.health().state !== 'live') said.push(`the gathering above is not reached: ${up.health().words}`);
    said.push(...merge.troubles(clock.unix()));
    if (clock.unix() - other < 2 * SILENT_MS) said.push('another merger speaks, this one stands by');
    if (unreadable > 0) said.push(`${unreadable} messages of shards could not be read: run one version everywhere`);
    return said.join('; ');
  };

  return {
    name: `merger of ${of} at ${link.name}`,
    start: async () => {
      callOff();
      callOff = atEveryMoment(clock, marginMs, speak);
      try {
        await link.start();
        if (up !== link) await up.start();
      } catch (error) {
        callOff();
        throw error;
      }
    },
    stop: async () => {
      callOff();
      await Promise.all([link.stop(), up.stop()]);
    },
    health: () => {
      const health = link.health();
      return health.state === 'live' ? { state: 'live', words: `${health.words}; ${words()}`.slice(0, 400) } : health;
    },
  };
};
