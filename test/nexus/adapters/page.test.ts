import { request } from 'node:http';
import { parseSync } from 'oxc-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { Fault } from '../../../core/fault.ts';
import { createPageAdapter, type PageAdapter, type PageAdapterOptions } from '../../../nexus/adapters/page/page-adapter.ts';
import { createTokens } from '../../../nexus/adapters/tokens.ts';
import type { Clock } from '../../../nexus/clock.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { podFrame } from '../../support/pods.ts';
import { recordingIntake } from '../../support/recording-intake.ts';

const clock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
const tokens = createTokens(['one', 'two']);
const KEY = '0123456789abcdef0123456789abcdef';
const open: PageAdapter[] = [];

const start = async (changes: Partial<PageAdapterOptions> = {}): Promise<{ adapter: PageAdapter; port: number } & ReturnType<typeof recordingIntake>> => {
  const recorded = recordingIntake();
  const adapter = createPageAdapter({ port: 0, open: false, gathering: 'dawn', tokens, intake: recorded.intake, clock, crowd: () => ({ pods: 12, heard: true }), ...changes });
  open.push(adapter);
  await adapter.start();
  return { adapter, port: adapter.port ?? 0, ...recorded };
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((adapter) => adapter.stop()));
});

interface Reply { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }
const get = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, path, method, headers, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });

/** A page's connection that keeps what it hears. */
const line = async (port: number, options: ClientOptions & { origin?: string } = {}) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/line`, { origin: `http://127.0.0.1:${port}`, ...options });
  const heard: { kind: string; [key: string]: unknown }[] = [];
  const ended = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const say = (message: unknown): void => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return { socket, heard, ended, say, hello: (circle = 'one', key = KEY) => say({ kind: 'hello', v: 1, token: tokens.of(circle), key }) };
};
const until = (condition: () => boolean): Promise<void> => expect.poll(condition, { interval: 5, timeout: 5_000 }).toBe(true);

