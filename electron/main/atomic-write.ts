import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writingFault } from '../../export/file-fault.ts';

const besides = (path: string): string => join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);

/** Puts the folder's entry on the disk too. Windows and some network disks have no such call; the file itself is whole either way. */
const settleFolder = async (path: string): Promise<void> => {
  const folder = await open(dirname(path), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
};

/**
 * Writes a whole file or leaves the old one: a crash or a full disk never leaves half a file under its name.
 * @throws Fault
 */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const part = besides(path);
  try {
    const file = await open(part, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await settleFolder(path);
  } catch (error) {
    await rm(part, { force: true });
    throw writingFault(error, basename(path));
  }
};

/** The same at once, for the moment of leaving, when nothing can be waited for. @param mode who may read it @throws Fault */
export const writeWholeNow = (path: string, text: string, mode = 0o666): void => {
  const part = besides(path);
  try {
    const file = openSync(part, 'wx', mode);
    try {
      writeFileSync(file, text, 'utf8');
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw writingFault(error, basename(path));
  }
};

/** Keeps the newest files of a folder by name and removes the others. Names begin with their date. */
export const keepNewest = async (folder: string, count: number): Promise<void> => {
  const names = (await readdir(folder)).toSorted();
  await Promise.all(names.slice(0, Math.max(0, names.length - count)).map((name) => rm(join(folder, name), { force: true })));
};
