import { Fault } from '../../core/fault.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { epochsOfAnnotations } from './annotated-night.ts';
import { readAnnotations, type Annotation } from './edf-annotations.ts';
import { looksLikeEdf, readEdfHeader, refuseCut } from './edf-header.ts';
import type { Hypnogram } from './hypnogram.ts';
import { DREEM_CODES, stageOf } from './labels.ts';
import { MAXIMUM_BYTES, MAXIMUM_EPOCHS, MAXIMUM_TEXT_BYTES } from './limits.ts';
import { readRows } from './rows.ts';
import { readTable } from './table.ts';

const FORMS = 'an EDF+ hypnogram, a tab-separated annotation list, a JSON list or a table (.tsv, .csv)';

/** A file's text, where it is text. @throws Fault */
export const readText = (bytes: Uint8Array, name: string, most = MAXIMUM_TEXT_BYTES): string => {
  if (bytes.length > most) throw new Fault('the file is too large for a hypnogram', name, `choose ${FORMS} of one night`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Fault('this is neither EDF nor text', name, `choose ${FORMS}`, { cause: error });
  }
  if (text.includes('\0')) throw new Fault('this is neither EDF nor text', name, `choose ${FORMS}`);
  return text;
};

const readEdf = (bytes: Uint8Array, name: string): Hypnogram => {
  const header = readEdfHeader(bytes, name);
  refuseCut(header, name);
  const epochs = epochsOfAnnotations(readAnnotations(bytes, header, name), name);
  return { epochs, startedAt: header.startedAt, source: `${name} (EDF+ hypnogram)` };
};

/** Lines of "+onset TAB label", as in Sleep-EDF's telemetry nights. */
const readAnnotationList = (text: string, name: string): Hypnogram => {
  const annotations: Annotation[] = [];
  text.split(/\r*\n|\r+/).forEach((line, index) => {
    if (line.trim() === '') return;
    const form = /^\+?(\d+(?:\.\d+)?)\t(.+)$/.exec(line);
    if (!form) throw new Fault('the line is no annotation', `${name}, line ${index + 1}`, 'each line must be "+seconds", a tab and a label');
    annotations.push({ onset: Number(form[1]), duration: null, text: form[2] ?? '' });
  });
  return { epochs: epochsOfAnnotations(annotations, name), startedAt: null, source: `${name} (annotation list)` };
};

/** A JSON list of whole numbers is by rule in the codes of the Dreem Open Datasets. */
const readList = (text: string, name: string): Hypnogram => {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new Fault('this is no JSON', name, 'choose a list with one stage code for each 30 s', { cause: error });
  }
  if (!Array.isArray(list) || list.length === 0) throw new Fault('this JSON is no list of stages', name, 'choose a list with one stage code for each 30 s: -1 not scored, 0 W, 1 N1, 2 N2, 3 N3, 4 REM');
  if (list.length > MAXIMUM_EPOCHS) throw new Fault(`the list has ${list.length} epochs`, name, `choose one of ${MAXIMUM_EPOCHS} or fewer`);
  const epochs = list.map((code: unknown, index) => stageOf(DREEM_CODES, typeof code === 'number' ? String(code) : `a ${typeof code}`, `${name}, epoch ${index + 1}`));
  return { epochs, startedAt: null, source: `${name} (JSON list)` };
};

const refuseUnscored = (hypnogram: Hypnogram, name: string): Hypnogram => {
  const known = (stage: Stage | null): boolean => stage !== null;
  if (!hypnogram.epochs.some(known)) throw new Fault('no epoch of this night is scored', name, 'choose a scored night');
  return hypnogram;
};

/**
 * Reads a scored night from the bytes of a file. What form it has is told by its content and, between EDF and
 * text, by its name's ending; never by guessing codes. Pure of the file system.
 *
 * Forms: EDF+/BDF+ with "Sleep stage ..." annotations (Sleep-EDF); "+onset TAB label" lines; JSON list
 * (Dreem); tables known by their columns (Bitbrain, EESM17, Surrey, Penn, Walch, or onset with stage as text).
 * @param name the file's name, for its ending and for messages
 * @throws Fault for anything else, naming the place and how to mend it
 */
export const readHypnogram = (bytes: Uint8Array, name: string): Hypnogram => {
  if (bytes.length === 0) throw new Fault('the file is empty', name, `choose ${FORMS}`);
  if (bytes.length > MAXIMUM_BYTES) throw new Fault('the file is too large', name, 'choose a hypnogram, without the signals it was scored from');
  if (/\.(edf|bdf|rec)$/i.test(name) || looksLikeEdf(bytes)) return refuseUnscored(readEdf(bytes, name), name);
  const text = readText(bytes, name).replace(/^\uFEFF/, '');
  if (/^\s*[[{"]/.test(text)) return refuseUnscored(readList(text, name), name);
  if (/^\+?\d+(\.\d+)?\t/.test(text)) return refuseUnscored(readAnnotationList(text, name), name);
  const { epochs, column } = readTable(readRows(text, name), name);
  return refuseUnscored({ epochs, startedAt: null, source: `${name} (table, ${column})` }, name);
};
