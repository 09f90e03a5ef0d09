import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { writingFault } from './file-fault.ts';

/** Size and content of a finished file. */
export interface FileSum {
  readonly bytes: number;
  readonly sha256: string;
}

const WORTH_A_WRITE = 256 * 1024;

/**
 * A text file that grows while the night is composed. `add` only collects; `drain` writes what was
 * collected, once it is worth a write, and waits for the disk, so that memory stays flat.
 */
export interface TextFile {
  readonly add: (text: string) => void;
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<FileSum>;
  /** Closes without finishing, after a failure. */
  readonly abandon: () => Promise<void>;
}

/** @throws Fault where the file cannot be made; `drain` and `close` throw one where the disk refuses. `where` is its name to people. */
export const createTextFile = async (path: string, where: string): Promise<TextFile> => {
  const file = await open(path, 'w').catch((error: unknown) => {
    throw writingFault(error, where);
  });
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting: string[] = [];
  let waitingLength = 0;

  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const chunk = Buffer.from(waiting.join(''), 'utf8');
    waiting = [];
    waitingLength = 0;
    hash.update(chunk);
    bytes += chunk.length;
    try {
      await file.writeFile(chunk);
    } catch (error) {
      throw writingFault(error, where);
    }
  };

  return {
    add: (text) => {
      waiting.push(text);
      waitingLength += text.length;
    },
    drain: async () => {
      if (waitingLength >= WORTH_A_WRITE) await flush();
    },
    close: async () => {
      await flush();
      await file.close().catch((error: unknown) => {
        throw writingFault(error, where);
      });
      return { bytes, sha256: hash.digest('hex') };
    },
    abandon: () => file.close().catch(() => undefined),
  };
};
