import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { writingFault } from './file-fault.ts';

export const MANIFEST = 'manifest.json';
const PART = /^\.dreamscore-part-(\d{1,10})$/;
/** What file managers leave in any folder. */
const FOLDER_KEEPING: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** Every name that Dreamscore writes; a manifest that lists others was not written by it and is not believed. */
export const OWN_NAME = /^(?:[a-z][a-z0-9-]{0,39}\.(?:mid|ndjson|json|wav)|layers\/\d{2}-[\p{L}\p{N}-]{1,60}\.wav)$/u;

/** Files are made in a folder of their own beside their final place and moved there when all are whole. */
export interface OutputFolder {
  /** The folder itself, as people named it. */
  readonly place: string;
  /** Path of a file in the making; `name` is its final one, with `/` between. */
  readonly path: (name: string) => string;
  /** Moves the files to their final names, the manifest last, and removes what a former run left there. */
  readonly finish: (names: readonly string[]) => Promise<void>;
  /** Removes everything that was begun; the folder is as before. */
  readonly discard: () => Promise<void>;
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Names of a former output's files out of its manifest; null where there is none. */
const formerFiles = async (folder: string): Promise<readonly string[] | null> => {
  const shape = z.object({ format: z.literal('dreamscore-manifest'), files: z.array(z.object({ name: z.string().regex(OWN_NAME) })).max(200) });
  try {
    return shape.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'))).files.map((file) => file.name);
  } catch {
    return null;
  }
};

/**
 * Opens a folder for an export. It is made where it is missing; one that holds other things than a
 * former export is refused unless `force`.
 * @throws Fault
 */
export const openOutputFolder = async (folder: string, force: boolean): Promise<OutputFolder> => {
  const refuse = (error: unknown): never => {
    throw writingFault(error, folder);
  };
  const made = await mkdir(folder, { recursive: true }).catch(refuse);
  const present = await readdir(folder).catch(refuse);
  const former = await formerFiles(folder);
  const others = present.filter((name) => !PART.test(name) && !FOLDER_KEEPING.has(name));
  if (others.length > 0 && former === null && !force) {
    throw new Fault('this folder holds other things', folder, 'choose an empty folder or a former export (on the command line, --force writes beside them)');
  }
  for (const name of present) {
    const owner = PART.exec(name)?.[1];
    if (owner !== undefined && (Number(owner) === process.pid || !isRunning(Number(owner)))) await rm(join(folder, name), { recursive: true, force: true }).catch(refuse);
  }
  const part = join(folder, `.dreamscore-part-${process.pid}`);
  await mkdir(join(part, 'layers'), { recursive: true }).catch(refuse);

  const removeMade = async (): Promise<void> => {
    if (made === undefined) return;
    for (let at = folder; at.startsWith(made); at = dirname(at)) await rmdir(at).catch(() => undefined);
  };
  return {
    place: folder,
    path: (name) => join(part, ...name.split('/')),
    finish: async (names) => {
      try {
        await rm(join(folder, MANIFEST), { force: true });
        if (names.some((name) => name.startsWith('layers/'))) await mkdir(join(folder, 'layers'), { recursive: true });
        for (const name of [...names.filter((each) => each !== MANIFEST), MANIFEST]) await rename(join(part, ...name.split('/')), join(folder, ...name.split('/')));
        for (const name of former ?? []) if (!names.includes(name)) await rm(join(folder, ...name.split('/')), { force: true });
        await rmdir(join(folder, 'layers')).catch(() => undefined);
      } catch (error) {
        throw writingFault(error, folder);
      }
      await rm(part, { recursive: true, force: true });
    },
    discard: async () => {
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
      await removeMade();
    },
  };
};
