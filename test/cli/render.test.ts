import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Samples of a 24-bit stereo WAV, as whole numbers, left and right in turn. */
const samplesOf = (path: string): Int32Array => {
  const bytes = readFileSync(path);
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
  let at = 12;
  while (bytes.toString('latin1', at, at + 4) !== 'data') at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) % 2);
  const size = bytes.readUInt32LE(at + 4);
  return Int32Array.from({ length: size / 3 }, (_, index) => bytes.readIntLE(at + 8 + index * 3, 3));
};
const gathering = ['--simulate', '8', '--seed', '3'];

describe('dreamscore render', () => {
  beforeAll(async () => {
    const run = await runCli(['render', ...gathering, '--to', '00:00:04', '--out', folder.at('whole')]);
    expect(run).toMatchObject({ code: 0, errors: [] });
  });
  const layers = (): string[] => readdirSync(folder.at('whole', 'layers')).sort();

  it('writes a file a layer, numbered, and the mix, each of the length of the span', () => {
    expect(layers().length).toBeGreaterThan(1);
    layers().forEach((name, index) => expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(2, '0')}-.+\\.wav$`)));
    for (const path of [...layers().map((name) => folder.at('whole', 'layers', name)), folder.at('whole', 'mix.wav')]) {
      expect(samplesOf(path)).toHaveLength(4 * 48_000 * 2);
    }
    expect(samplesOf(folder.at('whole', 'mix.wav')).some((sample) => Math.abs(sample) > 10_000)).toBe(true);
  });

  it('the layers sum to the mix', () => {
    const sum = layers().map((name) => samplesOf(folder.at('whole', 'layers', name))).reduce((total, layer) => total.map((sample, index) => sample + (layer[index] ?? 0)));
    const mix = samplesOf(folder.at('whole', 'mix.wav'));
    // Each layer is rounded for itself, so a sum may be off by half a step for each.
    const worst = mix.reduce((most, sample, index) => Math.max(most, Math.abs(sample - (sum[index] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(layers().length / 2 + 1);
  });

  it('a part is the very samples of the whole', async () => {
    const run = await runCli(['render', ...gathering, '--from', '00:00:02', '--to', '00:00:03', '--out', folder.at('part')]);
    expect(run).toMatchObject({ code: 0, errors: [] });
    for (const name of ['mix.wav', ...layers().map((layer) => `layers/${layer}`)]) {
      const part = samplesOf(folder.at('part', name));
      const whole = samplesOf(folder.at('whole', name)).subarray(2 * 96_000, 3 * 96_000);
      // A difference of so many samples, told one by one, would take minutes.
      expect([name, part.length, part.every((sample, index) => sample === whole[index])]).toEqual([name, 96_000, true]);
    }
  });

  it('a take sounds again to the byte, and the manifest knows every file', async () => {
    const run = await runCli(['render', '--take', folder.at('whole', 'take.json'), '--out', folder.at('replay')]);
    expect(run).toMatchObject({ code: 0, errors: [] });
    const manifest = z.looseObject({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) }).parse(JSON.parse(readFileSync(folder.at('replay', 'manifest.json'), 'utf8')));
    expect(manifest.files.map(({ name }) => name)).toEqual(['score.mid', 'events.ndjson', 'collective.ndjson', 'take.json', ...layers().map((name) => `layers/${name}`), 'mix.wav']);
    for (const { name, sha256 } of manifest.files) {
      for (const place of ['whole', 'replay']) expect(createHash('sha256').update(readFileSync(folder.at(place, name))).digest('hex'), name).toBe(sha256);
    }
    expect(readFileSync(folder.at('replay', 'manifest.json'), 'utf8')).toBe(readFileSync(folder.at('whole', 'manifest.json'), 'utf8'));
  });

  it('composing anew into the folder takes the old sound away', async () => {
    expect(await runCli(['compose', ...gathering, '--to', '00:00:04', '--out', folder.at('replay')])).toMatchObject({ code: 0, errors: [] });
    expect(readdirSync(folder.at('replay')).sort()).toEqual(['collective.ndjson', 'events.ndjson', 'manifest.json', 'score.mid', 'take.json']);
  });

  it('called off while rendering, it leaves nothing behind', async () => {
    const abort = new AbortController();
    const run = await runCli(['render', ...gathering, '--to', '00:00:30', '--out', folder.at('cancelled')], abort.signal, (text) => {
      if (text.includes('Rendering')) abort.abort();
    });
    expect(run).toMatchObject({ code: 1, errors: ['dreamscore: cancelled: nothing was written: run it again for the files'] });
    expect(existsSync(folder.at('cancelled'))).toBe(false);
  });
});
