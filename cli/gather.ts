import { basename, resolve } from 'node:path';
import { parseTake } from '../core/engine/take.ts';
import { Fault } from '../core/fault.ts';
import { exportGathering, type Exported } from '../export/gathering-export.ts';
import { openInput, type GatheringRequest } from '../nexus/gathering-input.ts';
import { parseGatheringArguments, type GatheringArguments } from './arguments.ts';
import { clockText } from './clock-time.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { loadScore, readBoundedText } from './presets.ts';
import { progressView } from './progress.ts';
import type { Shell } from './shell.ts';

/** A day of frames is some 130 MB. */
const LARGEST_TAKE = 400 * 1024 * 1024;

/** A take out of a file. @throws Fault */
export const readTakeFile = async (path: string): Promise<ReturnType<typeof parseTake>> => {
  const text = await readBoundedText(path, LARGEST_TAKE, 'take');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault('this is no take: it is not whole JSON', basename(path), 'name a take.json that Dreamscore wrote', { cause: error });
  }
  return parseTake(value, basename(path));
};

const requestOf = async ({ source, score: named, seed }: GatheringArguments, shell: Shell): Promise<GatheringRequest> => {
  if (source.kind === 'take') return { kind: 'take', take: await readTakeFile(source.file) };
  const score = await loadScore(named, resolve(shell.root, 'presets'));
  const chance = seed ?? score.seed;
  if (source.kind === 'simulate') return { kind: 'simulate', score, seed: chance, pods: source.pods, sourceSeed: chance, startAt: 0 };
  return { kind: 'nights', score, seed: chance, files: source.files, align: source.align, startAt: 0 };
};

const summary = ({ counts, files, to }: Exported, given: GatheringArguments): string => {
  const { note, scene } = counts.events;
  return `${clockText(to - given.from)} of music: ${note} notes, ${scene} ${scene === 1 ? 'scene' : 'scenes'}, from ${counts.frames} collective frames.\n${files.length} files in ${given.out}\n`;
};

/** `compose` and `render`: the same inputs and text files, with sound or without. @throws Fault, UsageFault, Cancelled */
export const gather = async (argv: readonly string[], command: 'compose' | 'render', shell: Shell): Promise<ExitCode> => {
  const given = parseGatheringArguments(argv, command);
  const input = await openInput(await requestOf(given, shell));
  const view = progressView(shell.stderr);
  let exported: Exported;
  try {
    exported = await exportGathering({
      input,
      from: given.from,
      to: given.to,
      audio: command === 'render',
      folder: resolve(given.out),
      force: given.force,
      workers: shell.workers,
      onProgress: view.show,
      signal: shell.signal,
    });
  } finally {
    view.end();
  }
  if (given.to !== null && exported.to < given.to) shell.stderr.write(`The source ends at ${clockText(exported.to)}, before --to ${clockText(given.to)}; so do the files.\n`);
  shell.print(summary(exported, given));
  return EXIT.done;
};
