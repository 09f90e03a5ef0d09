import { connect as connectTcp } from 'node:net';
import { encode } from 'cborg';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEUTRAL_MEASURES, frameOf } from '../../../core/signal/collective.ts';
import { createBrokerAdapter, type BrokerAdapter, type BrokerAdapterOptions } from '../../../nexus/adapters/broker/broker.ts';
import { createTokens, type Tokens } from '../../../nexus/adapters/tokens.ts';
import { podTopic, type PodVerb } from '../../../nexus/adapters/topics.ts';
import { podFrame } from '../../support/pods.ts';
import { realClock } from '../../support/real-clock.ts';
import { recordedIntake, type RecordedIntake } from '../../support/recorded-intake.ts';

const A = '00000000000000aa';
const B = '00000000000000bb';
const COLLECTIVE = 'nexus/v1/night/collective';

let intake: RecordedIntake;
let tokens: Tokens;
let broker: BrokerAdapter;
let clients: MqttClient[] = [];

const open = async (changes: Partial<BrokerAdapterOptions> = {}): Promise<void> => {
  broker = createBrokerAdapter({ port: 0, open: false, gathering: 'night', tokens, intake, clock: realClock, ...changes });
  await broker.start();
};

const client = (options: IClientOptions = {}): MqttClient => {
  const made = mqtt.connect(`mqtt://127.0.0.1:${broker.port ?? 0}`, { reconnectPeriod: 0, username: 'pod', password: tokens.of('one'), ...options });
  made.on('error', () => undefined);
  clients.push(made);
  return made;
};

const connected = (options: IClientOptions = {}): Promise<MqttClient> =>
  new Promise((resolve, reject) => {
    const made = client(options);
    made.once('connect', () => resolve(made));
    made.once('error', reject);
    made.once('close', () => reject(new Error('closed')));
  });

const closed = (made: MqttClient): Promise<void> => new Promise((resolve) => (made.connected ? made.once('close', () => resolve()) : resolve()));
const topic = (sid: string, verb: PodVerb = 'frame'): string => podTopic('night', sid, verb);
const frame = (sid: string, seq = 0): string => JSON.stringify(podFrame({ sid, seq }));
const seen = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 5_000, interval: 5 });

beforeEach(() => {
  intake = recordedIntake();
  tokens = createTokens(['one', 'two']);
});

afterEach(async () => {
  clients.forEach((made) => made.end(true));
  clients = [];
  await broker.stop();
});

