import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEdfHeader } from '../../nexus/hypnogram/edf-header.ts';
import { readRecording } from '../../nexus/recording/read-recording.ts';
import { recordingsFolder } from '../support/recordings.ts';

/** Hours of the recording that is read. */
const HOURS = 8;
const CHUNK = 1_048_576;
const megabyte = (bytes: number): string => (bytes / 1e6).toFixed(0);

/** A night made of a short recording by repeating its records; in a folder of its own. */
const longRecording = (from: string, to: string): { bytes: number; records: number } => {
  const bytes = readFileSync(from);
  const header = readEdfHeader(bytes, from);
  const records = Math.round((HOURS * 3_600) / header.recordSeconds);
  const head = Buffer.from(bytes.subarray(0, header.headerBytes));
  head.write(String(records).padEnd(8), 236, 'latin1');
  const body = bytes.subarray(header.headerBytes, header.headerBytes + header.records * header.recordBytes);
  const whole = Buffer.concat([head, ...Array.from({ length: Math.ceil(records / header.records) }, () => body)]).subarray(0, header.headerBytes + records * header.recordBytes);
  writeFileSync(to, whole);
  return { bytes: whole.length, records };
};

/** The peer: the same file read a megabyte at a time, and every two bytes of it added up as one sample. */
const plainRead = async (path: string): Promise<number> => {
  const file = await open(path, 'r');
  const buffer = new Int16Array(CHUNK / 2);
  let sum = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) break;
    for (let i = 0; i < bytesRead >> 1; i += 1) sum += buffer[i]!;
  }
  await file.close();
  return sum;
};

/** Seconds of processor time, which others on the machine do not lengthen as they do the clock's. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

/** Reading a night of 18 signals and telling features from two EEGs, the ECG and two belts, beside merely reading it; lines for people. */
export const benchEdf = async (): Promise<string[]> => {
  const data = recordingsFolder();
  const source = join(data ?? '', 'psg-eeg', 'Osas2002plusQRS.edf');
  if (data === null || !existsSync(source)) return ['skipped: the recordings are not here (set DREAMSCORE_DATA)'];
  const folder = mkdtempSync(join(tmpdir(), 'dreamscore-edf-'));
  try {
    const path = join(folder, 'night.edf');
    const { bytes } = longRecording(source, path);
    await plainRead(path);
    const plain = await timed(() => plainRead(path));
    const before = process.memoryUsage().rss;
    let most = before;
    const whole = await timed(() => readRecording(path, { onProgress: () => (most = Math.max(most, process.memoryUsage().rss)) }));
    return [
      `${HOURS} h of 18 signals at 100 Hz, ${megabyte(bytes)} MB: read, with features of 5 signals, in ${whole.toFixed(1)} s of processor time (${(bytes / 1e6 / whole).toFixed(1)} MB/s, ${Math.round((HOURS * 3_600) / whole)} times real time); memory grew by ${megabyte(most - before)} MB`,
      `beside it, the same file only read and its samples added up: ${plain.toFixed(2)} s (${(bytes / 1e6 / plain).toFixed(0)} MB/s)`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
