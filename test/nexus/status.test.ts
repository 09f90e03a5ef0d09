import { afterEach, describe, expect, it } from 'vitest';
import { createPageAdapter, type PageAdapter } from '../../nexus/adapters/page/page-adapter.ts';
import { createTokens } from '../../nexus/adapters/tokens.ts';
import type { Origin } from '../../nexus/adapters/adapter.ts';
import type { Verdict } from '../../nexus/guard/verdict.ts';
import { createHostPages, type HostPagesOptions } from '../../nexus/status/host-pages.ts';
import { createMetrics, type Metrics } from '../../nexus/status/metrics.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { podFrame } from '../support/pods.ts';
import { recordingIntake } from '../support/recording-intake.ts';
import { roomView } from '../support/room-view.ts';

const URL = 'http://192.168.1.20:8026/#token';
const FROM: Origin = { adapter: 'page :8026', connection: 'page 1', circle: 'one' };
const made: Metrics[] = [];
const metrics = (): Metrics => {
  const own = createMetrics();
  made.push(own);
  return own;
};

/** Prometheus's text as name{labels} -> value; refuses a line that the format does not know. */
const parsed = async (own: Metrics): Promise<ReadonlyMap<string, number>> => {
  const lines = (await own.text()).split('\n').filter((line) => line !== '');
  const samples = new Map<string, number>();
  for (const line of lines) {
    if (/^# (HELP|TYPE) [a-z_0-9]+ .+$/.test(line)) continue;
    const [, name = '', value = ''] = /^([a-z_0-9]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
    expect(name, line).not.toBe('');
    expect(Number.isFinite(Number(value.replace('+Inf', '0'))), line).toBe(true);
    samples.set(name, Number(value));
  }
  return samples;
};

describe('the metrics of a room', () => {
  afterEach(() => made.splice(0).forEach((own) => own.stop()));

  it('count what became of messages, and hand them on unchanged', async () => {
    const own = metrics();
    let verdict: Verdict = 'taken';
    const { intake, came } = recordingIntake(() => verdict);
    const counted = own.counting(intake);
    counted.frame(podFrame(), FROM);
    counted.frame(podFrame(), FROM, podFrame().sid);
    counted.chant(0.5, FROM);
    verdict = 'waiting';
    counted.frame(podFrame(), FROM);
    verdict = 'too fast';
    expect(counted.frame(podFrame(), FROM)).toBe('too fast');
    counted.bye(podFrame().sid, FROM);
    counted.refused('too large', FROM);
    counted.closed(FROM);
    const samples = await parsed(own);
    expect(samples.get('dreamscore_frames_total{verdict="taken"}')).toBe(2);
    expect(samples.get('dreamscore_frames_total{verdict="waiting"}')).toBe(1);
    expect(samples.get('dreamscore_frames_total{verdict="refused"}')).toBe(1);
    expect(samples.get('dreamscore_refused_total{reason="too fast"}')).toBe(2);
    expect(samples.get('dreamscore_refused_total{reason="too large"}')).toBe(1);
    expect(samples.get('dreamscore_messages_total{kind="chant",verdict="taken"}')).toBe(1);
    expect(came.map(({ kind }) => kind)).toEqual(['frame', 'frame', 'chant', 'frame', 'frame', 'bye', 'refused', 'closed']);
  });

  it('show the room, the fold and the process', async () => {
    const own = metrics();
    own.observe(roomView(URL), true);
    own.folded(0.003);
    own.folded(0.4);
    const samples = await parsed(own);
    expect(samples.get('dreamscore_pods{state="live"}')).toBe(5);
    expect(samples.get('dreamscore_pods{state="waiting"}')).toBe(2);
    expect(samples.get('dreamscore_pods{state="limited"}')).toBe(1);
    expect(samples.get('dreamscore_gated')).toBe(1);
    expect(samples.get('dreamscore_chant_strength')).toBe(0.4);
    expect(samples.get('dreamscore_adapters{adapter="mqtt",state="waiting"}')).toBe(1);
    expect(samples.get('dreamscore_fold_seconds_bucket{le="0.005"}')).toBe(1);
    expect(samples.get('dreamscore_fold_seconds_count')).toBe(2);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(samples.get('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(samples.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  it('count a source that came back, once', async () => {
    const own = metrics();
    const view = roomView(URL);
    const back = { ...view, adapters: view.adapters.map((adapter) => ({ ...adapter, state: 'live' as const })) };
    for (const seen of [view, view, back, back]) own.observe(seen, false);
    expect((await parsed(own)).get('dreamscore_reconnects_total{adapter="mqtt"}')).toBe(1);
  });

  it('name no one and no place', async () => {
    const own = metrics();
    own.observe(roomView(URL), false);
    own.counting(recordingIntake().intake).frame(podFrame(), FROM);
    expect(await own.text()).not.toMatch(/192\.168|north|south|token|pod \d|page 1|00000000000000a1/);
  });

  it('of two rooms stand apart', async () => {
    const [one, two] = [metrics(), metrics()];
    one.counting(recordingIntake().intake).frame(podFrame(), FROM);
    expect((await parsed(one)).get('dreamscore_frames_total{verdict="taken"}')).toBe(1);
    expect((await parsed(two)).get('dreamscore_frames_total{verdict="taken"}') ?? 0).toBe(0);
  });
});

describe('the host’s pages', () => {
  let adapter: PageAdapter | null = null;
  afterEach(async () => {
    await adapter?.stop();
    made.splice(0).forEach((own) => own.stop());
  });

  const open = async (changes: Partial<HostPagesOptions> = {}, network = false) => {
    const own = metrics();
    const host = createHostPages({ view: () => roomView(URL), metrics: own, token: null, ...changes });
    adapter = createPageAdapter({ port: 0, open: network, gathering: 'dawn', tokens: createTokens(['one']), intake: recordingIntake().intake, clock: fakeClock(), crowd: () => ({ pods: 0, heard: false }), host });
    await adapter.start();
    return { link: adapter.joinUrl('one'), local: `http://127.0.0.1:${adapter.port}` };
  };

  it('show the room and its metrics on this machine', async () => {
    const { local } = await open();
    for (const path of ['/status', '/status.js', '/status.css']) expect((await fetch(`${local}${path}`)).status).toBe(200);
    expect(await (await fetch(`${local}/status.json`)).json()).toEqual(roomView(URL));
    const told = await fetch(`${local}/metrics`);
    expect(told.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await told.text()).toContain('# TYPE dreamscore_fold_seconds histogram');
    expect((await fetch(`${local}/status.json`)).headers.get('cache-control')).toBe('no-store');
  });

  it('are closed to what a proxy hands on, and to other pages in the host’s browser', async () => {
    const { local } = await open();
    for (const headers of [{ 'X-Forwarded-For': '203.0.113.9' }, { Forwarded: 'for=203.0.113.9' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      for (const path of ['/status.json', '/metrics', '/status']) expect((await fetch(`${local}${path}`, { headers })).status, path).toBe(403);
    }
  });

  it('open to other machines with the host’s token alone', async () => {
    const proxied = { 'X-Forwarded-For': '203.0.113.9' };
    const { local } = await open({ token: 'correct-horse' });
    expect((await fetch(`${local}/status`, { headers: proxied })).status).toBe(200);
    expect((await fetch(`${local}/status.json`, { headers: proxied })).status).toBe(401);
    expect((await fetch(`${local}/metrics`, { headers: { ...proxied, Authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(`${local}/metrics`, { headers: { ...proxied, Authorization: 'Bearer correct-horse' } })).status).toBe(200);
  });

  it('are closed to a machine on the network', async () => {
    const { link } = await open({}, true);
    const { origin } = new globalThis.URL(link);
    // The machine's own address on the network: as far as the Nexus can tell, another machine.
    if (origin.includes('127.0.0.1')) return expect(origin).toContain('127.0.0.1');
    expect((await fetch(`${origin}/`)).status).toBe(200);
    for (const path of ['/status.json', '/metrics', '/status']) expect((await fetch(`${origin}${path}`)).status, path).toBe(403);
  });
});
