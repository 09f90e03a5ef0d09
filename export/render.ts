import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import { prerollStart } from '../core/dsp/grid.ts';
import { LIMITER_LATENCY } from '../core/dsp/limiter.ts';
import type { RoomShape } from '../core/dsp/room.ts';
import type { LayerMessage, LayerSound } from '../core/dsp/types.ts';
import { CHUNK, hostLayers, type HostJob, type LayerWork } from './layer-host.ts';
import { createMixdown, type Mixdown } from './mixdown.ts';
import { packMessages } from './packed-messages.ts';
import { createTurns } from './turns.ts';
import { openWav } from './wav.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** A layer to render: messages in the order of their frames, all of them from the gathering's start. */
export interface LayerToRender {
  readonly id: string;
  readonly name: string;
  readonly sound: LayerSound;
  readonly messages: readonly LayerMessage[];
}

export interface RenderRequest {
  readonly layers: readonly LayerToRender[];
  readonly room: RoomShape;
  /** True-peak ceiling of the mix in decibels. */
  readonly ceilingDb: number;
  /** First frame, and the frame after the last, at 48 kHz from the gathering's start. */
  readonly from: number;
  readonly to: number;
  /** Folder that gets `layers/NN-name.wav` and `mix.wav`. */
  readonly outDir: string;
  /** Worker threads; 0 renders in this thread. Any number gives the same bytes. */
  readonly workers: number;
  /** The built render worker; needed unless `workers` is 0. */
  readonly workerUrl?: URL;
  /** Called with frames written so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface RenderedFiles {
  readonly layers: readonly { readonly id: string; readonly path: string }[];
  readonly mix: string;
}

/** A name that every file system takes: letters, digits and hyphens, lower case. */
export const fileNameOf = (index: number, name: string): string => {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${String(index + 1).padStart(2, '0')}-${plain === '' ? 'layer' : plain}.wav`;
};

const faultOf = (error: unknown, where: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return new Fault('the disk is full', where, 'free some space or choose another folder', { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new Fault('cannot write', where, 'choose a folder that you may write to', { cause: error });
  if (code === 'ENOTDIR' || code === 'EEXIST') return new Fault('not a folder', where, 'choose another name for the folder', { cause: error });
  return error;
};

/** One running host: told what is mixed, and stopped. */
interface Host {
  readonly done: Promise<void>;
  mixed(chunks: number): void;
  stop(reason: unknown): void;
}

const startHere = (job: HostJob, mixdown: Mixdown): Host => {
  const turns = createTurns();
  const turn = async (sequence: number): Promise<void> => {
    await turns.turn(sequence);
    // Lets timers, signals and the progress bar have their say between two chunks.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { done: hostLayers(job, { turn, send: mixdown.accept }), mixed: turns.mixed, stop: turns.stop };
};

const startWorker = (job: HostJob, mixdown: Mixdown, url: URL): Host => {
  const worker = new Worker(url, { workerData: job });
  const done = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'chunk') mixdown.accept(message.chunk);
      else if (message.kind === 'done') resolve();
      else reject(Object.assign(new Error(message.message), { code: message.code }));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a render worker ended before its work')));
  });
  return {
    done,
    mixed: (chunks) => worker.postMessage({ mixed: chunks } satisfies ToWorker),
    stop: () => void worker.terminate(),
  };
};

/** Deals the layers out to as many hosts as there are workers, one after the other. */
const deal = (works: readonly LayerWork[], workers: number): LayerWork[][] => {
  const hosts = Math.max(1, Math.min(workers, works.length));
  return Array.from({ length: hosts }, (_, host) => works.filter((_work, i) => i % hosts === host));
};

const startHosts = (request: RenderRequest, works: readonly LayerWork[], stretch: Omit<HostJob, 'layers' | 'room'>, mixdown: Mixdown): Host[] =>
  deal(works, request.workers).map((layers) => {
    const job: HostJob = { ...stretch, layers, room: request.room };
    if (request.workers <= 0) return startHere(job, mixdown);
    if (request.workerUrl === undefined) throw new Error('workers are asked for without the worker to run');
    return startWorker(job, mixdown, request.workerUrl);
  });

const checkRequest = ({ layers, from, to }: RenderRequest): void => {
  if (layers.length === 0) throw new Fault('nothing to render', 'the score', 'it needs at least one layer');
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from)) {
    throw new Fault('no time to render', `frames ${from} to ${to}`, 'the end must come after the start');
  }
};

/**
 * Renders every layer to its own 24-bit, 48 kHz stereo file, and the sum of the layers' unrounded
 * samples through the limiter to `mix.wav`, layers side by side and memory flat. Files appear under
 * their names only when all are complete; on an error or an abort nothing is left behind.
 * Throws a Fault for a folder that cannot be written, and the signal's reason when aborted.
 */
export const renderLayers = async (request: RenderRequest): Promise<RenderedFiles> => {
  checkRequest(request);
  const { from, to, outDir, signal } = request;
  signal?.throwIfAborted();
  const stretch = { start: prerollStart(from), from, to, until: to + LIMITER_LATENCY };
  const folder = join(outDir, 'layers');
  const files = request.layers.map((layer, i) => ({ id: layer.id, path: join(folder, fileNameOf(i, layer.name)) }));
  const mix = join(outDir, 'mix.wav');
  const finals = [...files.map((file) => file.path), mix];
  const partOf = (path: string): string => `${path}.part`;
  const hosts: Host[] = [];
  try {
    await mkdir(folder, { recursive: true });
    const works = request.layers.map((layer, index) => ({
      index, path: partOf(files[index]?.path ?? ''), sound: layer.sound, messages: packMessages(layer.messages),
    }));
    await mixAll(request, works, stretch, partOf(mix), hosts);
    for (const path of finals) await rename(partOf(path), path);
    return { layers: files, mix };
  } catch (error) {
    hosts.forEach((host) => host.stop(error));
    await Promise.allSettled(hosts.map((host) => host.done));
    await Promise.allSettled(finals.map((path) => rm(partOf(path), { force: true })));
    throw faultOf(error, outDir);
  }
};

/** Runs the hosts and the mix to their end; `hosts` is filled so that the caller can stop them. */
const mixAll = async (request: RenderRequest, works: readonly LayerWork[], stretch: Omit<HostJob, 'layers' | 'room'>, mixPath: string, hosts: Host[]): Promise<void> => {
  const wav = await openWav(mixPath, request.to - request.from);
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(request.signal?.reason);
  });
  request.signal?.addEventListener('abort', abort, { once: true });
  try {
    const mixdown = createMixdown(works.length, request.ceilingDb, stretch, wav, (chunks) => {
      hosts.forEach((host) => host.mixed(chunks));
      const written = Math.min(stretch.to, stretch.start + chunks * CHUNK - LIMITER_LATENCY) - stretch.from;
      request.onProgress?.(Math.max(0, written), stretch.to - stretch.from);
    });
    hosts.push(...startHosts(request, works, stretch, mixdown));
    await Promise.race([Promise.all([mixdown.done, ...hosts.map((host) => host.done)]), aborted]);
    await wav.close();
  } catch (error) {
    await wav.abandon();
    throw error;
  } finally {
    request.signal?.removeEventListener('abort', abort);
  }
};
