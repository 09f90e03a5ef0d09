import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { EPOCH_SECONDS, STAGES, type Stage } from '../core/signal/stages.ts';
import { Fault } from '../core/fault.ts';
import { parseScoreText, type Score } from '../core/score/schema.ts';
import { MICROS_PER_SECOND } from '../core/units.ts';
import { readingFault } from '../export/file-fault.ts';
import { lengthOf, stagesOf, type Night } from '../nexus/recording/night.ts';
import { readRecording } from '../nexus/recording/read-recording.ts';
import { parseFileArgument } from './arguments.ts';
import { clockText } from './clock-time.ts';
import { EXIT, UsageFault, type ExitCode } from './exit.ts';
import { readTakeFile } from './gather.ts';
import { readBoundedText } from './presets.ts';
import type { Shell } from './shell.ts';

const EPOCH = EPOCH_SECONDS * MICROS_PER_SECOND;
const HEAD_BYTES = 4096;

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const scoreInWords = (score: Score): string =>
  `a score, "${score.title}": ${counted(score.layers.length, 'layer')}, ${counted(score.scenes.length, 'scene')}, ${counted(score.rules.length, 'rule')}, ${counted(score.mappings.length, 'mapping')}; ${score.licence}`;

const stagesInWords = (epochs: readonly (Stage | null)[]): string => {
  const staged = epochs.filter((stage) => stage !== null);
  const minutes = (stage: string): number => Math.round(staged.filter((each) => each === stage).length / 2);
  const stages = STAGES.map((stage) => `${stage} ${minutes(stage)}`).join(', ');
  const asleep = epochs.findIndex((stage) => stage !== null && stage !== 'W');
  const onset = asleep < 0 ? 'no sleep in it' : `first sleep at ${clockText(asleep * EPOCH)}`;
  return `${onset}; minutes of ${stages}, not scored ${Math.round((epochs.length - staged.length) / 2)}`;
};

/** Its length, its stages and whether a person scored them, which signals were used, and what people should know. */
const nightInWords = (night: Night): string => {
  const epochs = stagesOf(night);
  const length = clockText(Math.ceil(lengthOf(night) / EPOCH_SECONDS) * EPOCH);
  const told = epochs.some((stage) => stage !== null) ? stagesInWords(epochs) : 'no stages in it';
  const measured = night.series !== null && night.hypnogram === null && night.series.eeg !== null ? ' (stages told from the EEG, not scored)' : '';
  return [`a recorded night of ${length}, ${told}${measured}`, ...night.notes].join('; ');
};

const takeInWords = async (path: string): Promise<string> => {
  const take = await readTakeFile(path);
  const hands = take.inputs.filter(({ input }) => input.kind !== 'frame').length;
  return `a take of ${clockText(take.length)}, "${take.score.title}", seed ${take.seed}: ${counted(take.inputs.length - hands, 'collective frame')}, ${counted(hands, 'input')} by hand`;
};

/** The first bytes, enough to tell a score from a take from a night. */
const readHead = async (path: string): Promise<string> => {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '').trimStart();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readingFault(error, path);
  }
};

const inWords = async (path: string): Promise<string> => {
  const head = await readHead(path);
  if (head.startsWith('{')) {
    if (/"format"\s*:\s*"dreamscore-take"/.test(head)) return takeInWords(path);
    if (/"format"\s*:\s*"dreamscore-manifest"/.test(head)) throw new Fault('this is the manifest of an export, neither score nor take', path, 'check the take.json beside it');
    // A JSON object is a score or nothing; nights in JSON are lists.
    return scoreInWords(parseScoreText(await readBoundedText(path, 16 * 1024 * 1024, 'score'), basename(path)));
  }
  return nightInWords(await readRecording(path));
};

/** `dreamscore check FILE`: says in words what a file is. @throws Fault where it cannot be used, UsageFault */
export const check = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  const path = parseFileArgument(argv, 'check');
  if (path === null) throw new UsageFault('a file is missing', 'the command line', 'give dreamscore check FILE');
  shell.print(`${path}: ${await inWords(path)}\n`);
  return EXIT.done;
};
