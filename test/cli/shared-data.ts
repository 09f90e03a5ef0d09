import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './run-cli.ts';

/** Folder of real recordings for tests; they are no part of the project. */
export const dataFolder = process.env['DREAMSCORE_DATA'] ?? join(projectRoot, '..', 'shared', 'data');
export const haveData = existsSync(join(dataFolder, 'MANIFEST.tsv'));
if (!haveData) console.warn(`Skipped: tests over real recordings; there is no ${dataFolder} (set DREAMSCORE_DATA).`);

/** Files in a folder of the recordings whose name ends so, in order. */
export const recordings = (folder: string, ending: string): readonly string[] =>
  haveData
    ? readdirSync(join(dataFolder, folder))
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => join(dataFolder, folder, name))
    : [];