describe('the embedded broker', () => {
  it('hands frames of JSON and CBOR to the intake, with the circle of the token', async () => {
    await open();
    const one = await connected();
    const two = await connected({ username: 'anything', password: tokens.of('two') });
    one.publish(topic(A), frame(A));
    two.publish(topic(B), Buffer.from(encode(podFrame({ sid: B }))), { qos: 1 });
    await seen(() => expect(intake.count('frame')).toBe(2));
    const [first, second] = intake.calls.filter(({ what }) => what === 'frame').toSorted((x, y) => (x.sid ?? '').localeCompare(y.sid ?? ''));
    expect(first).toMatchObject({ sid: A, payload: podFrame({ sid: A }), from: { circle: 'one', one: true } });
    expect(second).toMatchObject({ sid: B, payload: podFrame({ sid: B }), from: { circle: 'two', one: true } });
    expect(first?.from.connection).not.toBe(second?.from.connection);
    expect(broker.health()).toEqual({ state: 'live', words: `Listens on port ${broker.port ?? 0}, for this machine alone: 2 clients` });
  });

  it('takes messages of QoS 1 and 2, changes of consent, chants and byes', async () => {
    await open();
    const one = await connected();
    await one.publishAsync(topic(A), frame(A), { qos: 2 });
    await one.publishAsync(topic(A, 'consent'), JSON.stringify({ live: false }), { qos: 1 });
    await one.publishAsync(topic(A, 'chant'), JSON.stringify({ strength: 0.5 }), { qos: 1 });
    await one.publishAsync(topic(A, 'bye'), '', { qos: 1 });
    expect(intake.calls.map(({ what, payload }) => [what, payload])).toEqual([
      ['frame', podFrame({ sid: A })],
      ['consent', { live: false }],
      ['chant', 0.5],
      ['bye', undefined],
    ]);
  });

  it.each([
    ['wrong', { password: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['renewed', {}],
    ['empty', { password: '' }],
  ])('lets nobody in whose token is %s', async (kind, options) => {
    await open();
    const old = { password: tokens.of('one'), ...options };
    if (kind === 'renewed') tokens.renew();
    await expect(connected(old)).rejects.toThrow('Bad username or password');
    expect(intake.calls).toEqual([]);
    expect(broker.health().words).toContain('0 clients');
  });

  it('lets those who are in stay in when tokens are renewed', async () => {
    await open();
    const one = await connected();
    tokens.renew();
    await one.publishAsync(topic(A), frame(A), { qos: 1 });
    expect(intake.count('frame')).toBe(1);
  });

  it('tells the guard which connection speaks for another pod, and says bye for nobody else', async () => {
    await open();
    const one = await connected();
    const other = await connected();
    await one.publishAsync(topic(A), frame(A), { qos: 1 });
    await other.publishAsync(topic(A), frame(A, 1), { qos: 1 });
    await other.publishAsync(topic(A, 'bye'), '', { qos: 1 });
    expect(intake.calls.map(({ what }) => what)).toEqual(['frame', 'not its own', 'not its own']);
  });

  it.each([COLLECTIVE, podTopic('another', A, 'frame'), 'nexus/v1/night/pod', `nexus/v1/night/pod/${A}/raw`, '$SYS/x', 'a/'.repeat(90)])('ends a connection that publishes on %s', async (path) => {
    await open();
    const listener = await connected();
    await listener.subscribeAsync(COLLECTIVE);
    const heard = vi.fn();
    listener.on('message', heard);
    const one = await connected();
    one.publish(path, '{"n":9}');
    await closed(one);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).not.toHaveBeenCalled();
    expect(intake.count('frame')).toBe(0);
  });

  it('lets people hear the collective and nothing else, and never a gated frame', async () => {
    await open();
    const one = await connected();
    const refused: string[] = [];
    for (const filter of ['#', '+/+/+/+', 'nexus/v1/night/pod/+/+', topic(B), '$SYS/#', 'nexus/v1/+/collective', '$share/x/nexus/v1/night/collective']) {
      await one.subscribeAsync(filter).then(
        (granted) => granted[0]?.qos === 128 && refused.push(filter),
        () => refused.push(filter),
      );
    }
    expect(refused).toHaveLength(7);
    await one.subscribeAsync(COLLECTIVE, { qos: 2 });
    const heard: [string, string, number][] = [];
    one.on('message', (path, payload, { qos }) => heard.push([path, payload.toString(), qos]));
    const other = await connected();
    await other.publishAsync(topic(B), frame(B), { qos: 1 });
    broker.tell(frameOf(0, 3, true, NEUTRAL_MEASURES));
    const live = frameOf(250_000, 7, false, NEUTRAL_MEASURES);
    broker.tell(live);
    await seen(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toEqual([COLLECTIVE, JSON.stringify(live), 0]);
  });

  it('keeps nothing: no retained message, no session', async () => {
    await open();
    const one = await connected({ clean: false, clientId: 'again' });
    await one.subscribeAsync(COLLECTIVE, { qos: 1 });
    await one.publishAsync(topic(A), frame(A), { retain: true, qos: 1 });
    expect(intake.count('frame')).toBe(1);
    await one.endAsync();
    broker.tell(frameOf(0, 7, false, NEUTRAL_MEASURES));
    const back = client({ clean: false, clientId: 'again' });
    const heard = vi.fn();
    back.on('message', heard);
    const sessionPresent = await new Promise((resolve) => back.once('connect', (packet) => resolve(packet.sessionPresent)));
    expect(sessionPresent).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).not.toHaveBeenCalled();
  });

  it('says bye for a pod whose connection breaks, before it says that the connection ended', async () => {
    await open();
    const one = await connected({ will: { topic: topic(A, 'bye'), payload: Buffer.alloc(0), qos: 0, retain: true } });
    await one.publishAsync(topic(A), frame(A), { qos: 1 });
    one.stream.destroy();
    await seen(() => expect(intake.calls.map(({ what }) => what)).toEqual(['frame', 'bye', 'closed']));
    const connections = new Set(intake.calls.map(({ from }) => from.connection));
    expect(connections.size).toBe(1);
  });

  it('says only that it ended where a client takes its leave, and hears no will but a bye', async () => {
    await open();
    const one = await connected({ will: { topic: topic(A, 'bye'), payload: Buffer.alloc(0), qos: 0, retain: false } });
    await one.endAsync();
    await seen(() => expect(intake.calls.map(({ what }) => what)).toEqual(['closed']));
    const other = await connected({ will: { topic: topic(A), payload: Buffer.from(frame(A)), qos: 0, retain: false } });
    other.stream.destroy();
    await seen(() => expect(intake.calls.map(({ what }) => what)).toEqual(['closed', 'closed']));
  });

  it('gives a client that comes back by its name its place, and lets no name throw out a stranger', async () => {
    await open();
    const one = await connected({ clientId: 'phone' });
    await one.publishAsync(topic(A), frame(A), { qos: 1 });
    await connected({ clientId: 'phone' });
    await closed(one);
    await seen(() => expect(intake.count('closed')).toBe(1));
    expect(broker.health().words).toContain('1 client');
  });
});

describe('an embedded broker under attack', () => {
  it('ends a connection as soon as a packet announces 10 MB, and gathers none of it', async () => {
    await open();
    const one = await connected();
    const before = process.memoryUsage().arrayBuffers;
    one.publish(topic(A), Buffer.alloc(10_000_000, 0x20));
    await closed(one);
    expect(intake.calls.map(({ what }) => what)).toEqual(['closed']);
    const socket = connectTcp(broker.port ?? 0, '127.0.0.1');
    socket.on('error', () => undefined);
    // PUBLISH, remaining length 268 435 455.
    socket.write(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f));
    await new Promise((resolve) => socket.on('close', resolve));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
  });

  it('counts a payload somewhat too large, and garbage, against its connection', async () => {
    await open();
    const one = await connected();
    await one.publishAsync(topic(A), Buffer.alloc(5_000, 0x20), { qos: 1 });
    await one.publishAsync(topic(A), 'hello', { qos: 1 });
    expect(intake.calls.map(({ what }) => what)).toEqual(['too large', 'malformed']);
  });

  it('reads no more of a flood than a pod may send, hears a withdrawal in it, and then ends it', async () => {
    await open({ limits: { perSecond: 20, flood: 500 } });
    const one = await connected();
    for (let seq = 0; seq < 300; seq += 1) one.publish(topic(A), frame(A, seq));
    await one.publishAsync(topic(A, 'consent'), JSON.stringify({ live: false }), { qos: 1 });
    expect(intake.count('frame')).toBeGreaterThanOrEqual(40);
    expect(intake.count('frame')).toBeLessThan(60);
    expect(intake.count('consent')).toBe(1);
    for (let seq = 300; seq < 900; seq += 1) one.publish(topic(A), frame(A, seq));
    await closed(one);
    expect(intake.count('frame')).toBeLessThan(80);
  });

  it('takes so many clients and no more', async () => {
    await open({ limits: { clients: 3 } });
    for (let i = 0; i < 3; i += 1) await connected();
    await expect(connected()).rejects.toThrow();
    expect(broker.health().words).toContain('3 clients');
  });

  it('ends what speaks before it has said CONNECT, and what is no MQTT', async () => {
    await open();
    for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.of(0x30, 0x02, 0, 0), Buffer.of(0xc0, 0), Buffer.alloc(64, 0xff)]) {
      const socket = connectTcp(broker.port ?? 0, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(bytes);
      await new Promise((resolve) => socket.on('close', resolve));
    }
    expect(intake.calls).toEqual([]);
    await connected();
  });
});

describe('an embedded broker that starts and stops', () => {
  it('says how to mend a port that is taken', async () => {
    await open();
    const second = createBrokerAdapter({ port: broker.port ?? 0, open: false, gathering: 'night', tokens, intake, clock: realClock });
    await expect(second.start()).rejects.toThrow(/another program has that port.*choose another port/);
    expect(second.health().state).toBe('failed');
    await second.stop();
    expect(second.health()).toEqual({ state: 'off', words: 'Off' });
  });

  it('lets go of its port and its clients, and can be opened again', async () => {
    await open();
    const one = await connected();
    await broker.stop();
    await closed(one);
    expect(broker.port).toBeNull();
    expect(intake.calls.map(({ what }) => what)).toEqual(['closed']);
    await broker.start();
    await connected();
    await broker.stop();
    await broker.stop();
  });

  it('opens to the local network only when asked', async () => {
    await open({ open: true });
    const one = await connected();
    expect(one.connected).toBe(true);
    expect(broker.health().words).toContain('open to the local network');
  });
});
