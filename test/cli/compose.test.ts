import toneMidi from '@tonejs/midi';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const NAMES = ['collective.ndjson', 'events.ndjson', 'manifest.json', 'score.mid', 'take.json'];
const sum = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const sums = (path: string): Record<string, string> => Object.fromEntries(NAMES.map((name) => [name, sum(join(path, name))]));
const lines = (...path: string[]): string[] => readFileSync(folder.at(...path), 'utf8').split('\n').slice(0, -1);
const timeOf = (line: string): number => z.object({ t: z.int() }).parse(JSON.parse(line)).t;
const compose = async (name: string, ...argv: string[]): Promise<void> => {
  const run = await runCli(['compose', ...argv, '--out', folder.at(name)]);
  expect(run.errors).toEqual([]);
  expect(run.code).toBe(0);
};
const manifestSchema = z.strictObject({
  format: z.literal('dreamscore-manifest'),
  version: z.literal(1),
  dreamscore: z.string(),
  score: z.strictObject({ title: z.string(), credits: z.array(z.string()), licence: z.string() }),
  source: z.json(),
  minimumPods: z.int(),
  seed: z.int(),
  span: z.strictObject({ from: z.int(), to: z.int() }),
  counts: z.strictObject({ frames: z.int(), events: z.record(z.string(), z.int()) }),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});

