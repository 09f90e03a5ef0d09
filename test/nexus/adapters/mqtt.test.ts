import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'cborg';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, createWebSocketStream } from 'ws';
import type { BrokerSource } from '../../../core/ipc/room.ts';
import type { Adapter } from '../../../nexus/adapters/adapter.ts';
import { createBackoff } from '../../../nexus/adapters/backoff.ts';
import { createBudget } from '../../../nexus/adapters/budget.ts';
import { createMqttLink } from '../../../nexus/adapters/mqtt-link.ts';
import { createMqttAdapter } from '../../../nexus/adapters/mqtt.ts';
import { podTopic } from '../../../nexus/adapters/topics.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { freePort, mosquittoPath, startMosquitto, type Mosquitto, type MosquittoOptions } from '../../support/mosquitto.ts';
import { podFrame } from '../../support/pods.ts';
import { realClock } from '../../support/real-clock.ts';
import { recordedIntake, type RecordedIntake } from '../../support/recorded-intake.ts';

const A = '00000000000000aa';
const path = mosquittoPath();
if (path === null) process.stderr.write('skipped: no mosquitto on this machine, so our MQTT client is not tried against it\n');
const folder = mkdtempSync(join(tmpdir(), 'dreamscore-certificates-'));
const certificates = makeCertificates(folder);
if (certificates === null) process.stderr.write('skipped: no openssl on this machine, so MQTT over TLS is not tried\n');

let intake: RecordedIntake;
let adapters: Adapter[] = [];
let brokers: Mosquitto[] = [];
let publishers: MqttClient[] = [];

const run = async (options: Omit<MosquittoOptions, 'path'> = {}): Promise<Mosquitto> => {
  const broker = await startMosquitto({ path: path ?? '', ...options });
  brokers.push(broker);
  return broker;
};

/** Tries at once in place of after a second. */
const hasty = { next: () => 20, reset: () => undefined };

const adapter = (url: string, changes: Partial<BrokerSource> = {}): Adapter => {
  const source: BrokerSource = { url, version: 5, username: null, password: null, ca: null, circle: 'one', ...changes };
  const made = createMqttAdapter({ source, gathering: 'night', intake, clock: realClock, backoff: hasty });
  adapters.push(made);
  return made;
};

const publisher = async (port: number, options: IClientOptions = {}): Promise<MqttClient> => {
  const made = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  made.on('error', () => undefined);
  publishers.push(made);
  return made;
};

const seen = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 5_000, interval: 5 });
const frames = (): number => intake.count('frame');

beforeEach(() => {
  intake = recordedIntake();
});

