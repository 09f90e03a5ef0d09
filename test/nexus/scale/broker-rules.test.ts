import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { podTopic } from '../../../nexus/adapters/topics.ts';
import { systemClock } from '../../../nexus/clock.ts';
import { createCollectiveAdapter } from '../../../nexus/scale/collective-adapter.ts';
import { runMerger } from '../../../nexus/scale/merger.ts';
import { runShard } from '../../../nexus/scale/shard.ts';
import { mosquittoPath, startMosquitto, type Mosquitto } from '../../support/mosquitto.ts';
import { podFrame } from '../../support/pods.ts';

const path = mosquittoPath();
if (path === null) process.stderr.write('skipped: no mosquitto on this machine, so the rules of docs/scaling.md are not tried\n');

const GATHERING = 'hall';
const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'scaling.md'), 'utf8');
/** The lines of a block of the page, without its heading. */
const block = (heading: string): string[] => (new RegExp(`\`\`\`\\n# ${heading}\\n([^\`]*)\`\`\``).exec(page)?.[1] ?? '').replaceAll('GATHERING', GATHERING).trim().split('\n');

describe.skipIf(path === null)('a Mosquitto with the configuration of docs/scaling.md', () => {
  const started: { stop(): Promise<void> }[] = [];
  const pods: MqttClient[] = [];
  afterAll(async () => {
    for (const pod of pods) pod.end(true);
    await Promise.allSettled(started.map((each) => each.stop()));
  });
  const run = async (port?: number): Promise<Mosquitto> => {
    const lines = block('mosquitto.conf').filter((line) => !line.startsWith('persistence'));
    const broker = await startMosquitto({ path: path ?? '', user: ['nexus', 'secret'], acl: `${block('acl').join('\n')}\n`, lines, ...(port === undefined ? {} : { port }) });
    started.push(broker);
    return broker;
  };

  it('serves a shard, a merger, a studio and pods, and is found again after it was gone', { timeout: 40_000 }, async () => {
    const mosquitto = await run();
    const url = `mqtt://127.0.0.1:${mosquitto.port}`;
    const broker = { url, version: 5, username: 'nexus', password: 'secret', ca: null, circle: 'one' } as const;
    let live = 0;
    const shard = runShard({ broker, gathering: GATHERING, shard: 0, of: 1, firstMs: 1_000 });
    const merger = runMerger({ broker, gathering: GATHERING, of: 1 });
    const studio = createCollectiveAdapter({ broker, gathering: GATHERING, clock: systemClock, onFrame: ({ n }) => {
      live = n;
    } });
    started.push(shard, merger, studio);
    await Promise.all([shard.start(), merger.start(), studio.start()]);

    const sids = Array.from({ length: 6 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
    for (const clientId of sids) pods.push(await mqtt.connectAsync(url, { clientId, username: 'nexus', password: 'secret', reconnectPeriod: 200 }));
    for (const pod of pods) pod.on('error', () => undefined);
    let seq = 0;
    const beat = setInterval(() => {
      seq += 1;
      // The last one speaks for another: the rules let nobody hear it.
      pods.forEach((pod, i) => pod.publish(podTopic(GATHERING, i === 5 ? 'ffffffffffffffff' : (sids[i] ?? ''), 'frame'), JSON.stringify(podFrame({ sid: i === 5 ? 'ffffffffffffffff' : (sids[i] ?? ''), seq, tMono: seq * 1_000 }))));
    }, 500);
    await vi.waitFor(() => expect(live).toBe(5), { timeout: 12_000 });
    expect(shard.counts()).toMatchObject({ refused: 0, strays: 0, waiting: 0, pods: 5 });

    await mosquitto.stop();
    await vi.waitFor(() => expect([shard, merger, studio].map((each) => each.health().state)).toEqual(['waiting', 'waiting', 'waiting']), { timeout: 5_000 });
    expect(shard.health().words).toMatch(/^Tries again in \d s: /);
    live = 0;
    await run(mosquitto.port);
    await vi.waitFor(() => expect(live).toBe(5), { timeout: 15_000 });
    clearInterval(beat);
  });
});
