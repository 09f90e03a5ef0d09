import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPage } from '../../scripts/bundled-page.mjs';
import { fromNexusSchema, nexusToEngineSchema, type ToNexus } from '../../core/ipc/nexus-messages.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexus-process-'));
const program = join(folder, 'process.mjs');
const start: ToNexus = { kind: 'start', source: { kind: 'simulate', pods: 3, seed: 1, startAt: 1_200, speed: 10 } };
const frameTime = (message: unknown): number | null => {
  const read = nexusToEngineSchema.safeParse(message);
  return read.success && read.data.kind === 'frame' ? read.data.frame.t : null;
};

describe('the Nexus as a program of plain Node', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      plugins: [bundledPage()],
      logLevel: 'silent',
      root: join(import.meta.dirname, '..', '..'),
      ssr: { noExternal: true },
      build: { ssr: 'nexus/process.ts', outDir: folder, target: 'node20.18', rolldownOptions: { output: { format: 'es', entryFileNames: 'process.mjs' } } },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs as a forked child: frames and replies over one channel, ends when told', async () => {
    const child = fork(program);
    const times: number[] = [];
    const kinds = new Set<string>();
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    child.on('message', (message) => {
      const time = frameTime(message);
      if (time === null) {
        const { kind } = fromNexusSchema.parse(message);
        kinds.add(kind);
        if (kind === 'ready') child.send(start);
        return;
      }
      times.push(time / 1e6);
      if (times.length === 5) child.send({ kind: 'dispose' });
    });
    expect(await ended).toBe(0);
    expect(times.slice(0, 5)).toEqual([1_200, 1_202.5, 1_205, 1_207.5, 1_210]);
    expect([...kinds].toSorted()).toEqual(['health', 'ready', 'started']);
  });

  it('runs as a worker thread: frames over the port that was handed on, faults to the parent', async () => {
    const worker = new Worker(program);
    const { port1, port2 } = new MessageChannel();
    const fault = new Promise<unknown>((resolve) => worker.on('message', (message) => fromNexusSchema.parse(message).kind === 'fault' && resolve(message)));
    const frame = new Promise<number>((resolve) => port1.on('message', (message) => {
      const time = frameTime(message);
      if (time !== null) resolve(time);
    }));
    worker.postMessage({ ...start, port: port2 }, [port2]);
    worker.postMessage({ kind: 'start', source: { kind: 'nights', files: [join(folder, 'no-such.edf')] } });
    expect(await fault).toMatchObject({ what: 'the file is not there', where: join(folder, 'no-such.edf') });
    expect(await frame).toBe(1_200_000_000);
    const exit = new Promise((resolve) => worker.on('exit', resolve));
    worker.postMessage({ kind: 'dispose' });
    expect(await exit).toBe(0);
    port1.close();
  });
});