describe('the page', () => {
  it('is served with its script and style, without a word to another place, in less than 60 KB', async () => {
    const { port } = await start();
    const files = await Promise.all(['/', '/page.js', '/page.css', '/icon.svg'].map((path) => get(port, path)));
    expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(files.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(60_000);
    for (const { body } of files) expect(body.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    const { errors, program } = parseSync('page.js', files[1]?.body ?? '');
    expect(errors).toEqual([]);
    // What came after ES2017: a phone of that year would not read the script at all.
    expect(JSON.stringify(program)).not.toMatch(/"type":"(ChainExpression|StaticBlock|PrivateIdentifier|ImportExpression|PropertyDefinition)"|"operator":"(\?\?|\?\?=|&&=|\|\|=)"/);
  });

  it('comes under a policy that allows nothing from elsewhere', async () => {
    const { port } = await start();
    const { headers } = await get(port, '/');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws:\/\/127\.0\.0\.1:\d+ .*frame-ancestors 'none'$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('accelerometer=(self)');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('is packed where the browser can, and not sent twice', async () => {
    const { port } = await start();
    const { headers } = await get(port, '/page.js', { 'Accept-Encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(Number(headers['content-length'])).toBeLessThan(20_000);
    expect((await get(port, '/page.js', { 'If-None-Match': String(headers['etag']) })).status).toBe(304);
  });

  it('answers to its own names, paths and methods alone', async () => {
    const { port } = await start();
    expect((await get(port, '/', { Host: `evil.example:${port}` })).status).toBe(421);
    expect((await get(port, '/', { Host: `localhost:${port}` })).status).toBe(200);
    expect((await get(port, '/../package.json')).status).toBe(404);
    expect((await get(port, '/page.js?x')).status).toBe(404);
    expect((await get(port, '/', {}, 'POST')).status).toBe(405);
    expect((await get(port, '/', {}, 'HEAD')).body).toBe('');
    expect((await get(port, '/', { 'X-Long': 'x'.repeat(9_000) })).status).toBe(400);
    const statuses = await Promise.all(Array.from({ length: 160 }, () => get(port, '/icon.svg')));
    expect(statuses.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
  });

  it('says where it is, and what is wrong where it cannot be', async () => {
    const { adapter, port } = await start();
    expect(adapter.joinUrl('two')).toBe(`http://127.0.0.1:${port}/#${tokens.of('two')}`);
    expect(adapter.health()).toEqual({ state: 'live', words: `Open at http://127.0.0.1:${port}, from this machine alone` });
    const other = createPageAdapter({ port, open: false, gathering: 'dawn', tokens, intake: recordingIntake().intake, clock, crowd: () => ({ pods: 0, heard: false }) });
    await expect(other.start()).rejects.toThrow(Fault);
    expect(other.health().state).toBe('failed');
    await adapter.stop();
    await adapter.stop();
    expect(adapter.port).toBeNull();
    expect(adapter.health().state).toBe('off');
    await adapter.start();
    expect(adapter.health().state).toBe('live');
  });

  it('opens to the network where it is told to, at an address that phones can reach', async () => {
    const { adapter, port } = await start({ open: true });
    const { host, hostname } = new URL(adapter.joinUrl('one'));
    expect((await get(port, '/', { Host: host })).status).toBe(200);
    expect((await get(port, '/', { Host: `${hostname}.evil.example:${port}` })).status).toBe(421);
    const behind = await start({ publicOrigin: 'https://pods.example' });
    expect(behind.adapter.joinUrl('one')).toBe(`https://pods.example/#${tokens.of('one')}`);
    expect((await get(behind.port, '/', { Host: 'pods.example' })).status).toBe(200);
    await expect(line(behind.port, { origin: 'https://pods.example', headers: { Host: 'pods.example' } })).resolves.toBeDefined();
  });
});

describe('a page’s line', () => {
  it('brings frames, consents, chants and good-byes to the guard and tells what became of them', async () => {
    const { port, came } = await start();
    const { hello, say, heard, socket } = await line(port);
    hello('two');
    say({ kind: 'frame', frame: podFrame() });
    say({ kind: 'consent', sid: podFrame().sid, consent: podFrame().consent });
    say({ kind: 'chant', strength: 0.5 });
    say({ kind: 'bye', sid: podFrame().sid });
    await until(() => heard.length === 5);
    expect(heard[0]).toEqual({ kind: 'welcome', gathering: 'dawn', circle: 'two' });
    expect(heard[1]).toEqual({ kind: 'verdict', of: 'frame', verdict: 'taken', crowd: { atLeast: 10, heard: true } });
    expect(heard.map(({ kind }) => kind)).toEqual(['welcome', 'verdict', 'verdict', 'verdict', 'gone']);
    expect(came.map(({ kind }) => kind)).toEqual(['frame', 'consent', 'chant', 'bye']);
    expect(came[0]).toMatchObject({ payload: podFrame(), from: { circle: 'two', one: true } });
    expect(JSON.stringify(came.map(({ from }) => from))).not.toContain('127.0.0.1');
    socket.terminate();
    await until(() => came.at(-1)?.kind === 'closed');
  });

  it('opens for this page alone and only with a token', async () => {
    const { port, came } = await start();
    await expect(line(port, { origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(line(port, { headers: { Host: `evil.example:${port}` } })).rejects.toThrow('421');
    const wrong = await line(port);
    wrong.say({ kind: 'hello', v: 1, token: 'guessed', key: KEY });
    expect(await wrong.ended).toBe(4_001);
    expect(wrong.heard).toEqual([{ kind: 'no way in' }]);
    const rude = await line(port);
    rude.say({ kind: 'frame', frame: podFrame() });
    expect(await rude.ended).toBe(4_001);
    expect(came).toEqual([]);
  });

  it('shows out what is too large, makes no sense or never stops', async () => {
    const { port, came } = await start();
    const large = await line(port);
    large.hello();
    large.say({ kind: 'frame', frame: 'x'.repeat(3_000) });
    expect(await large.ended).toBe(1_009);
    expect(came.map((each) => (each.kind === 'refused' ? each.reason : each.kind))).toEqual(['too large', 'closed']);

    const strange = await line(port);
    strange.hello();
    for (let i = 0; i < 12; i += 1) strange.say(i % 2 === 0 ? '{' : '{"kind":"rise"}');
    expect(await strange.ended).toBe(4_008);

    const flood = await line(port);
    flood.hello();
    for (let i = 0; i < 200; i += 1) flood.say({ kind: 'frame', frame: podFrame({ seq: i }) });
    expect(await flood.ended).toBe(4_008);
    expect(came.filter(({ kind }) => kind === 'frame').length).toBeLessThan(40);

    const pods = await line(port);
    pods.hello();
    for (let i = 0; i < 9; i += 1) pods.say({ kind: 'frame', frame: podFrame({ sid: `000000000000000${i}` }) });
    await until(() => pods.heard.length === 10);
    expect(pods.heard.filter(({ verdict }) => verdict === 'taken')).toHaveLength(3);
    expect(pods.heard.filter(({ verdict }) => verdict === 'too fast')).toHaveLength(6);
  });

  it('holds so many pages and no more, and places that are given back', async () => {
    const { port } = await start({ limits: { connections: 10, perAddress: 2 } });
    const first = await line(port);
    await line(port);
    await expect(line(port)).rejects.toThrow('503');
    first.socket.terminate();
    await expect.poll(() => line(port).then(() => true, () => false), { timeout: 5_000 }).toBe(true);
  });

  it('belongs to a page that comes back after its Wi-Fi broke, by a key that only it has', async () => {
    const { port, came } = await start();
    const first = await line(port);
    first.hello();
    first.say({ kind: 'frame', frame: podFrame({ seq: 1 }) });
    await until(() => came.length === 1);
    const second = await line(port);
    second.hello();
    expect(await first.ended).toBe(4_009);
    second.say({ kind: 'frame', frame: podFrame({ seq: 2 }) });
    await until(() => came.length === 3);
    expect(came.map(({ kind }) => kind)).toEqual(['frame', 'closed', 'frame']);
    const other = await line(port);
    other.hello('one', 'f'.repeat(32));
    await until(() => other.heard.length === 1);
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is closed where nothing is said at first, and where no sign of life comes', async () => {
    const still = fakeClock();
    const { port, came } = await start({ clock: still });
    const silent = await line(port);
    still.advance(5_001);
    expect(await silent.ended).toBe(4_002);
    const gone = await line(port, { autoPong: false });
    gone.hello();
    await until(() => gone.heard.length === 1);
    const well = await line(port);
    well.hello('one', 'f'.repeat(32));
    await until(() => well.heard.length === 1);
    for (let i = 0; i < 3; i += 1) {
      const ponged = new Promise<void>((resolve) => {
        well.socket.once('ping', () => resolve());
      });
      still.advance(10_000);
      if (i < 2) await ponged;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await gone.ended;
    expect(came.map(({ kind }) => kind)).toEqual(['closed']);
    expect(well.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('ends with the adapter, and the guard hears of it', async () => {
    const { adapter, port, came } = await start();
    const page = await line(port);
    page.hello();
    page.say({ kind: 'frame', frame: podFrame() });
    await until(() => came.length === 1);
    await adapter.stop();
    await page.ended;
    expect(came.map(({ kind }) => kind)).toEqual(['frame', 'closed']);
  });
});
