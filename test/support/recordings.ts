import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where real recordings lie, if they are there: DREAMSCORE_DATA or ../shared/data beside the project. */
export const recordingsFolder = (): string | null => {
  const folder = process.env['DREAMSCORE_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
  return existsSync(join(folder, 'README.md')) ? folder : null;
};

/** Full paths of a data set's files with an ending, sorted. */
export const recordings = (folder: string, set: string, ending: string): string[] =>
  readdirSync(join(folder, set), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => join(folder, set, name));

export const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
