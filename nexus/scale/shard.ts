import { randomBytes } from 'node:crypto';
import type { BrokerSource } from '../../core/ipc/room.ts';
import { FIELD } from '../../core/signal/fold.ts';
import type { AdapterHealth } from '../adapters/adapter.ts';
import { createMqttLink, type MqttLink, type MqttLinkOptions } from '../adapters/mqtt-link.ts';
import { STALE_MS } from '../heard.ts';
import { BATCH_BYTES, decodeShardMessage, encodeMark, type Speaker } from './forward.ts';
import { createShardIntake, type IntakeCounts } from './intake.ts';
import { createOwner, type Owner, type OwnerCounts } from './owner.ts';
import { encodePartial } from './partial.ts';
import { intakeFilter, partialTopic, shardTopic } from './topics.ts';
import { atEveryMoment, createWallClock, type WallClock } from './wall-clock.ts';

/** Partial sums of a moment are made so long after it: an intake's batch (100 ms) and two ways through the broker. */
export const OWNER_MARGIN_MS = 400;
const PACKET_BYTES = BATCH_BYTES + 1_024;

/** One process of a gathering that has too many pods for one. Holds sockets and timers, and frees them all in `stop`. */
export interface ScaleProgram {
  /** For people: `shard 1 of 2 at mqtt://broker:1883`. */
  readonly name: string;
  /** Settles once it is live or waits to try again. @throws Fault where only a person can help */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): AdapterHealth;
}

export interface ShardProgram extends ScaleProgram {
  counts(): IntakeCounts & OwnerCounts & { readonly pods: number };
}

export interface ShardOptions {
  readonly broker: BrokerSource;
  readonly gathering: string;
  /** 0 to of - 1. */
  readonly shard: number;
  readonly of: number;
  readonly clock?: WallClock;
  /** See PodsOptions: when the first batch may enter. */
  readonly firstMs?: number;
  readonly link?: (options: MqttLinkOptions) => MqttLink;
}

const NONE: OwnerCounts = { strays: 0, tooFast: 0, tooMany: 0, waiting: 0 };

export const newSpeaker = (clock: WallClock): Speaker => ({ since: clock.unix(), id: randomBytes(4).readUInt32BE() });

/**
 * Shard `shard` of `of`: an intake among the others, and the owner of one partition. How many there are must be the same everywhere.
 * Two of one number may run: the second hears what the first hears, and speaks in its place where it falls silent.
 */
export const runShard = ({ broker, gathering, shard, of, clock = createWallClock(), firstMs, link: connect = createMqttLink }: ShardOptions): ShardProgram => {
  const own = shardTopic(gathering, shard);
  let owner: Owner | null = null;
  let speaker: Speaker | null = null;
  let lastMoment = 0;
  let pods = 0;
  let unreadable = 0;
  let callOff = (): void => undefined;

  /** What came while it was away is lost. Away for long, it begins anew, so that its pods come back in one batch. */
  const listen = (): void => {
    if (owner === null || speaker === null || clock.unix() - lastMoment > STALE_MS) {
      speaker = newSpeaker(clock);
      owner = createOwner({ shard, of, speaker, ...(firstMs === undefined ? {} : { firstMs }) });
    }
    link.publish(own, encodeMark(speaker), { qos: 1 });
    intake.resume();
  };

  const hear = (bytes: Uint8Array): void => {
    const message = decodeShardMessage(bytes);
    if (message === null) unreadable += 1;
    else owner?.take(message);
  };

  const link = connect({
    source: broker,
    clock,
    subscribe: [intakeFilter(gathering), own],
    packetBytes: PACKET_BYTES,
    onMessage: (topic, payload) => (topic === own ? hear(payload) : intake.take(topic, payload)),
    onLive: listen,
  });
  const intake = createShardIntake({ gathering, of, clock, send: (topic, payload, surely) => link.publish(topic, payload, { qos: surely ? 1 : 0 }) });

  const speak = (moment: number): void => {
    if (owner === null || !owner.listens() || link.health().state !== 'live') return;
    const partial = owner.at(moment);
    lastMoment = moment;
    pods = partial.sums.live[FIELD.pods] ?? 0;
    link.publish(partialTopic(gathering, shard), encodePartial(partial));
  };

  const counts: ShardProgram['counts'] = () => ({ ...intake.counts(), ...(owner?.counts() ?? NONE), pods });

  const words = (): string => {
    const { letGo, strays, waiting } = counts();
    const said = [`${pods} pods in`];
    if (waiting > 0) said.push(`${waiting} wait for the next batch`);
    if (letGo > 0) said.push(`${letGo} messages were let go: more comes than this machine or its line can take`);
    if (strays > 0) said.push(`${strays} messages were for other shards: start all with one number of shards`);
    if (unreadable > 0) said.push(`${unreadable} messages of other shards could not be read: run one version everywhere`);
    return said.join('; ');
  };

  return {
    name: `shard ${shard + 1} of ${of} at ${link.name}`,
    start: async () => {
      callOff();
      callOff = atEveryMoment(clock, OWNER_MARGIN_MS, speak);
      try {
        await link.start();
      } catch (error) {
        callOff();
        throw error;
      }
    },
    stop: async () => {
      callOff();
      intake.stop();
      await link.stop();
    },
    counts,
    health: () => {
      const health = link.health();
      return health.state === 'live' ? { state: 'live', words: `${health.words}; ${words()}` } : health;
    },
  };
};