afterEach(async () => {
  await Promise.all(adapters.map((made) => made.stop()));
  publishers.forEach((made) => made.end(true));
  await Promise.all(brokers.map((broker) => broker.stop()));
  [adapters, brokers, publishers] = [[], [], []];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(path === null).each([4, 5] as const)('our MQTT client, version %i, at a Mosquitto', (version) => {
  it('hands frames of JSON and CBOR, consents, chants and byes to the intake', async () => {
    const { port } = await run();
    const ours = adapter(`mqtt://127.0.0.1:${port}`, { version, circle: 'hall' });
    expect(ours.name).toBe(`mqtt://127.0.0.1:${port}`);
    expect(ours.health()).toEqual({ state: 'off', words: 'Off' });
    await ours.start();
    expect(ours.health()).toEqual({ state: 'live', words: `Connected to the broker at 127.0.0.1:${port}` });
    const pod = await publisher(port);
    pod.publish(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })));
    pod.publish(podTopic('night', A, 'frame'), Buffer.from(encode(podFrame({ sid: A, seq: 1 }))), { qos: 1 });
    pod.publish(podTopic('night', A, 'consent'), '{"live":false}', { qos: 2 });
    pod.publish(podTopic('night', A, 'chant'), '{"strength":1}');
    pod.publish(podTopic('night', A, 'bye'), '');
    await seen(() => expect(intake.calls).toHaveLength(5));
    const from = { adapter: ours.name, connection: A, circle: 'hall' };
    expect(intake.calls).toEqual(expect.arrayContaining([
      { what: 'frame', sid: A, payload: podFrame({ sid: A }), from },
      { what: 'frame', sid: A, payload: podFrame({ sid: A, seq: 1 }), from },
      { what: 'consent', sid: A, payload: { live: false }, from },
      { what: 'chant', payload: 1, from },
      { what: 'bye', sid: A, from },
    ]));
  });

  it('hears nothing that was retained, nothing of other gatherings, and counts what is no frame', async () => {
    const { port } = await run();
    const pod = await publisher(port);
    await pod.publishAsync(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })), { retain: true, qos: 1 });
    await adapter(`mqtt://127.0.0.1:${port}`, { version }).start();
    pod.publish(podTopic('another', A, 'frame'), JSON.stringify(podFrame({ sid: A })));
    pod.publish('nexus/v1/night/pod/someone/frame', JSON.stringify(podFrame({ sid: A })));
    pod.publish(podTopic('night', A, 'frame'), 'hello');
    pod.publish(podTopic('night', A, 'frame'), Buffer.alloc(5_000, 0x20));
    pod.publish(podTopic('night', A, 'bye'), '');
    await seen(() => expect(intake.count('bye')).toBe(1));
    expect(intake.calls.map(({ what }) => what)).toEqual(['malformed', 'too large', 'bye']);
  });

  it('comes in with the right password, and says so where it is wrong', async () => {
    const { port } = await run({ user: ['nexus', 'swordfish'] });
    const ours = adapter(`mqtt://127.0.0.1:${port}`, { version, username: 'nexus', password: 'swordfish' });
    await ours.start();
    expect(ours.health().state).toBe('live');
    const inUrl = adapter(`mqtt://nexus:swordfish@127.0.0.1:${port}`, { version });
    await inUrl.start();
    expect(inUrl.health().state).toBe('live');
    expect(`${inUrl.name} ${inUrl.health().words}`).not.toContain('swordfish');
    for (const wrong of [{ username: 'nexus', password: 'tuna' }, {}]) {
      const other = adapter(`mqtt://127.0.0.1:${port}`, { version, ...wrong });
      await other.start();
      expect(other.health()).toEqual({ state: 'waiting', words: expect.stringMatching(/^Tries again in \d+ s: the broker refused the user name or password$/) });
    }
  });

  it('comes back by itself when the broker was killed and is there again', async () => {
    const first = await run();
    const ours = adapter(`mqtt://127.0.0.1:${first.port}`, { version });
    await ours.start();
    await first.stop();
    await seen(() => expect(ours.health().words).toMatch(/^Tries again in \d+ s: nothing listens there/));
    await run({ port: first.port });
    await seen(() => expect(ours.health().state).toBe('live'));
    const pod = await publisher(first.port);
    pod.publish(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })));
    await seen(() => expect(frames()).toBe(1));
  });

  it('is not filled by a message of 10 MB', async () => {
    const { port } = await run();
    const ours = adapter(`mqtt://127.0.0.1:${port}`, { version });
    await ours.start();
    const pod = await publisher(port);
    await pod.publishAsync(podTopic('night', A, 'frame'), Buffer.alloc(10_000_000, 0x20), { qos: 1 });
    await seen(() => {
      pod.publish(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })));
      expect(frames()).toBeGreaterThan(0);
    });
    expect(intake.count('too large')).toBe(0);
  });

  it('hears each pod on its own topics alone, by the rules for Mosquitto that the documentation gives', async () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'nexus.md'), 'utf8');
    const acl = /```\n(# acl\n[^`]+)```/.exec(page)?.[1]?.replaceAll('GATHERING', 'night') ?? '';
    const { port } = await run({ acl });
    await adapter(`mqtt://127.0.0.1:${port}`, { version, username: 'nexus' }).start();
    const other = '00000000000000bb';
    const pod = await publisher(port, { clientId: A });
    const heard = vi.fn();
    pod.on('message', heard);
    await pod.subscribeAsync(['nexus/v1/night/pod/+/+', '#']).catch(() => undefined);
    pod.publish(podTopic('night', other, 'frame'), JSON.stringify(podFrame({ sid: other })));
    await pod.publishAsync(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })), { qos: 1 });
    await seen(() => expect(intake.calls.map(({ sid }) => sid)).toEqual([A]));
    expect(heard).not.toHaveBeenCalled();
  });
});

