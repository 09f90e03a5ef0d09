import { open, stat } from 'node:fs/promises';
import { Fault } from '../../core/fault.ts';

/** Bytes that are read a piece at a time: a file on disk, or a piece of memory. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end. The array may be used again by the next call. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'the file is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  return `the file cannot be read (${code || 'unknown reason'})`;
};

/** A Fault in words for what the system said. */
const fileFault = (error: unknown, path: string): Fault =>
  error instanceof Fault ? error : new Fault(reasonOf(error), path, 'check the path and its permissions', { cause: error });

/** Opens a file. @throws Fault where it is none, or may not be read */
export const openBytes = async (path: string): Promise<ByteSource> => {
  try {
    // Asked before it is opened: opening a pipe would wait for its writer.
    const found = await stat(path);
    if (!found.isFile()) throw new Fault('this is no file', path, 'choose a file that holds one recorded night');
    const file = await open(path, 'r');
    let buffer = new Uint8Array(0);
    return {
      size: found.size,
      read: async (offset, length) => {
        if (buffer.length < length) buffer = new Uint8Array(length);
        let filled = 0;
        try {
          while (filled < length) {
            const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
            if (bytesRead === 0) break;
            filled += bytesRead;
          }
        } catch (error) {
          throw fileFault(error, path);
        }
        return buffer.subarray(0, filled);
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw fileFault(error, path);
  }
};

/** Bytes in memory, read like a file. */
export const bytesInMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  close: () => Promise.resolve(),
});
