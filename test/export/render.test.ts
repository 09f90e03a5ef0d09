import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { renderLayers, fileNameOf, type RenderRequest } from '../../export/render.ts';
import { packMessages, unpackMessage } from '../../export/packed-messages.ts';
import { openWav } from '../../export/wav.ts';
import { ROOM, scene, soundOf } from '../core/dsp/support.ts';

const FROM = 20_011;
const TO = 60_003;
let folder = '';
let workerUrl: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dreamscore-render-'));
  // The worker is built here from the very sources under test, as the release build does it.
  await build({
    configFile: false, logLevel: 'error', root: process.cwd(), ssr: { noExternal: true },
    build: { ssr: 'export/render-worker.ts', outDir: join(folder, 'built'), target: 'node20', rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs' } } },
  });
  workerUrl = pathToFileURL(join(folder, 'built', 'render-worker.mjs'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const request = (outDir: string, workers: number, more: Partial<RenderRequest> = {}): RenderRequest => ({
  layers: (['drone', 'pad', 'bell'] as const).map((instrument, i) => ({ id: instrument, name: `${instrument} Ärger ${i}`, sound: soundOf(instrument), messages: scene(TO, 5) })),
  room: ROOM, ceilingDb: -3, from: FROM, to: TO, outDir: join(folder, outDir), workers, workerUrl, ...more,
});

const samplesOf = (wav: Buffer): number[] => {
  const data = wav.indexOf('data') + 8;
  return Array.from({ length: (wav.length - data) / 3 }, (_, i) => wav.readIntLE(data + 3 * i, 3));
};

describe('renderLayers', () => {
  it('gives the same bytes with no, two or five workers, and the layers sum to the mix', async () => {
    const shares: number[] = [];
    const first = await renderLayers(request('a', 0, { onProgress: (done, total) => shares.push(done / total) }));
    const paths = [...first.layers.map((layer) => layer.path), first.mix];
    const bytes = await Promise.all(paths.map((path) => readFile(path)));
    for (const [name, workers] of [['b', 2], ['c', 5]] as const) {
      const again = await renderLayers(request(name, workers));
      const others = await Promise.all([...again.layers.map((layer) => layer.path), again.mix].map((path) => readFile(path)));
      others.forEach((other, i) => expect(other.equals(bytes[i] ?? Buffer.alloc(0))).toBe(true));
    }
    expect(await readdir(join(folder, 'a', 'layers'))).toEqual(['01-drone-arger-0.wav', '02-pad-arger-1.wav', '03-bell-arger-2.wav']);
    expect(shares.at(-1)).toBe(1);
    const [mix, ...layers] = [bytes[3], bytes[0], bytes[1], bytes[2]].map((wav) => samplesOf(wav ?? Buffer.alloc(0)));
    expect(mix).toHaveLength(2 * (TO - FROM));
    const worst = (mix ?? []).reduce((most, sample, i) => Math.max(most, Math.abs(sample - layers.reduce((sum, layer) => sum + (layer[i] ?? 0), 0))), 0);
    expect(worst).toBeLessThanOrEqual(2);
    expect(Math.max(...(mix ?? []).slice(30_000))).toBeGreaterThan(8_388_607 * 0.001);
  });

  it('gives the same samples whether it starts at 0 or later', async () => {
    const whole = await renderLayers(request('whole', 0, { from: 0 }));
    const part = await renderLayers(request('part', 0));
    const [a, b] = await Promise.all([whole.mix, part.mix].map(async (path) => samplesOf(await readFile(path))));
    expect(b).toEqual(a?.slice(2 * FROM));
  });

  it.each([0, 2])('leaves nothing behind when aborted (%i workers)', async (workers) => {
    const controller = new AbortController();
    const name = `aborted-${workers}`;
    const running = renderLayers(request(name, workers, { to: TO * 40, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) }));
    await expect(running).rejects.toThrow('enough');
    expect(await readdir(join(folder, name, 'layers'))).toEqual([]);
    expect(await readdir(join(folder, name))).toEqual(['layers']);
  });

  it('says what is wrong with a folder or a stretch', async () => {
    await writeFile(join(folder, 'file'), 'no folder');
    await expect(renderLayers(request('file', 0))).rejects.toThrow(Fault);
    await expect(renderLayers(request('none', 0, { to: FROM }))).rejects.toThrow('no time to render');
    await expect(renderLayers(request('none', 0, { layers: [] }))).rejects.toThrow('nothing to render');
  });
});

describe('files', () => {
  it('names layers safely', () => {
    expect([fileNameOf(0, 'Low Drone'), fileNameOf(11, '../../étude: №5'), fileNameOf(2, '///')]).toEqual(['01-low-drone.wav', '12-etude-no5.wav', '03-layer.wav']);
  });
  it('writes a header that says what is in it, and RF64 where 4 GiB are not enough', async () => {
    const write = async (name: string, said: number): Promise<Buffer> => {
      const wav = await openWav(join(folder, name), said);
      await wav.write(Float32Array.of(0, 0.5, -2, 9), Float32Array.of(1, -0.5, 0, 0), 0, 3);
      await wav.close();
      return readFile(join(folder, name));
    };
    const plain = await write('plain.wav', 3);
    expect([plain.toString('latin1', 0, 4), plain.readUInt16LE(22), plain.readUInt32LE(24), plain.readUInt16LE(34)]).toEqual(['RIFF', 2, 48_000, 24]);
    expect([plain.readUInt32LE(4), plain.readUInt32LE(plain.indexOf('data') + 4)]).toEqual([plain.length - 8, 18]);
    expect(samplesOf(plain)).toEqual([0, 8_388_607, 4_194_304, -4_194_303, -8_388_607, 0]);
    const large = await write('large.wav', 800_000_000);
    expect([large.toString('latin1', 0, 4), large.toString('latin1', 12, 16)]).toEqual(['RF64', 'ds64']);
    expect(Number(large.readBigUInt64LE(28))).toBe(18);
    expect(samplesOf(large)).toEqual(samplesOf(plain));
  });
  it('packs messages without loss and refuses disorder', () => {
    const messages = [...scene(9_000), { kind: 'silence', frame: 99_999 } as const];
    const packed = packMessages(messages);
    expect(messages.map((_, i) => unpackMessage(packed, i))).toEqual(messages);
    expect(() => packMessages([...messages, { kind: 'silence', frame: 3 }])).toThrow(RangeError);
    expect(() => unpackMessage(packed, 999)).toThrow(RangeError);
  });
});