describe.skipIf(path === null)('a link that publishes', () => {
  it('sends while it is connected, and says so when it cannot', async () => {
    const { port } = await run();
    const source: BrokerSource = { url: `mqtt://127.0.0.1:${port}`, version: 5, username: null, password: null, ca: null, circle: 'one' };
    const heard: string[] = [];
    const link = createMqttLink({ source, clock: realClock, subscribe: ['a/+'], onMessage: (topic, payload) => heard.push(`${topic} ${Buffer.from(payload).toString()}`) });
    expect(link.publish('a/b', '1')).toBe(false);
    await link.start();
    expect(link.publish('a/b', '2')).toBe(true);
    expect(link.publish('a/c', new TextEncoder().encode('3'))).toBe(true);
    await seen(() => expect(heard).toEqual(['a/b 2', 'a/c 3']));
    await link.stop();
    expect(link.publish('a/b', '4')).toBe(false);
  });
});

describe.skipIf(path === null)('a burst of messages', () => {
  it('leaves everything else its turn every 20 ms', async () => {
    const { port } = await run();
    let inARow = 0;
    let longest = 0;
    const busy: RecordedIntake = {
      ...intake,
      consent: (sid, payload, from) => {
        for (const until = performance.now() + 5; performance.now() < until; );
        longest = Math.max(longest, (inARow += 1));
        return intake.consent(sid, payload, from);
      },
    };
    const source: BrokerSource = { url: `mqtt://127.0.0.1:${port}`, version: 5, username: null, password: null, ca: null, circle: 'one' };
    const ours = createMqttAdapter({ source, gathering: 'night', intake: busy, clock: realClock });
    adapters.push(ours);
    await ours.start();
    const pod = await publisher(port);
    for (let i = 0; i < 60; i += 1) pod.publish(podTopic('night', A, 'consent'), '{"live":false}');
    const turns = setInterval(() => (inARow = 0), 0);
    await seen(() => expect(intake.count('consent')).toBe(60));
    clearInterval(turns);
    expect(longest).toBeLessThan(10);
  });
});

