import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { parseScoreText, type Score } from '../../core/score/schema.ts';
import { readingFault } from '../../export/file-fault.ts';
import { writeWhole } from './atomic-write.ts';

/** Longest score file that is read: some hundred times a large one. */
export const SCORE_FILE_LIMIT = 16 * 1024 * 1024;

/** Text of a file of bounded length. @throws Fault where it is no plain file, too long, no UTF-8 or unreadable */
export const readBounded = async (path: string, limit: number): Promise<string> => {
  const name = basename(path);
  try {
    const file = await open(path, 'r');
    try {
      const about = await file.stat();
      if (!about.isFile()) throw new Fault('this is no file', name, 'choose a file');
      if (about.size > limit) throw new Fault(`this file is longer than ${limit / 1024 / 1024} MB`, name, 'choose a file saved by Dreamscore');
      const bytes = Buffer.alloc(about.size);
      const { bytesRead } = await file.read(bytes, 0, about.size, 0);
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof TypeError) throw new Fault('this file is no text', name, 'choose a file saved by Dreamscore', { cause: error });
    throw readingFault(error, name);
  }
};

/** @throws Fault */
export const readScore = async (path: string): Promise<Score> => parseScoreText(await readBounded(path, SCORE_FILE_LIMIT), basename(path));

export const scoreText = (score: Score): string => `${JSON.stringify(score, null, 2)}\n`;

/** @throws Fault */
export const writeScore = (path: string, score: Score): Promise<void> => writeWhole(path, scoreText(score));

/** A title as a file name that every system takes: `First light` is `first-light.json`. */
export const fileNameOf = (title: string): string => {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${plain === '' ? 'score' : plain}.json`;
};
