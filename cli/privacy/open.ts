import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Take } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import { readingFault } from '../../export/file-fault.ts';
import { MANIFEST } from '../../export/output-folder.ts';
import { readTakeFile } from '../gather.ts';
import { createLineReader, LONGEST_LINE } from './lines.ts';
import type { PrivacyReport } from './report.ts';
import { takeReport } from './take.ts';

/** A day of frames is some 130 MB. */
const LARGEST = 400 * 1024 * 1024;
const HEAD_BYTES = 4_096;

const sizeOf = async (path: string): Promise<void> => {
  const found = await stat(path).catch((error: unknown) => {
    throw readingFault(error, path);
  });
  if (!found.isFile()) throw new Fault('this is no file', path, 'name a take, a recording, a published stream or the folder of an export');
  if (found.size > LARGEST) throw new Fault('this file is too large for anything that Dreamscore keeps of sleepers', basename(path), 'check its name');
};

/** The first bytes: enough to tell a take from a stream. */
const headOf = async (path: string): Promise<string> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw readingFault(error, path);
  });
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** A take out of a file of a bounded size. @throws Fault */
export const readTake = async (path: string): Promise<Take> => {
  await sizeOf(path);
  return readTakeFile(path);
};

/** Reports on a stream, line by line: it is never in memory as a whole, nor is a line that does not end. @throws Fault */
export const readStream = async (path: string): Promise<PrivacyReport> => {
  await sizeOf(path);
  const reader = createLineReader(basename(path));
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 65_536 })) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) reader.line(line);
      // Too long already: the reader says so, and names the line.
      if (rest.length > LONGEST_LINE) reader.line(rest);
    }
  } catch (error) {
    throw readingFault(error, path);
  }
  if (rest !== '') reader.line(rest);
  return reader.end();
};

/** What a path names: the folder of an export (or its manifest), or one file. */
export const placeOf = async (path: string): Promise<{ readonly kind: 'export' | 'file'; readonly path: string }> => {
  const found = await stat(path).catch((error: unknown) => {
    throw readingFault(error, path);
  });
  if (found.isDirectory()) return { kind: 'export', path };
  return basename(path) === MANIFEST ? { kind: 'export', path: dirname(path) } : { kind: 'file', path };
};

/** Reports on one file: a take, else a stream. @throws Fault */
export const readOne = async (path: string): Promise<PrivacyReport> => {
  await sizeOf(path);
  return /^\s*\{[\s\S]*?"format"\s*:\s*"dreamscore-take"/.test(await headOf(path)) ? takeReport(await readTake(path), basename(path)) : readStream(path);
};
