import type { BrokerSource } from '../../core/ipc/room.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import type { Adapter, AdapterHealth } from '../adapters/adapter.ts';
import { createMqttLink, type MqttLink, type MqttLinkOptions } from '../adapters/mqtt-link.ts';
import { collectiveTopic } from '../adapters/topics.ts';
import type { Clock } from '../clock.ts';
import { createBucket, spend, type Rate } from '../bucket.ts';
import { decodeCollective } from './collective-message.ts';
import type { Speaker } from './forward.ts';

/** Without a frame for so long, the silence is told of. */
const SILENT_MS = 3_000;
/** Another merger is heard once the one before has been silent for so long. */
const HANDOVER_MS = 1_500;
/** A merger whose clock was set back is heard again after so long, though its moments are older. */
const SET_BACK_MS = 10_000;
/** Frames come 4 a second; a burst after a stall of the network is taken, a flood is not. */
const FRAME_RATE: Rate = { perSecond: 8, burst: 16 };

export interface CollectiveAdapterOptions {
  readonly broker: BrokerSource;
  readonly gathering: string;
  readonly clock: Clock;
  /** `kept`: what a take may hold in the frame's place, null where that is the frame itself. */
  readonly onFrame: (frame: CollectiveFrame, kept: CollectiveFrame | null) => void;
  readonly link?: (options: MqttLinkOptions) => MqttLink;
}

interface Last {
  readonly moment: number;
  readonly speaker: Speaker;
  /** When it came, milliseconds by the clock here. */
  readonly at: number;
}

/**
 * The merged collective of a larger gathering, for any number of studios. Frames are checked; one that is older than the last, or that
 * comes again, is let go. The engine stamps what it hears by its own clock, so the merger's may be off.
 */
export const createCollectiveAdapter = ({ broker, gathering, clock, onFrame, link: connect = createMqttLink }: CollectiveAdapterOptions): Adapter => {
  let last: Last | null = null;
  let since = clock.now();
  let refused = 0;
  const bucket = createBucket(FRAME_RATE, clock.now());

  /** Of two mergers the one that is heard stays, until it falls silent. */
  const isNext = (moment: number, { since: born, id }: Speaker, now: number): boolean => {
    if (last === null || now - last.at > SET_BACK_MS) return true;
    const same = last.speaker.since === born && last.speaker.id === id;
    return moment > last.moment && (same || now - last.at > HANDOVER_MS);
  };

  const hear = (payload: Uint8Array): void => {
    const now = clock.now();
    const message = spend(bucket, FRAME_RATE, now) ? decodeCollective(payload) : null;
    if (message === null) {
      refused += 1;
      return;
    }
    if (!isNext(message.moment, message.speaker, now)) return;
    last = { moment: message.moment, speaker: message.speaker, at: now };
    onFrame(message.frame, message.kept ?? null);
  };

  const link = connect({
    source: broker,
    clock,
    subscribe: [collectiveTopic(gathering)],
    onMessage: (_topic, payload) => hear(payload),
    onLive: () => {
      since = clock.now();
    },
  });

  const words = (health: AdapterHealth): AdapterHealth => {
    if (health.state !== 'live') return health;
    const silent = clock.now() - Math.max(since, last?.at ?? -Infinity);
    if (silent < SILENT_MS) return { state: 'live', words: `${health.words}; hears the collective of "${gathering}"` };
    const told = `${health.words}; no collective of "${gathering}" for ${Math.round(silent / 1_000)} s: see that its merger runs, and that the gathering's name is right`;
    return { state: 'waiting', words: refused === 0 ? told : `${told}; ${refused} messages there were no collective frames` };
  };

  return { name: `collective of ${gathering} at ${link.name}`, start: link.start, stop: link.stop, health: () => words(link.health()) };
};
