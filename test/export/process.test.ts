import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromExportSchema, type FromExport, type ToExport } from '../../core/ipc/export-messages.ts';
import { scoreSchema } from '../../core/score/schema.ts';
import { takeSchema } from '../../core/engine/take.ts';
import { serveExports } from '../../export/serve-exports.ts';
import { openInput } from '../../nexus/gathering-input.ts';
import { projectRoot, temporaryFolder } from '../cli/run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const score = scoreSchema.parse(JSON.parse(readFileSync(join(projectRoot, 'presets', 'first-light.json'), 'utf8')));

/** Main's end of a port to an export process in this one. */
const openProcess = () => {
  const heard: FromExport[] = [];
  const emitter = new EventEmitter();
  let resolve: (message: FromExport) => void = () => undefined;
  const last = new Promise<FromExport>((done) => {
    resolve = done;
  });
  serveExports({
    on: (event, listener) => emitter.on(event, listener),
    postMessage: (message) => {
      const checked = fromExportSchema.parse(structuredClone(message));
      heard.push(checked);
      if (checked.kind !== 'progress') resolve(checked);
    },
  }, openInput, { url: null, count: 0 });
  return { heard, last, send: (message: unknown) => emitter.emit('message', { data: structuredClone(message) }) };
};

const start = (name: string, input: Extract<ToExport, { kind: 'start' }>['input'], from: number, to: number): ToExport => ({ kind: 'start', input, folder: folder.at(name), from, to, audio: false });
const simulated = (startAt: number) => ({ kind: 'simulate', score, seed: 3, pods: 6, sourceSeed: 4, startAt }) as const;

describe('the export process', () => {
  it('exports a source, tells its progress and names the files', async () => {
    const { send, last, heard } = openProcess();
    send(start('source', simulated(0), 10, 70));
    expect(await last).toEqual({ kind: 'done', files: ['score.mid', 'events.ndjson', 'collective.ndjson', 'take.json', 'manifest.json'] });
    expect(heard[0]).toEqual({ kind: 'progress', state: 'composing', done: 0, left: null });
    expect(heard.at(-2)).toEqual({ kind: 'progress', state: 'composing', done: 1, left: 0 });
    expect(readdirSync(folder.at('source'))).toHaveLength(5);
  });

  it('exports a take as it was played', async () => {
    const { send, last } = openProcess();
    const take = takeSchema.parse(JSON.parse(readFileSync(folder.at('source', 'take.json'), 'utf8')));
    send(start('take', { kind: 'take', take }, 10, 70));
    expect((await last).kind).toBe('done');
    for (const name of readdirSync(folder.at('source'))) expect(readFileSync(folder.at('take', name)).equals(readFileSync(folder.at('source', name))), name).toBe(true);
  });

  it('begins later in the night where the gathering does', async () => {
    const { send, last } = openProcess();
    send(start('later', simulated(3 * 3600), 0, 10));
    expect((await last).kind).toBe('done');
    const lines = readFileSync(folder.at('later', 'collective.ndjson'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(40);
    expect(lines[0]).toMatch(/^\{"t":0,/);
    // Three hours in, most sleepers sleep; at the start nobody does.
    expect(Number(/"depth":([\d.]+)/.exec(lines[0] ?? '')?.[1])).toBeGreaterThan(0.2);
  });

  it('is called off without a trace', async () => {
    const { send, last } = openProcess();
    send(start('cancelled', simulated(0), 0, 8 * 3600));
    send({ kind: 'cancel' });
    expect(await last).toEqual({ kind: 'cancelled' });
    expect(existsSync(folder.at('cancelled'))).toBe(false);
  });

  it('says in words what it cannot do', async () => {
    mkdirSync(folder.at('full'));
    writeFileSync(folder.at('full', 'diary.txt'), '');
    for (const [message, what] of [
      [start('full', simulated(0), 0, 10), /holds other things/],
      [start('night', { kind: 'nights', score, seed: 1, files: [folder.at('none.edf')], align: 'onset', startAt: 0 }, 0, 10), /not there/],
      [{ kind: 'start', folder: 'x' }, /no request for an export/],
    ] as const) {
      const { send, last } = openProcess();
      send(message);
      const answer = await last;
      expect(answer.kind === 'failed' ? answer.fault.what : answer.kind).toMatch(what);
    }
  });
});
