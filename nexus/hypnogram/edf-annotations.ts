import { Fault } from '../../core/fault.ts';
import type { EdfHeader, EdfSignal } from './edf-header.ts';
import { MAXIMUM_ANNOTATIONS } from './limits.ts';

/** One annotation: onset in seconds from the file's start time, duration where it has one. */
export interface Annotation {
  readonly onset: number;
  readonly duration: number | null;
  readonly text: string;
}

const AFTER_DURATION = 0x15;
const AFTER_TEXT = 0x14;

/**
 * One time-stamped annotation list (TAL): onset, optional 0x15 and duration, 0x14, then texts each
 * ended by 0x14. The bytes do not hold the closing 0. Null where it is not one.
 */
const readList = (bytes: Uint8Array, decoder: TextDecoder): { readonly onset: number; readonly annotations: Annotation[] } | null => {
  const stamped = bytes.indexOf(AFTER_TEXT);
  if (stamped < 0) return null;
  const stamp = String.fromCharCode(...bytes.subarray(0, Math.min(stamped, 64)));
  const form = /^([+-]\d+(?:\.\d*)?)(?:\x15(\d+(?:\.\d*)?))?$/.exec(stamp);
  if (!form || stamp.indexOf(String.fromCharCode(AFTER_DURATION)) === 0) return null;
  const onset = Number(form[1]);
  const duration = form[2] === undefined ? null : Number(form[2]);
  const texts = decoder.decode(bytes.subarray(stamped + 1)).split('\u0014');
  return { onset, annotations: texts.filter((text) => text !== '').map((text) => ({ onset, duration, text })) };
};

export const isAnnotationSignal = ({ label, bytes }: EdfSignal): boolean => bytes > 0 && (label === 'EDF Annotations' || label === 'BDF Annotations');

/** What one data record's annotation signal says. */
export interface RecordLists {
  /** When the record begins, seconds from the file's start: the onset of its first list. Null where it has none. */
  readonly stamp: number | null;
  /** Record stamps (lists without a text) are left out. */
  readonly annotations: readonly Annotation[];
}

/** Reads the bytes of one annotation signal in one data record, counted from 0. @throws Fault where a list is damaged */
export const readRecordLists = (block: Uint8Array, record: number, name: string): RecordLists => {
  const decoder = new TextDecoder('utf-8');
  const annotations: Annotation[] = [];
  let stamp: number | null = null;
  let at = 0;
  while (at < block.length) {
    const end = block.indexOf(0, at);
    const list = block.subarray(at, end < 0 ? block.length : end);
    at = end < 0 ? block.length : end + 1;
    if (list.length === 0) continue;
    const read = readList(list, decoder);
    if (read === null) throw new Fault(`an annotation is damaged in data record ${record + 1}`, name, 'copy or export the file again');
    stamp ??= read.onset;
    annotations.push(...read.annotations);
  }
  return { stamp, annotations };
};

/** @throws Fault where there are more annotations than a night has */
export const refuseMany = (count: number, name: string): void => {
  if (count > MAXIMUM_ANNOTATIONS) throw new Fault(`there are more than ${MAXIMUM_ANNOTATIONS} annotations`, name, 'choose a file that holds one night');
};

/**
 * All annotations of an EDF+ or BDF+ file, in file order, from every annotation signal. Throws a Fault at a list that is
 * damaged, or at too many.
 */
export const readAnnotations = (bytes: Uint8Array, header: EdfHeader, name: string): Annotation[] => {
  const signals = header.signals.filter(isAnnotationSignal);
  const found: Annotation[] = [];
  for (let record = 0; record < header.records; record += 1) {
    for (const signal of signals) {
      const from = header.headerBytes + record * header.recordBytes + signal.offset;
      found.push(...readRecordLists(bytes.subarray(from, from + signal.bytes), record, name).annotations);
      refuseMany(found.length, name);
    }
  }
  return found;
};
