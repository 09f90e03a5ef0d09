import mqtt, { type MqttClient } from 'mqtt';
import type { BrokerSource } from '../../core/ipc/room.ts';
import type { Clock } from '../clock.ts';
import type { AdapterHealth } from './adapter.ts';
import { createBackoff, type Backoff } from './backoff.ts';
import { STREAM_BYTES, brokerName, clientOptions, readAuthority } from './mqtt-options.ts';
import { reasonInWords, troubleInWords } from './mqtt-trouble.ts';
import { packetSizes } from './packet-sizes.ts';

/** Longest wait for a broker to take our leave, milliseconds. */
const LEAVE_MS = 1_000;
/** After so many milliseconds of messages in a row everything else has its turn; the socket is not read meanwhile. */
const TURN_MS = 20;
/** Bytes that may wait for a slow broker before `publish` lets messages go. */
const UNSENT_BYTES = 262_144;

export interface MqttLinkOptions {
  readonly source: BrokerSource;
  readonly clock: Clock;
  /** Topic filters, QoS 0. */
  readonly subscribe: readonly string[];
  /** Each message as it comes; retained ones are left out, for they are of another time. Must not throw. */
  readonly onMessage: (topic: string, payload: Uint8Array) => void;
  /** Called whenever it has become live. */
  readonly onLive?: () => void;
  /** Retained messages are heard too. */
  readonly retained?: boolean;
  /** The largest packet that the broker may pass on, bytes; one of a pod by default. */
  readonly packetBytes?: number;
  readonly connect?: typeof mqtt.connect;
  readonly backoff?: Backoff;
}

/** One connection to a broker, made again whenever it is lost. */
export interface MqttLink {
  readonly name: string;
  /** Settles once it is live or waits to try again. @throws Fault where the certificate of the authority cannot be used */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): AdapterHealth;
  /** Sends one message, at QoS 0 and not retained unless told. False where there is no connection or the broker does not keep up: the message is let go. */
  publish(topic: string, payload: Uint8Array | string, options?: PublishOptions): boolean;
}

export interface PublishOptions {
  /** 1: sent again on this connection until the broker says that it has it; 0 otherwise. */
  readonly qos?: 0 | 1;
  /** The broker keeps it for those who come later, for so many seconds (MQTT 5). */
  readonly retainSeconds?: number;
}

type State = { readonly at: 'off' | 'starting' | 'live' } | { readonly at: 'waiting'; readonly until: number; readonly trouble: string };

/** Makes a link that is off. Tries come 1 s, 2 s and so on up to 60 s apart (backoff.ts), however the connection was lost. */
export const createMqttLink = ({ source, clock, subscribe, onMessage, onLive, retained = false, packetBytes, connect = mqtt.connect, backoff = createBackoff() }: MqttLinkOptions): MqttLink => {
  const name = brokerName(source.url);
  const { host } = new URL(source.url);
  let state: State = { at: 'off' };
  let client: MqttClient | null = null;
  let callOff: () => void = () => undefined;
  /** Counts starts and stops: what an older one still says is not heard. */
  let turn = 0;

  const wait = (trouble: string, ca: Buffer | null): void => {
    const ms = backoff.next();
    state = { at: 'waiting', until: clock.now() + ms, trouble };
    callOff = clock.after(ms, () => void attempt(ca));
  };

  const listen = async (own: MqttClient): Promise<string | null> => {
    if (subscribe.length === 0) return null;
    try {
      // Retain handling 2 (MQTT 5): do not send what was retained.
      const granted = await own.subscribeAsync([...subscribe], source.version === 5 ? { qos: 0, rh: retained ? 0 : 2 } : { qos: 0 });
      return granted.every(({ qos }) => qos < 128) ? null : 'the broker does not let us listen: allow this user to read the topics of the gathering';
    } catch {
      return 'the broker does not let us listen: allow this user to read the topics of the gathering';
    }
  };

  /** One try, until it is decided. */
  const attempt = (ca: Buffer | null): Promise<void> => new Promise((resolve) => begin(ca, resolve));

  const begin = (ca: Buffer | null, resolve: () => void): void => {
    const { url, options } = clientOptions(source, ca, packetBytes);
    const own = connect(url, options);
    client = own;
    let trouble: string | null = null;
    const lost = (): void => {
      resolve();
      if (client !== own) return;
      client = null;
      own.end(true);
      wait(trouble ?? 'the connection was lost', ca);
    };
    own.stream.on('data', packetSizes(STREAM_BYTES, () => {
      trouble = 'the broker passed on a message of more than 1 MiB: limit it there (Mosquitto: max_packet_size 8192), or use MQTT 5';
      backoff.reset();
      own.stream.destroy();
    }));
    const failed = (error: Error): void => {
      trouble ??= troubleInWords(error, source.version);
    };
    own.on('error', failed);
    // Errors without a code, such as a web server's refusal, mqtt.js keeps to itself.
    own.stream.on('error', failed);
    own.on('disconnect', ({ reasonCode }) => {
      if (reasonCode !== undefined && reasonCode > 0) trouble ??= reasonInWords(reasonCode, source.version);
    });
    own.on('close', lost);
    let yielded = clock.now();
    own.handleMessage = (_packet, done) => {
      if (clock.now() - yielded < TURN_MS) return done();
      setImmediate(() => {
        yielded = clock.now();
        done();
      });
    };
    own.on('message', (topic, payload, packet) => {
      if ((retained || !packet.retain) && client === own) onMessage(topic, payload);
    });
    own.on('connect', () => {
      void listen(own).then((refused) => {
        if (client !== own || !own.connected) return;
        if (refused === null) {
          backoff.reset();
          state = { at: 'live' };
          onLive?.();
          resolve();
          return;
        }
        trouble = refused;
        own.end(true, lost);
      });
    });
  };

  const leave = (own: MqttClient): Promise<void> =>
    new Promise((resolve) => {
      const tooLong = clock.after(LEAVE_MS, () => {
        own.stream.destroy();
        resolve();
      });
      own.end(!own.connected, () => {
        tooLong();
        resolve();
      });
    });

  const words = (): string => {
    switch (state.at) {
      case 'off':
        return 'Off';
      case 'starting':
        return `Connects to the broker at ${host}`;
      case 'live':
        return `Connected to the broker at ${host}`;
      case 'waiting':
        return `Tries again in ${Math.max(0, Math.ceil((state.until - clock.now()) / 1_000))} s: ${state.trouble}`;
    }
  };

  return {
    name,
    start: async () => {
      if (state.at !== 'off') return;
      turn += 1;
      const own = turn;
      state = { at: 'starting' };
      try {
        const ca = await readAuthority(source.ca);
        if (own === turn) await attempt(ca);
      } catch (error) {
        if (own === turn) state = { at: 'off' };
        throw error;
      }
    },
    stop: async () => {
      turn += 1;
      callOff();
      state = { at: 'off' };
      const own = client;
      client = null;
      if (own !== null) await leave(own);
    },
    health: () => ({ state: state.at, words: words() }),
    publish: (topic, payload, { qos = 0, retainSeconds } = {}) => {
      if (state.at !== 'live' || client === null || client.stream.writableLength > UNSENT_BYTES) return false;
      const kept = retainSeconds === undefined ? {} : { retain: true, ...(source.version === 5 ? { properties: { messageExpiryInterval: retainSeconds } } : {}) };
      client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), { qos, ...kept });
      return true;
    },
  };
};
