import { createHmac, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError, type AuthorizePublishHandler, type AuthorizeSubscribeHandler, type Client, type ConnectPacket } from 'aedes';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import type { Clock } from '../../clock.ts';
import type { Intake, Origin } from '../adapter.ts';
import { packetSizes } from '../packet-sizes.ts';
import { takePodMessage } from '../pod-message.ts';
import type { Tokens } from '../tokens.ts';
import { collectiveTopic, podTopicReader } from '../topics.ts';
import { createExactTopics } from './exact-topics.ts';
import { createFlow, type Flow, type FlowLimits } from './flow.ts';

/** The most that one packet may hold, bytes: a payload of 4 KiB, its topic, and room so that one somewhat too large is told apart from an attack. */
const PACKET_BYTES = 8_192;
/** A connection that says nothing must say CONNECT within this, milliseconds. */
const CONNECT_MS = 5_000;
/** Longest keep-alive, seconds; MQTT lets a broker end what has been silent for half as long again. */
const KEEPALIVE_SECONDS = 120;
/** A subscriber that takes nothing for this long is cut off, milliseconds. */
const DRAIN_MS = 20_000;
/** Messages of QoS 2 that one connection may leave half said. */
const HALF_SAID = 20;

export interface DoorOptions {
  /** The adapter's, for origins. */
  readonly name: string;
  readonly gathering: string;
  readonly tokens: Tokens;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly flow: FlowLimits;
  /** A connection was ended because it flooded us. */
  readonly onFlood?: (address: string) => void;
}

/** The broker without its sockets: who may come in, and what they may say and hear. MQTT 3.1 and 3.1.1. */
export interface Door {
  /** Takes a new connection. @param address only ever compared and forgotten with the connection */
  take(stream: Duplex, address: string): void;
  /** Sends the collective to all who subscribed to it. A gated frame is not sent. */
  tell(frame: CollectiveFrame): void;
  /** Those who came in with a token. */
  clients(): number;
  close(): Promise<void>;
}

interface Session {
  readonly origin: Origin;
  readonly flow: Flow;
}

const refusal = (): AuthenticateError => Object.assign(new Error('no such token'), { returnCode: 4 as const });

/** Opens the broker for connections that `take` brings. */
export const openDoor = async ({ name, gathering, tokens, intake, clock, flow, onFlood }: DoorOptions): Promise<Door> => {
  const read = podTopicReader(gathering);
  const collective = collectiveTopic(gathering);
  const sessions = new Map<Client, Session>();
  const addresses = new WeakMap<object, string>();
  const salt = randomBytes(32);

  const aedes = new Aedes({
    mq: createExactTopics(),
    connectTimeout: CONNECT_MS,
    drainTimeout: DRAIN_MS,
    maxInflightInbound: HALF_SAID,
    maxTopicLevels: 8,
  });

  /**
   * No session outlives its connection; keep-alive holds for everyone; of wills only a bye is kept. A client's own name counts
   * together with its address, so that nobody can throw out another by taking its name.
   */
  const adapt = (client: Client, packet: ConnectPacket): void => {
    packet.clean = true;
    packet.keepalive = Math.min(packet.keepalive || KEEPALIVE_SECONDS, KEEPALIVE_SECONDS);
    if (packet.clientId !== '') packet.clientId = createHmac('sha256', salt).update(`${addresses.get(client.conn) ?? ''} ${packet.clientId}`).digest('hex');
    if (packet.will !== undefined && read(packet.will.topic)?.verb !== 'bye') delete packet.will;
  };

  const mayPublish: AuthorizePublishHandler = (client, packet, done) => {
    const session = client === null ? undefined : sessions.get(client);
    const topic = read(packet.topic);
    if (client === null || session === undefined || topic === null) return done(new Error('not a topic to publish on'));
    packet.retain = false;
    const pace = session.flow();
    if (pace === 'flood') {
      onFlood?.(addresses.get(client.conn) ?? '');
      return done(new Error('a flood'));
    }
    const mayWait = topic.verb === 'frame' || topic.verb === 'chant';
    if (pace === 'pass' || !mayWait) takePodMessage(intake, topic, typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload, session.origin);
    done(null);
  };

  const maySubscribe: AuthorizeSubscribeHandler = (_client, subscription, done) => done(null, subscription.topic === collective ? subscription : null);

  aedes.preConnect = (client, packet, done) => {
    adapt(client, packet);
    done(null, true);
  };
  aedes.authenticate = (client, _username, password, done) => {
    const circle = password === undefined ? null : tokens.circleOf(password.toString('utf8'));
    if (circle === null) return done(refusal(), false);
    sessions.set(client, { origin: { adapter: name, connection: randomBytes(12).toString('base64url'), one: true, circle }, flow: createFlow(clock, flow) });
    done(null, true);
  };
  aedes.authorizePublish = mayPublish;
  aedes.authorizeSubscribe = maySubscribe;

  await aedes.listen();

  /** Comes after the will was said. */
  const gone = (client: Client): void => {
    const session = sessions.get(client);
    if (session === undefined) return;
    sessions.delete(client);
    intake.closed(session.origin);
  };
  aedes.on('clientDisconnect', gone);

  return {
    take: (stream, address) => {
      addresses.set(stream, address);
      const client = aedes.handle(stream);
      // aedes reads with `readable` and `read()`, and each chunk it reads comes here first.
      stream.on('data', packetSizes(PACKET_BYTES, () => stream.destroy()));
      // One that went before it was registered has no disconnection of its own; the others were gone by then.
      stream.on('close', () => setImmediate(gone, client));
    },
    tell: (frame) => {
      if (frame.gated) return;
      aedes.publish({ cmd: 'publish', topic: collective, payload: JSON.stringify(frame), qos: 0, retain: false, dup: false }, () => undefined);
    },
    clients: () => sessions.size,
    close: () => new Promise((resolve) => {
      aedes.close(() => resolve());
    }),
  };
};