describe.skipIf(path === null || certificates === null)('our MQTT client over TLS', () => {
  const { ca, cert, key } = certificates ?? { ca: '', cert: '', key: '' };

  it('trusts the authority that it was given, and no other', async () => {
    const { port } = await run({ tls: { cert, key } });
    const ours = adapter(`mqtts://localhost:${port}`, { ca });
    await ours.start();
    expect(ours.health()).toEqual({ state: 'live', words: `Connected to the broker at localhost:${port}` });
    const wary = adapter(`mqtts://localhost:${port}`);
    await wary.start();
    expect(wary.health().words).toMatch(/^Tries again in \d+ s: its certificate is signed by an authority that this machine does not know: give .*"ca"$/);
  });

  it('comes in over WebSocket with TLS too', async () => {
    const { port } = await run();
    const web = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key) });
    new WebSocketServer({ server: web, path: '/mqtt' }).on('connection', (socket) => {
      const stream = createWebSocketStream(socket);
      stream.pipe(connectTcp(port, '127.0.0.1')).on('error', () => undefined).pipe(stream).on('error', () => undefined);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    const ours = adapter(`wss://localhost:${typeof address === 'object' ? address?.port : 0}/mqtt`, { ca });
    await ours.start();
    expect(ours.health().state).toBe('live');
    const pod = await publisher(port);
    pod.publish(podTopic('night', A, 'frame'), JSON.stringify(podFrame({ sid: A })));
    await seen(() => expect(frames()).toBe(1));
    await ours.stop();
    web.closeAllConnections();
    await new Promise((resolve) => web.close(resolve));
  });

  it('says where TLS is spoken and was not expected, and the other way round', async () => {
    const secure = await run({ tls: { cert, key } });
    const plain = await run();
    const first = adapter(`mqtt://localhost:${secure.port}`);
    const second = adapter(`mqtts://localhost:${plain.port}`, { ca });
    await Promise.all([first.start(), second.start()]);
    expect(first.health().words).toMatch(/the broker hung up|the connection was lost/);
    expect(second.health().words).toMatch(/does not speak TLS there|the broker hung up|connection was lost/);
  });

  it('refuses to start with an authority that is none', async () => {
    await expect(adapter('mqtts://localhost:1', { ca: join(folder, 'missing.pem') }).start()).rejects.toThrow(/cannot be read.*PEM file that is there/);
    writeFileSync(join(folder, 'text.pem'), 'hello');
    const ours = adapter('mqtts://localhost:1', { ca: join(folder, 'text.pem') });
    await expect(ours.start()).rejects.toThrow(/no certificate.*BEGIN CERTIFICATE/);
    expect(ours.health().state).toBe('off');
  });
});

describe('our MQTT client where there is no broker', () => {
  it('waits in words: nothing listens, no such host, something else that answers', async () => {
    const port = await freePort();
    const nobody = adapter(`mqtt://127.0.0.1:${port}`);
    await nobody.start();
    expect(nobody.health()).toEqual({ state: 'waiting', words: expect.stringMatching(/^Tries again in \d+ s: nothing listens there: check address and port, and that the broker runs$/) });
    const nameless = adapter('mqtt://no-such-host.invalid');
    await nameless.start();
    expect(nameless.health().words).toMatch(/there is no host of that name: check the address|the name cannot be looked up/);

    const web = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve));
    const strange = adapter(`mqtt://127.0.0.1:${port}`);
    await strange.start();
    expect(strange.health().words).toMatch(/what came is no MQTT|the connection was lost|hung up/);
    const socket = adapter(`ws://127.0.0.1:${port}/mqtt`);
    await socket.start();
    expect(socket.health().words).toMatch(/there is no broker at that path \(the server answered 404\)/);
    await new Promise((resolve) => web.close(resolve));
  });

  it('waits longer each time, by the clock it was given, and stops at once', async () => {
    const port = await freePort();
    const clock = fakeClock();
    const source: BrokerSource = { url: `mqtt://127.0.0.1:${port}`, version: 5, username: null, password: null, ca: null, circle: 'one' };
    const ours = createMqttAdapter({ source, gathering: 'night', intake, clock, backoff: createBackoff(() => 1) });
    await ours.start();
    for (const seconds of [1, 2, 4, 8]) {
      await seen(() => expect(ours.health().words).toMatch(new RegExp(`^Tries again in ${seconds} s: `)));
      clock.advance(seconds * 1_000);
    }
    await ours.stop();
    expect(ours.health().state).toBe('off');
    await ours.stop();
  });
});

describe('the time one source may take', () => {
  it('is three quarters of each quarter of a second; the rest is let go and told, a withdrawal never', () => {
    const clock = fakeClock();
    const budget = createBudget(clock);
    const done: string[] = [];
    const work = (name: string) => () => {
      clock.advance(50);
      done.push(name);
    };
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) budget.spend(work(name));
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(budget.letGo()).toBe(2);
    budget.must(work('bye'));
    expect(done.at(-1)).toBe('bye');
    clock.advance(250);
    budget.spend(work('next'));
    expect(done.at(-1)).toBe('next');
    clock.advance(10_000);
    expect(budget.letGo()).toBe(0);
  });
});
