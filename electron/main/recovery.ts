import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { scoreSchema, type Score } from '../../core/score/schema.ts';
import { keepNewest, writeWhole, writeWholeNow } from './atomic-write.ts';
import { fileNameOf, readBounded, SCORE_FILE_LIMIT, writeScore } from './score-file.ts';

/** Unsaved work as it lies in Dreamscore's own folder, with the file that it belongs to. */
const recoverySchema = z.strictObject({ format: z.literal('dreamscore-recovery'), version: z.literal(1), path: z.string().max(4096).nullable(), score: scoreSchema });
export interface Unsaved {
  readonly path: string | null;
  readonly score: Score;
}

/** Copies kept of unsaved work that was put aside for another score. */
const KEPT_COPIES = 50;

export interface Recovery {
  readonly write: (unsaved: Unsaved) => Promise<void>;
  /** For the moment of leaving. */
  readonly writeNow: (unsaved: Unsaved) => void;
  readonly clear: () => Promise<void>;
  readonly clearNow: () => void;
  /** What was left unsaved the last time; null when nothing was. @throws Fault where it cannot be read */
  readonly read: () => Promise<Unsaved | null>;
  /** Puts unsaved work aside as a score of its own, before another one is opened; answers with the file's name. */
  readonly keepCopy: (score: Score) => Promise<string>;
  /** Folder of the kept copies. */
  readonly kept: string;
}

/** A moment as a file name may hold it; later ones sort after earlier ones. */
const stamp = (wall: number): string => new Date(wall).toISOString().replaceAll(':', '.');
const textOf = (unsaved: Unsaved): string => JSON.stringify({ format: 'dreamscore-recovery', version: 1, path: unsaved.path, score: unsaved.score });

/** @param folder Dreamscore's own. @param wall the time of day in milliseconds, for the names of copies */
export const createRecovery = (folder: string, wall: () => number): Recovery => {
  const path = join(folder, 'unsaved.json');
  const kept = join(folder, 'kept copies');
  return {
    write: (unsaved) => writeWhole(path, textOf(unsaved)),
    writeNow: (unsaved) => writeWholeNow(path, textOf(unsaved)),
    clear: () => rm(path, { force: true }),
    clearNow: () => rmSync(path, { force: true }),
    read: async () => {
      if (!existsSync(path)) return null;
      const text = await readBounded(path, SCORE_FILE_LIMIT);
      const result = recoverySchema.safeParse(parseJson(text));
      if (!result.success) {
        const name = `${stamp(wall())} unreadable.json`;
        await mkdir(kept, { recursive: true });
        await rename(path, join(kept, name));
        throw new Fault('the work left unsaved the last time cannot be read', name, 'it lies in the folder of kept copies; correct it there, or go on without it');
      }
      return { path: result.data.path, score: result.data.score };
    },
    keepCopy: async (score) => {
      await mkdir(kept, { recursive: true });
      const name = `${stamp(wall())} ${fileNameOf(score.title)}`;
      await writeScore(join(kept, name), score);
      await keepNewest(kept, KEPT_COPIES);
      return name;
    },
    kept,
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Half a file, from a disk that failed: the schema says so.
  }
};
