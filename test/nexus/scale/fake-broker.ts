import type { MqttLink, MqttLinkOptions } from '../../../nexus/adapters/mqtt-link.ts';
import type { WallClock } from '../../../nexus/scale/wall-clock.ts';
import { fakeClock, type FakeClock } from '../../support/fake-clock.ts';

export interface FakeWallClock extends FakeClock, WallClock {}

/** A clock that stands still at a Unix time until told to go on. */
export const fakeWallClock = (start: number): FakeWallClock => {
  const clock = fakeClock();
  return { now: clock.now, after: clock.after, advance: clock.advance, unix: () => start + clock.now(), get waiting() { return clock.waiting; } };
};

/** A broker in memory: it delivers at once, and gives messages of shared subscriptions to one of the group. */
export interface FakeBroker {
  link(options: MqttLinkOptions): MqttLink;
  publish(topic: string, payload: Uint8Array | string): void;
  /** Cuts off or brings back whoever has this number, counted from 0 as they connected. */
  cut(number: number): void;
  readonly messages: number;
}

const matches = (filter: string, topic: string): boolean => {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  return wanted.length === levels.length && wanted.every((level, i) => level === '+' || level === levels[i]);
};

interface Client {
  live: boolean;
  readonly options: MqttLinkOptions;
}

/** @param choose which of so many members of a group gets the next message */
export const fakeBroker = (choose: (members: number) => number): FakeBroker => {
  const clients: Client[] = [];
  const retained = new Map<string, Uint8Array>();
  let messages = 0;

  const deliver = (topic: string, payload: Uint8Array): void => {
    messages += 1;
    const group: Client[] = [];
    for (const client of clients.filter(({ live }) => live)) {
      if (client.options.subscribe.some((filter) => !filter.startsWith('$share/') && matches(filter, topic))) client.options.onMessage(topic, payload);
      if (client.options.subscribe.some((filter) => filter.startsWith('$share/') && matches(filter.split('/').slice(2).join('/'), topic))) group.push(client);
    }
    if (group.length > 0) group[choose(group.length) % group.length]?.options.onMessage(topic, payload);
  };
  const bytesOf = (payload: Uint8Array | string): Uint8Array => (typeof payload === 'string' ? Buffer.from(payload) : payload);

  return {
    get messages() {
      return messages;
    },
    publish: (topic, payload) => deliver(topic, bytesOf(payload)),
    cut: (number) => {
      const client = clients[number];
      if (client !== undefined) client.live = false;
    },
    link: (options) => {
      const client: Client = { live: false, options };
      clients.push(client);
      return {
        name: 'mqtt://fake',
        start: async () => {
          client.live = true;
          if (options.retained === true) for (const [topic, payload] of retained) if (options.subscribe.some((filter) => matches(filter, topic))) options.onMessage(topic, payload);
          options.onLive?.();
        },
        stop: async () => {
          client.live = false;
        },
        health: () => ({ state: client.live ? 'live' : 'waiting', words: client.live ? 'Connected to the broker at fake' : 'Tries again in 1 s: cut' }),
        publish: (topic, payload, { retainSeconds } = {}) => {
          if (!client.live) return false;
          if (retainSeconds !== undefined) retained.set(topic, bytesOf(payload));
          deliver(topic, bytesOf(payload));
          return true;
        },
      };
    },
  };
};
