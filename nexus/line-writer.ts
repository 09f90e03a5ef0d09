import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Fault } from '../core/fault.ts';

/** A file that grows line by line while a program runs. */
export interface LineWriter {
  write(line: string): void;
  /** Settles once all is on the disk. */
  end(): Promise<void>;
}

const MOST_WAITING = 16 * 1024 * 1024;

/**
 * Begins a file; an older one of that name is replaced.
 * @param failed called once where the disk refuses; lines after that are let go
 * @throws Fault where the file cannot be made
 */
export const beginLines = async (path: string, what: string, failed: (fault: Fault) => void): Promise<LineWriter> => {
  const stream = createWriteStream(path, { mode: 0o600 });
  await once(stream, 'open').catch((error: unknown) => {
    throw new Fault(`${what} cannot be written`, path, 'check the path and its permissions', { cause: error });
  });
  let broken = false;
  const fail = (why: string, cause?: unknown): void => {
    if (broken) return;
    broken = true;
    failed(new Fault(`${what} stopped: ${why}`, path, 'make room on the disk and begin again', { cause }));
  };
  stream.on('error', (error) => fail('the disk refused', error));
  return {
    write: (line) => {
      if (broken) return;
      if (stream.writableLength > MOST_WAITING) fail('the disk is too slow');
      else stream.write(`${line}\n`);
    },
    end: async () => {
      if (broken) {
        stream.destroy();
        return;
      }
      stream.end();
      await once(stream, 'close').catch((error: unknown) => fail('its end was not written', error));
    },
  };
};
