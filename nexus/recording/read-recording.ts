import { basename } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { looksLikeEdf } from '../hypnogram/edf-header.ts';
import type { Hypnogram } from '../hypnogram/hypnogram.ts';
import { readHypnogram, readText } from '../hypnogram/read.ts';
import { readRows, type Table } from '../hypnogram/rows.ts';
import { isHypnogramTable, readTable, type OwnCodes } from '../hypnogram/table.ts';
import { bytesInMemory, openBytes, type ByteSource } from './byte-source.ts';
import { readEdfNight, type ReadOptions } from './edf-night.ts';
import { nightOfHypnogram, type FeatureSeries, type Night } from './night.ts';
import { isSeriesTable, readSeriesTable } from './series-table.ts';
import { readSidecar } from './sidecar.ts';

/** Four gigabytes: more than EDF itself can address on most machines. */
const MAXIMUM_EDF_BYTES = 4_294_967_296;
/** A feature a second, a hundred columns wide, for three days. */
const MAXIMUM_TABLE_BYTES = 67_108_864;
const MAXIMUM_SIDECAR_BYTES = 1_048_576;

const SENSES = [['eeg', 'bands'], ['heart', 'heart'], ['breath', 'breath'], ['motion', 'motion']] as const;

const measuredInWords = (series: FeatureSeries): string[] => {
  const measured = SENSES.filter(([sense]) => series[sense] !== null).map(([, word]) => word);
  return measured.length === 0 ? [] : [`measured: ${measured.join(', ')}`];
};

/** A table may hold stages, features or both. A table that is neither ends in the hypnogram's Fault, which names the columns. */
const nightOfTable = (table: Table, name: string, own: OwnCodes | null): Night => {
  const scored = isHypnogramTable(table.header, own);
  const measured = isSeriesTable(table.header);
  const series = measured ? readSeriesTable(table, name) : null;
  if (!scored && series !== null) return { hypnogram: null, series, source: `${name} (table of features)`, notes: measuredInWords(series) };
  const { epochs, column } = readTable(table, name, own);
  const known = epochs.some((stage) => stage !== null);
  if (!known && series === null) throw new Fault('no epoch of this night is scored', name, 'choose a scored night');
  const hypnogram: Hypnogram | null = known ? { epochs, startedAt: null, source: `${name} (table, ${column})` } : null;
  return { hypnogram, series, source: `${name} (table, ${column})`, notes: series === null ? [] : measuredInWords(series) };
};

/** A list of objects with the same keys is a table. Null for any other JSON. */
const tableOfJson = (text: string): Table | null => {
  if (!/^\s*\[\s*\{/.test(text)) return null;
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    // The hypnogram's reader says what is wrong with it.
    return null;
  }
  if (!Array.isArray(list)) return null;
  const objects = list.filter((each: unknown): each is object => typeof each === 'object' && each !== null);
  const header = Object.keys(objects[0] ?? {});
  const cell = (value: unknown): string => (typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  return { header, rows: objects.map((object, index) => ({ cells: header.map((key) => cell(Reflect.get(object, key))), line: index + 1 })) };
};

const readTextNight = (bytes: Uint8Array, name: string, sidecar: string | null): Night => {
  const text = readText(bytes, name, MAXIMUM_TABLE_BYTES).replace(/^\uFEFF/, '');
  const json = tableOfJson(text);
  if (json !== null) return nightOfTable(json, name, null);
  // Lists of stages and of annotations are no tables.
  if (/^\s*[[{]/.test(text) || /^\+?\d+(\.\d+)?\t/.test(text)) return nightOfHypnogram(readHypnogram(bytes, name));
  return nightOfTable(readRows(text, name), name, sidecar === null ? null : readSidecar(sidecar));
};

/**
 * Reads a recorded night from bytes: EDF, EDF+, BDF, BDF+ as a stream; tables and lists whole.
 * @param name the file's name, for its ending and for messages @param sidecar text of the BIDS sidecar beside it, or null
 */
export const readNight = async (source: ByteSource, name: string, sidecar: string | null, options: ReadOptions = {}): Promise<Night> => {
  if (source.size === 0) throw new Fault('the file is empty', name, 'choose a recording or a hypnogram');
  const start = await source.read(0, Math.min(8, source.size));
  if (/\.(edf|bdf|rec)$/i.test(name) || looksLikeEdf(start)) {
    if (source.size > MAXIMUM_EDF_BYTES) throw new Fault('the file is too large', name, 'choose a recording of 4 GB or less');
    return readEdfNight(source, name, options);
  }
  if (source.size > MAXIMUM_TABLE_BYTES) throw new Fault('the file is too large for a table', name, `choose one of ${MAXIMUM_TABLE_BYTES / 1_048_576} MB or less`);
  return readTextNight(await source.read(0, source.size), name, sidecar);
};

/** The text of `X_events.json` beside `X_events.tsv`; null where there is none that can be used. */
const sidecarOf = async (path: string): Promise<string | null> => {
  if (!/_events\.tsv$/i.test(path)) return null;
  let source: ByteSource;
  try {
    source = await openBytes(path.replace(/\.tsv$/i, '.json'));
  } catch {
    // Most tables have none.
    return null;
  }
  try {
    return source.size > MAXIMUM_SIDECAR_BYTES ? null : new TextDecoder().decode(await source.read(0, source.size));
  } finally {
    await source.close();
  }
};

/** Reads one person's recorded night from a file of at most 4 GB (64 MB for tables). Throws a Fault whose place is the path. */
export const readRecording = async (path: string, options: ReadOptions = {}): Promise<Night> => {
  const source = await openBytes(path);
  try {
    return await readNight(source, basename(path), await sidecarOf(path), options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.what, error.where.replace(basename(path), () => path), error.mend, { cause: error });
  } finally {
    await source.close();
  }
};

/** Reads a recorded night from bytes in memory. */
export const readRecordingBytes = (bytes: Uint8Array, name: string, sidecar: string | null = null): Promise<Night> => readNight(bytesInMemory(bytes), name, sidecar);
