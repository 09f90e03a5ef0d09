import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { parseScoreText, type Score } from '../core/score/schema.ts';
import { readingFault } from '../export/file-fault.ts';

/** The preset that plays where no score is named. */
export const BUILT_IN = 'first-light';
/** No score of people's making comes near this; what does is no score. */
const LARGEST_SCORE = 16 * 1024 * 1024;

/** A word such as `first-light` names a preset; anything with a dot or a slash is a file. */
const PRESET_NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Names of the presets in `presets/`, in order. */
export const presetNames = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();

/** A text file of a bounded size. @throws Fault */
export const readBoundedText = async (path: string, largest: number, kind: string): Promise<string> => {
  const where = basename(path);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readingFault(error, path);
  });
  if (bytes.length > largest) throw new Fault(`this file is too large for ${kind}`, where, `a ${kind} is at most ${Math.round(largest / 1024 / 1024)} MB; check its name`);
  return bytes.toString('utf8');
};

/**
 * The score that `--score` names: a file, else a preset; the built-in one for null.
 * @throws Fault naming the presets where there is neither
 */
export const loadScore = async (named: string | null, presetFolder: string): Promise<Score> => {
  const name = named ?? BUILT_IN;
  if (PRESET_NAME.test(name)) {
    const names = await presetNames(presetFolder);
    if (names.includes(name)) return parseScoreText(await readFile(join(presetFolder, `${name}.json`), 'utf8'), `preset ${name}`);
    const isFile = await readFile(name).then(() => true, () => false);
    if (!isFile) throw new Fault('there is no such preset', name, `take one of ${names.join(', ')}, or name a file`);
  }
  return parseScoreText(await readBoundedText(name, LARGEST_SCORE, 'score'), basename(name));
};
