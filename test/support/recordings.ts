import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where real recordings lie, if they are there: DREAMSCORE_DATA or ../shared/data beside the project. */
export const recordingsFolder = (): string | null => {
  // From the working folder too: a bench is bundled, and its own file lies elsewhere.
  const beside = [join(import.meta.dirname, '..', '..'), process.cwd()].map((project) => join(project, '..', 'shared', 'data'));
  const folders = process.env['DREAMSCORE_DATA'] === undefined ? beside : [process.env['DREAMSCORE_DATA']];
  return folders.find((folder) => existsSync(join(folder, 'README.md'))) ?? null;
};

/** Full paths of a data set's files with an ending, sorted. */
export const recordings = (folder: string, set: string, ending: string): string[] =>
  readdirSync(join(folder, set), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(folder, set, name));

export const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
