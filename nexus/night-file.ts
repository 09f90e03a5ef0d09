import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault } from '../core/fault.ts';
import type { Hypnogram } from './hypnogram/hypnogram.ts';
import { MAXIMUM_BYTES } from './hypnogram/limits.ts';
import { readHypnogram } from './hypnogram/read.ts';

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'the file is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  return `the file cannot be read (${code || 'unknown reason'})`;
};

const readBounded = async (path: string): Promise<Uint8Array> => {
  // Asked before it is opened: opening a pipe would wait for its writer.
  const found = await stat(path);
  const { size } = found;
  if (!found.isFile()) throw new Fault('this is no file', path, 'choose a file that holds one scored night');
  if (size > MAXIMUM_BYTES) throw new Fault('the file is too large', path, 'choose a hypnogram, without the signals it was scored from');
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
};

/** Reads one scored night from a file of at most 256 MB. Throws a Fault whose place is the path. */
export const readNightFile = async (path: string): Promise<Hypnogram> => {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(path);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(reasonOf(error), path, 'check the path and its permissions', { cause: error });
  }
  try {
    return readHypnogram(bytes, basename(path));
  } catch (error) {
    if (error instanceof Fault) throw new Fault(error.what, error.where.replace(basename(path), () => path), error.mend, { cause: error });
    throw error;
  }
};
