import { Fault } from '../../core/fault.ts';

/** One signal of an EDF file: where its samples lie in each data record. */
export interface EdfSignal {
  readonly label: string;
  /** First byte within a record, and how many. */
  readonly offset: number;
  readonly bytes: number;
}

/** What is needed of an EDF, EDF+, BDF or BDF+ header. */
export interface EdfHeader {
  readonly headerBytes: number;
  /** Whole data records in the file. */
  readonly records: number;
  /** Records that the header promises and the file does not hold. */
  readonly missing: number;
  /** EDF+D, BDF+D: there are gaps between records, and each says when it begins. */
  readonly discontinuous: boolean;
  readonly recordBytes: number;
  readonly recordSeconds: number;
  readonly signals: readonly EdfSignal[];
  /** Local start time, `yyyy-mm-ddThh:mm:ss`; null where the header has none that is a date. */
  readonly startedAt: string | null;
}

const MAXIMUM_SIGNALS = 4_096;
const MEND = 'choose a hypnogram in EDF+ (with "Sleep stage ..." annotations) or export the scoring again';

/** True for the first bytes of EDF (version 0) or BDF (0xFF BIOSEMI). */
export const looksLikeEdf = (bytes: Uint8Array): boolean => {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  return start === '0       ' || start === '\u00ffBIOSEMI';
};

/** Two-digit years run from 1985 to 2084 (EDF+ specification, 2.1.3.2). */
const startTime = (date: string, time: string): string | null => {
  const d = /^(\d\d)\.(\d\d)\.(\d\d)$/.exec(date);
  const t = /^(\d\d)\.(\d\d)\.(\d\d)$/.exec(time);
  if (!d || !t) return null;
  const year = Number(d[3]) + (Number(d[3]) >= 85 ? 1900 : 2000);
  const [day, month, hour] = [Number(d[1]), Number(d[2]), Number(t[1])];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || Number(t[2]) > 59 || Number(t[3]) > 59) return null;
  return `${year}-${d[2]}-${d[1]}T${t[1]}:${t[2]}:${t[3]}`;
};

/** The most bytes that a header can have. */
export const MAXIMUM_HEADER_BYTES = 256 * (MAXIMUM_SIGNALS + 1);

/** A file that is cut short holds less of the night than it says. @throws Fault */
export const refuseCut = ({ records, missing }: EdfHeader, name: string): void => {
  if (missing === 0) return;
  throw new Fault(`the file is cut short: its header says ${records + missing} data records, it holds ${records}`, name, 'copy or export the file again');
};

/**
 * Reads the header of an EDF or BDF file (Kemp et al. 1992; EDF+ specification 2003). Every length is
 * checked against the bytes that are there; throws a Fault that says which field is wrong. A record count
 * of -1 (a recording that was never closed) is taken from the file's length.
 * @param bytes at least the whole header @param size of the whole file
 */
export const readEdfHeader = (bytes: Uint8Array, name: string, size = bytes.length): EdfHeader => {
  const text = (from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length)).replace(/[\0\s]+$/, '').trim();
  const number = (from: number, length: number, what: string, low: number, high: number, whole = true): number => {
    const written = text(from, length);
    const value = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(written) ? Number(written) : Number.NaN;
    if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      throw new Fault(`the EDF header is damaged: ${what} is ${JSON.stringify(written)}`, name, MEND);
    }
    return value;
  };
  if (bytes.length === 0) throw new Fault('the file is empty', name, MEND);
  if (!looksLikeEdf(bytes)) throw new Fault('this is no EDF file', name, 'choose an EDF+ hypnogram, or give a table its own ending (.csv, .tsv, .txt, .json)');
  if (bytes.length < 256) throw new Fault('the file ends within its header', name, MEND);
  const signalCount = number(252, 4, 'the number of signals', 1, MAXIMUM_SIGNALS);
  const headerBytes = number(184, 8, 'the length of the header', 0, Number.MAX_SAFE_INTEGER);
  if (headerBytes !== 256 * (signalCount + 1)) {
    throw new Fault(`the EDF header is damaged: it says ${headerBytes} bytes and ${signalCount} signals need ${256 * (signalCount + 1)}`, name, MEND);
  }
  if (bytes.length < headerBytes) throw new Fault('the file ends within its header', name, MEND);
  const sampleBytes = bytes[0] === 0xff ? 3 : 2;
  const signals: EdfSignal[] = [];
  let offset = 0;
  for (let i = 0; i < signalCount; i += 1) {
    const samples = number(256 + signalCount * 216 + i * 8, 8, `the samples a record of signal ${i + 1}`, 0, 100_000_000);
    signals.push({ label: text(256 + i * 16, 16), offset, bytes: samples * sampleBytes });
    offset += samples * sampleBytes;
  }
  const written = number(236, 8, 'the number of records', -1, 100_000_000);
  const recordSeconds = number(244, 8, 'the length of a record', 0, 1_000_000, false);
  const held = offset === 0 ? 0 : Math.floor((size - headerBytes) / offset);
  const records = written === -1 ? held : Math.min(written, held);
  return {
    headerBytes,
    records,
    missing: written === -1 ? 0 : written - records,
    discontinuous: /^[EB]DF\+D/.test(text(192, 44)),
    recordBytes: offset,
    recordSeconds,
    signals,
    startedAt: startTime(text(168, 8), text(176, 8)),
  };
};