describe('dreamscore compose', () => {
  beforeAll(async () => {
    await compose('whole', '--simulate', '12', '--seed', '7', '--to', '00:06');
  });

  it('writes its five files and nothing else', () => {
    expect(readdirSync(folder.at('whole')).sort()).toEqual(NAMES);
  });

  it('gives the same bytes for the same arguments', async () => {
    await compose('again', '--simulate', '12', '--seed', '7', '--to', '00:06');
    expect(sums(folder.at('again'))).toEqual(sums(folder.at('whole')));
  });

  it('gives other music for another seed and other sleepers', async () => {
    await compose('other-seed', '--simulate', '12', '--seed', '8', '--to', '00:06');
    await compose('other-pods', '--simulate', '11', '--seed', '7', '--to', '00:06');
    const whole = sums(folder.at('whole'));
    for (const other of ['other-seed', 'other-pods']) expect(sums(folder.at(other))['events.ndjson']).not.toBe(whole['events.ndjson']);
  });

  it('plays a take again to the byte, from a file of any name', async () => {
    await compose('replay', '--take', folder.at('whole', 'take.json'));
    expect(sums(folder.at('replay'))).toEqual(sums(folder.at('whole')));
  });

  it('a part is the very lines of the whole', async () => {
    await compose('part', '--simulate', '12', '--seed', '7', '--from', '00:02', '--to', '00:04:30');
    for (const name of ['events.ndjson', 'collective.ndjson']) {
      const part = lines('part', name);
      expect(part.length).toBeGreaterThan(100);
      expect(part).toEqual(lines('whole', name).filter((line) => timeOf(line) >= 120e6 && timeOf(line) < 270e6));
    }
  });

  it('the take of a part plays the part again, and nothing after it is needed', async () => {
    await compose('part-replay', '--take', folder.at('part', 'take.json'), '--from', '00:02');
    expect(sums(folder.at('part-replay'))).toEqual(sums(folder.at('part')));
  });

  it('writes lines in the order of time, each with its cause', () => {
    const shape = z.looseObject({ t: z.int().min(0), tick: z.int().min(0), kind: z.enum(['note', 'control', 'tempo', 'scene', 'cue']), layer: z.string(), cause: z.looseObject({ rule: z.string().min(1) }) });
    const events = lines('whole', 'events.ndjson').map((line) => shape.parse(JSON.parse(line)));
    expect(events.every((event, index) => index === 0 || event.t >= (events[index - 1]?.t ?? 0))).toBe(true);
    expect(new Set(events.map((event) => event.kind))).toEqual(new Set(['note', 'control', 'tempo', 'scene']));
    const frame = z.looseObject({ t: z.int(), n: z.literal(12), share: z.array(z.number()).length(5), depth: z.number(), dream: z.number(), synchrony: z.number().nullable(), discord: z.number(), unity: z.number(), novelty: z.number() });
    expect(lines('whole', 'collective.ndjson').map((line) => frame.parse(JSON.parse(line)).t)).toEqual(Array.from({ length: 6 * 60 * 4 }, (_, index) => index * 250_000));
  });

  it('the MIDI file holds the notes of the event lines, a track a layer', () => {
    const { Midi } = toneMidi;
    const midi = new Midi(readFileSync(folder.at('whole', 'score.mid')));
    const noteShape = z.looseObject({ kind: z.string(), layer: z.string(), tick: z.int() });
    const notes = lines('whole', 'events.ndjson').map((line) => noteShape.parse(JSON.parse(line))).filter(({ kind }) => kind === 'note');
    expect(midi.header.ppq).toBe(960);
    expect(midi.header.meta.filter(({ type }) => type === 'marker').length).toBeGreaterThan(0);
    expect(midi.tracks.flatMap((track) => track.notes.map((note) => note.ticks)).sort((a, b) => a - b)).toEqual(notes.map(({ tick }) => tick).sort((a, b) => a - b));
  });

  it('the manifest tells what was made, with sizes and hashes that are right, and no place or date', () => {
    const text = readFileSync(folder.at('part', 'manifest.json'), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    expect(manifest).toMatchObject({ seed: 7, span: { from: 120e6, to: 270e6 }, source: { kind: 'simulate', pods: 12, seed: 7 } });
    expect(manifest.counts.frames).toBe(150 * 4);
    expect(Object.values(manifest.counts.events).reduce((total, count) => total + count, 0)).toBe(lines('part', 'events.ndjson').length);
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(NAMES.filter((name) => name !== 'manifest.json'));
    for (const file of manifest.files) {
      expect(file).toEqual({ name: file.name, bytes: statSync(folder.at('part', file.name)).size, sha256: sum(folder.at('part', file.name)) });
    }
    expect(text).not.toContain(folder.path);
    expect(text).not.toMatch(/20\d\d-\d\d-\d\d/);
  });

  it('replaces a former export and what only that one held, and never what a strange manifest names', async () => {
    await compose('twice', '--simulate', '3', '--to', '00:01');
    mkdirSync(folder.at('twice', 'layers'));
    writeFileSync(folder.at('twice', 'layers', '01-drone.wav'), 'old');
    writeFileSync(folder.at('precious.wav'), 'precious');
    const manifestPath = folder.at('twice', 'manifest.json');
    const former = manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
    const withFiles = (...names: string[]): string => JSON.stringify({ ...former, files: names.map((name) => ({ name, bytes: 3, sha256: '' })) });
    writeFileSync(manifestPath, withFiles('layers/01-drone.wav'));
    await compose('twice', '--simulate', '3', '--to', '00:01');
    expect(readdirSync(folder.at('twice')).sort()).toEqual(NAMES);
    writeFileSync(manifestPath, withFiles('../precious.wav'));
    expect((await runCli(['compose', '--simulate', '3', '--to', '00:01', '--out', folder.at('twice')])).code).toBe(1);
    expect(existsSync(folder.at('precious.wav'))).toBe(true);
    rmSync(folder.at('twice'), { recursive: true });
  });

  it('called off, it leaves nothing behind and says so', async () => {
    const abort = new AbortController();
    const run = await runCli(['compose', '--simulate', '12', '--to', '04:00', '--out', folder.at('deep', 'cancelled')], abort.signal, () => abort.abort());
    expect(run.code).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/cancelled: nothing was written/)]);
    expect(existsSync(folder.at('deep'))).toBe(false);
  });
});

describe('a take that is damaged', () => {
  const read = (): string => readFileSync(folder.at('whole', 'take.json'), 'utf8');
  const cases: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ['cut short', (text) => text.slice(0, text.length / 2), /not whole JSON/],
    ['empty', () => '', /not whole JSON/],
    ['of another form', () => '{"format":"something"}', /not a take/],
    ['out of order', (text) => text.replace('{"seq":1,', '{"seq":5,'), /out of order/],
    ['with a frame out of range', (text) => text.replace('"depth":0', '"depth":7'), /not a take/],
    ['with a score that is none', (text) => text.replace('"opening":"', '"opening":"no-'), /there is no scene/],
    ['of many years', (text) => text.replace(/"length":\d+/, '"length":1e300'), /not a take/],
  ];
  it.each(cases)('%s: one line, code 1, nothing written', async (_name, damage, line) => {
    const path = folder.at('damaged.json');
    writeFileSync(path, damage(read()));
    const run = await runCli(['compose', '--take', path, '--out', folder.at('from-damaged')]);
    expect(run.code).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(line)]);
    expect(existsSync(folder.at('from-damaged'))).toBe(false);
  });
});
