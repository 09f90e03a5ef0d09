import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { GatheringInput } from '../core/engine/gathering-input.ts';
import type { EngineState } from '../core/engine/state.ts';
import { Fault } from '../core/fault.ts';
import { scoreToMidi } from '../core/midi/smf.ts';
import type { Micros } from '../core/units.ts';
import { MICROS_PER_SECOND, micros } from '../core/units.ts';
import { version } from '../package.json';
import { Cancelled } from './cancelled.ts';
import { composePiece } from './composition.ts';
import { writingFault } from './file-fault.ts';
import { createGatheringFiles } from './gathering-files.ts';
import { renderGathering, type RenderWorkers } from './gathering-sound.ts';
import type { FileSum } from './line-file.ts';
import { manifestText, type Counts } from './manifest.ts';
import { MANIFEST, openOutputFolder, type OutputFolder } from './output-folder.ts';
import { createPerformedStore, type PerformedStore } from './performed-store.ts';
import { createProgress, type ExportStep } from './progress.ts';

export interface GatheringExport {
  readonly input: GatheringInput;
  /** Half-open span from the gathering's start; `to` null is the source's own end (8 h for a simulation). */
  readonly from: Micros;
  readonly to: Micros | null;
  /** Also layers/NN-name.wav and mix.wav. */
  readonly audio: boolean;
  readonly folder: string;
  /** Write into a folder that holds other things than a former export. */
  readonly force: boolean;
  readonly onProgress: (step: ExportStep) => void;
  readonly workers: RenderWorkers;
  /** Aborting it removes what was begun and rejects with `Cancelled`. */
  readonly signal: AbortSignal;
}

export interface Exported {
  /** Names of the files, relative to the folder, with `/` between. */
  readonly files: readonly string[];
  readonly counts: Counts;
  /** Where the span ended: earlier than asked for where the source ends earlier. */
  readonly to: Micros;
}

/** A simulation has no end of its own: a night. */
const SIMULATED_LENGTH = micros(8 * 3600 * MICROS_PER_SECOND);
/** No gathering is longer; a damaged take could ask for years. */
const LONGEST = micros(24 * 3600 * MICROS_PER_SECOND);
/** Milliseconds of composing after which others get a turn: Ctrl+C, messages. */
const TURN = 40;

const endOf = (input: GatheringInput, from: Micros, to: Micros | null): Micros => {
  const end = micros(Math.min(to ?? LONGEST, input.length ?? to ?? SIMULATED_LENGTH, LONGEST));
  if (end <= from) {
    throw new Fault('the span begins after the end of the gathering', `it lasts ${Math.round(end / MICROS_PER_SECOND)} s, the span begins at ${Math.round(from / MICROS_PER_SECOND)} s`, 'let the span begin earlier');
  }
  return end;
};

interface Composed {
  readonly store: PerformedStore;
  readonly state: EngineState;
  readonly files: readonly (FileSum & { readonly name: string })[];
  readonly counts: Counts;
}

/** Composes from the start to `to`, writing the text files as it goes. */
const compose = async (input: GatheringInput, from: Micros, to: Micros, output: OutputFolder, signal: AbortSignal, onShare: (share: number) => void): Promise<Composed> => {
  const files = await createGatheringFiles(output, input.take, from);
  try {
    const store = createPerformedStore();
    let state: EngineState | null = null;
    let turn = performance.now();
    for (const stretch of composePiece({ score: input.take.score, seed: input.take.seed, inputs: input.inputs(to), to })) {
      await files.add(stretch);
      store.add(stretch.performed);
      state = stretch.state;
      if (performance.now() - turn < TURN) continue;
      onShare(stretch.upTo / to);
      await setImmediate();
      if (signal.aborted) throw new Cancelled('the export was called off');
      turn = performance.now();
    }
    if (state === null) throw new RangeError('a composition has at least one stretch');
    return { store, state, ...(await files.close(to)) };
  } catch (error) {
    await files.abandon();
    throw error;
  }
};

/** Writes a small file whole. @throws Fault */
const writeWhole = async (output: OutputFolder, name: string, content: Uint8Array | string): Promise<FileSum & { readonly name: string }> => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  await writeFile(output.path(name), bytes).catch((error: unknown) => {
    throw writingFault(error, join(output.place, name));
  });
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};

const writeAll = async (job: GatheringExport, output: OutputFolder): Promise<Exported> => {
  const { input } = job;
  const to = endOf(input, job.from, job.to);
  const report = createProgress(job.audio, job.onProgress, () => performance.now());
  report('composing', 0);
  const composed = await compose(input, job.from, to, output, job.signal, (share) => report('composing', share));
  const { score } = composed.state;
  const midi = scoreToMidi({ performed: composed.store.all(), tempo: composed.state.tempo, layers: score.layers, from: job.from, to, title: score.title, beatsPerBar: score.beatsPerBar });
  const files = [await writeWhole(output, 'score.mid', midi), ...composed.files];
  if (job.audio) {
    const sound = { first: input.take.score, last: score, seed: input.take.seed, performed: composed.store.all(), from: job.from, to, workers: job.workers };
    files.push(...(await renderGathering(sound, output, job.signal, report)));
  }
  if (job.signal.aborted) throw new Cancelled('the export was called off');
  const manifest = manifestText({ made: version, take: input.take, from: job.from, to, counts: composed.counts, files });
  await writeWhole(output, MANIFEST, manifest);
  const names = [...files.map((file) => file.name), MANIFEST];
  await output.finish(names);
  report(job.audio ? 'mixing' : 'composing', 1);
  return { files: names, counts: composed.counts, to };
};

/**
 * Composes a gathering offline and writes it: score.mid, events.ndjson, collective.ndjson, take.json,
 * manifest.json and, with `audio`, the layers and the mix. The command line and the studio export
 * through this alone. Files appear under their names when all are whole, or not at all.
 * @throws Fault, or Cancelled
 */
export const exportGathering = async (job: GatheringExport): Promise<Exported> => {
  endOf(job.input, job.from, job.to);
  const output = await openOutputFolder(job.folder, job.force);
  try {
    return await writeAll(job, output);
  } catch (error) {
    await output.discard();
    throw error;
  }
};
