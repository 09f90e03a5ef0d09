/** The embedded broker with the real guard behind it. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrokerAdapter, type BrokerAdapter } from '../../../nexus/adapters/broker/broker.ts';
import { createMqttAdapter } from '../../../nexus/adapters/mqtt.ts';
import { createTokens, type Tokens } from '../../../nexus/adapters/tokens.ts';
import { podTopic, type PodVerb } from '../../../nexus/adapters/topics.ts';
import { createGuard, type Guard } from '../../../nexus/guard/guard.ts';
import { podFrame } from '../../support/pods.ts';
import { realClock } from '../../support/real-clock.ts';

const A = '00000000000000aa';
const B = '00000000000000bb';
let guard: Guard;
let tokens: Tokens;
let broker: BrokerAdapter;
let clients: MqttClient[] = [];

const topic = (sid: string, verb: PodVerb = 'frame'): string => podTopic('night', sid, verb);
const say = async (client: MqttClient, sid: string, seq: number): Promise<void> => void (await client.publishAsync(topic(sid), JSON.stringify(podFrame({ sid, seq, tMono: seq * 1_000 })), { qos: 1 }));
const now = (): number => performance.now();
const live = (): number => guard.view(now()).counts.live;

const connected = async (options: IClientOptions = {}): Promise<MqttClient> => {
  const made = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port ?? 0}`, { reconnectPeriod: 0, username: 'pod', password: tokens.of('one'), ...options });
  made.on('error', () => undefined);
  clients.push(made);
  return made;
};

beforeEach(async () => {
  guard = createGuard({ circles: ['one', 'two'], whose: 'mine', now, unixNow: () => 1.7e12 });
  tokens = createTokens(['one', 'two']);
  broker = createBrokerAdapter({ port: 0, open: false, gathering: 'night', tokens, intake: guard, clock: realClock });
  await broker.start();
});

afterEach(async () => {
  clients.forEach((made) => made.end(true));
  clients = [];
  await broker.stop();
});

describe('pods at the embedded broker', () => {
  it('come in by the circle of their token, and nobody speaks for another', async () => {
    const one = await connected();
    const two = await connected({ password: tokens.of('two') });
    await say(one, A, 0);
    await say(two, A, 1);
    await two.publishAsync(topic(A, 'consent'), '{"live":false}', { qos: 1 });
    await two.publishAsync(topic(A, 'bye'), '', { qos: 1 });
    expect(live()).toBe(1);
    expect(guard.refusals().get('not its own')).toBeGreaterThanOrEqual(3);
    await say(two, B, 0);
    expect(guard.view(now()).pods.map(({ circle }) => circle).toSorted()).toEqual(['one', 'two']);
  });

  it('are one pod however often they change their sid', async () => {
    const one = await connected();
    await say(one, A, 0);
    await say(one, B, 0);
    expect(live()).toBe(1);
  });

  it('are out in the same moment when they withdraw, say bye, or break off with a last will', async () => {
    const one = await connected({ will: { topic: topic(A, 'bye'), payload: Buffer.alloc(0), qos: 0, retain: false } });
    await say(one, A, 0);
    expect(live()).toBe(1);
    await one.publishAsync(topic(A, 'consent'), '{"live":false}', { qos: 1 });
    expect(live()).toBe(0);
    const other = await connected();
    await say(other, B, 0);
    await other.publishAsync(topic(B, 'bye'), '', { qos: 1 });
    expect(live()).toBe(0);
    const third = await connected({ will: { topic: topic('00000000000000cc', 'bye'), payload: Buffer.alloc(0), qos: 0, retain: false } });
    await say(third, '00000000000000cc', 0);
    expect(live()).toBe(1);
    third.stream.destroy();
    await vi.waitFor(() => expect(live()).toBe(0));
  });

  it('may come back by another connection once the first has ended', async () => {
    const one = await connected();
    await say(one, A, 0);
    one.stream.destroy();
    await vi.waitFor(() => expect(broker.health().words).toContain('0 clients'));
    const again = await connected();
    await say(again, A, 1);
    expect(guard.refusals().get('not its own')).toBe(0);
    expect(live()).toBe(1);
  });

  it('chant', async () => {
    const one = await connected();
    await one.publishAsync(topic(A, 'chant'), '{"strength":1}', { qos: 1 });
    expect(guard.view(now()).chanting).toBe(1);
    await one.publishAsync(topic(A, 'chant'), '{"strength":"loud"}', { qos: 1 });
    expect(guard.refusals().get('malformed')).toBe(1);
  });

  it('need MQTT 3.1.1, and a client of version 5 is told so', async () => {
    const source = { url: `mqtt://127.0.0.1:${broker.port ?? 0}`, version: 5 as const, username: 'pod', password: tokens.of('one'), ca: null, circle: 'one' };
    const ours = createMqttAdapter({ source, gathering: 'night', intake: guard, clock: realClock });
    await ours.start();
    const { words } = ours.health();
    await ours.stop();
    expect(words).toMatch(/does not speak MQTT 5: set version 4/);
  });
});
