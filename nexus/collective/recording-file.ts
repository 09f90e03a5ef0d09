import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '../../core/fault.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { createRecordingReader, recordingHeadLine, recordingLine, type RecordingHead } from '../../core/signal/collective-recording.ts';
import { beginLines } from '../line-writer.ts';

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
  write(frame: CollectiveFrame): void;
  /** Settles once all is on the disk. */
  end(): Promise<void>;
}

/**
 * Begins a recording; an older file of that name is replaced. @param failed called once where the disk refuses; the
 * gathering goes on without the recording
 * @throws Fault where the file cannot be made
 */
export const beginRecording = async (path: string, head: RecordingHead, failed: (fault: Fault) => void): Promise<RecordingWriter> => {
  const lines = await beginLines(path, 'the recording', failed);
  lines.write(recordingHeadLine(head));
  return { write: (frame) => lines.write(recordingLine(frame)), end: lines.end };
};
