import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { LayerMessage } from '../core/dsp/types.ts';
import type { Performed } from '../core/events/performed.ts';
import { layerSound, soundMessage, tuningSemitones } from '../core/events/sound-messages.ts';
import { Fault } from '../core/fault.ts';
import type { Layer, Score } from '../core/score/schema.ts';
import { frameAt, type Micros } from '../core/units.ts';
import { Cancelled } from './cancelled.ts';
import { writingFault } from './file-fault.ts';
import type { FileSum } from './line-file.ts';
import type { OutputFolder } from './output-folder.ts';
import type { ExportStep } from './progress.ts';
import { renderLayers, type LayerToRender, type RenderedFiles } from './render.ts';

/** Who renders: worker threads, or this thread where `url` is null (the sources are not built). */
export interface RenderWorkers {
  readonly url: URL | null;
  readonly count: number;
}

export interface SoundJob {
  /** The score that the gathering began with, and the one it ended with: edits may add and take layers. */
  readonly first: Score;
  readonly last: Score;
  readonly seed: number;
  /** All that is performed from the gathering's start. */
  readonly performed: Iterable<Performed>;
  readonly from: Micros;
  readonly to: Micros;
  readonly workers: RenderWorkers;
}

/** Messages of every layer, in order; a panic silences them all. */
const messagesByLayer = (layers: readonly Layer[], performed: Iterable<Performed>, a4Hz: number): ReadonlyMap<string, LayerMessage[]> => {
  const tuning = tuningSemitones(a4Hz);
  const messages = new Map<string, LayerMessage[]>(layers.map((layer) => [layer.id, []]));
  for (const event of performed) {
    if (event.kind === 'cue' && event.cue === 'panic') {
      for (const list of messages.values()) list.push({ kind: 'silence', frame: frameAt(event.t) });
      continue;
    }
    const message = soundMessage(event, tuning);
    if (message !== null) messages.get(event.layer)?.push(message);
  }
  return messages;
};

const layersToRender = ({ first, last, seed, performed }: SoundJob): readonly LayerToRender[] => {
  const kept = new Set(last.layers.map((layer) => layer.id));
  const layers = [...last.layers, ...first.layers.filter((layer) => !kept.has(layer.id))];
  const messages = messagesByLayer(layers, performed, last.a4Hz);
  return layers.map((layer) => ({ id: layer.id, name: layer.name, sound: layerSound(layer, seed), messages: messages.get(layer.id) ?? [] }));
};

/** Size and hash of a finished file. */
const sumOf = async (path: string, signal: AbortSignal): Promise<FileSum> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) hash.update(chunk);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
};

const sumUp = async (rendered: RenderedFiles, output: OutputFolder, signal: AbortSignal, onShare: (share: number) => void): Promise<readonly (FileSum & { readonly name: string })[]> => {
  const paths = [...rendered.layers.map((layer) => layer.path), rendered.mix];
  const files = [];
  for (const [index, path] of paths.entries()) {
    files.push({ name: relative(output.path(''), path).replaceAll(sep, '/'), ...(await sumOf(path, signal)) });
    onShare((index + 1) / paths.length);
  }
  return files;
};

/**
 * Renders `layers/NN-name.wav` and `mix.wav` into an output folder, and sums them up for the manifest.
 * @throws Fault, or Cancelled
 */
export const renderGathering = async (job: SoundJob, output: OutputFolder, signal: AbortSignal, report: (state: ExportStep['state'], share: number) => void): Promise<readonly (FileSum & { readonly name: string })[]> => {
  const { last, workers } = job;
  report('rendering', 0);
  try {
    const rendered = await renderLayers({
      layers: layersToRender(job),
      room: last.room,
      ceilingDb: last.ceilingDb,
      from: frameAt(job.from),
      to: frameAt(job.to),
      outDir: output.path(''),
      ...(workers.url === null ? { workers: 0 } : { workers: workers.count, workerUrl: workers.url }),
      onProgress: (done, total) => report('rendering', done / total),
      signal,
    });
    report('mixing', 0);
    return await sumUp(rendered, output, signal, (share) => report('mixing', share));
  } catch (error) {
    if (signal.aborted) throw new Cancelled('the export was called off');
    // The folder in the making means nothing to people.
    if (error instanceof Fault) throw new Fault(error.what, error.where.replace(output.path(''), () => output.place), error.mend, { cause: error });
    throw writingFault(error, output.place);
  }
};
