import { createWriteStream, type WriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '../../core/fault.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { createRecordingReader, recordingHeadLine, recordingLine, type RecordingHead } from '../../core/signal/collective-recording.ts';

/** Three days of frames have some 280 MB. */
const MAXIMUM_BYTES = 400 * 1024 * 1024;

export interface Recording {
  readonly head: RecordingHead;
  readonly frames: readonly CollectiveFrame[];
}

/** Reads a recording of a collective. @throws Fault that names file and line */
export const readRecordingFile = async (path: string): Promise<Recording> => {
  const found = await stat(path).catch((error: unknown) => {
    throw new Fault('the recording cannot be read', path, 'check the path and its permissions', { cause: error });
  });
  if (!found.isFile()) throw new Fault('this is no file', path, 'choose a recording of a collective');
  if (found.size > MAXIMUM_BYTES) throw new Fault('the recording is too large', path, 'choose one of three days at most');
  const reader = createRecordingReader(basename(path));
  const file = await open(path, 'r');
  let head: RecordingHead | null = null;
  const frames: CollectiveFrame[] = [];
  try {
    for await (const line of createInterface({ input: file.createReadStream({ autoClose: false }), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line === '') continue;
      const read = reader.read(line);
      if ('format' in read) head = read;
      else frames.push(read);
    }
  } finally {
    await file.close();
  }
  if (head === null || frames.length === 0) throw new Fault('the recording is empty', path, 'choose one that holds frames');
  return { head, frames };
};

export interface RecordingWriter {
  /** Frames that the disk does not take in time are held back in memory, 10 000 at most. */
  write(frame: CollectiveFrame): void;
  /** Settles once all is on the disk. */
  end(): Promise<void>;
}

const HELD_FRAMES = 10_000;

/**
 * Begins a recording; an older file of that name is replaced. @param failed called once where the disk refuses; the
 * gathering goes on without the recording
 * @throws Fault where the file cannot be made
 */
export const beginRecording = async (path: string, head: RecordingHead, failed: (error: Fault) => void): Promise<RecordingWriter> => {
  const stream: WriteStream = createWriteStream(path, { mode: 0o600 });
  await once(stream, 'open').catch((error: unknown) => {
    throw new Fault('the recording cannot be written', path, 'check the path and its permissions', { cause: error });
  });
  let broken = false;
  const fail = (what: string, cause?: unknown): void => {
    if (broken) return;
    broken = true;
    failed(new Fault(what, path, 'make room on the disk and begin again', { cause }));
  };
  stream.on('error', (error) => fail('the recording stopped: the disk refused', error));
  stream.write(`${recordingHeadLine(head)}\n`);
  return {
    write: (frame) => {
      if (broken) return;
      const line = `${recordingLine(frame)}\n`;
      if (stream.writableLength > HELD_FRAMES * line.length) return fail('the recording stopped: the disk is too slow');
      stream.write(line);
    },
    end: async () => {
      if (broken) {
        stream.destroy();
        return;
      }
      stream.end();
      await once(stream, 'close').catch((error: unknown) => fail('the end of the recording was not written', error));
    },
  };
};
