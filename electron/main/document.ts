import type { Patch } from 'immer';
import { applyEdit, type Edit } from '../../core/score/edit.ts';
import type { Score } from '../../core/score/schema.ts';

/**
 * The authoritative document: a score with its past and future. Plain data and pure functions; who
 * asks, where it is kept and who hears of a change is no matter of this file.
 */
export interface Step {
  readonly revision: number;
  readonly label: string;
  readonly gesture: string | null;
  readonly before: Score;
  readonly after: Score;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

export interface Document {
  readonly score: Score;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** Revision that nothing is lost of: in the file, or a preset as it ships. Null after a recovery, which lies in no file. */
  readonly saved: number | null;
  /** Revision that the next edit gets. */
  readonly next: number;
}

/** A document and the patches that bring a listener from the one before to it. */
export interface Changed {
  readonly document: Document;
  readonly patches: readonly Patch[];
}

/** Steps kept for undo. Scores share their unchanged parts, so a step costs about what it changed. */
export const UNDO_LIMIT = 1000;
/** An edit that needs more patches travels as whole fields of the score: the engine takes 256 at once. */
export const PATCH_LIMIT = 128;
const UNEDITED = 0;

/** A document as it comes from a file or a preset; `clean: false` marks one that no file holds, such as a recovery. */
export const openDocument = (score: Score, clean = true): Document => ({ score, past: [], future: [], saved: clean ? UNEDITED : null, next: UNEDITED + 1 });

/** Which state of the document this is; a state that undo comes back to has its old number again. */
export const revisionOf = (document: Document): number => document.past.at(-1)?.revision ?? UNEDITED;

export const isDirty = (document: Document): boolean => document.saved !== revisionOf(document);
/** @param revision that was written; edits may have come while the disk was busy */
export const markSaved = (document: Document, revision: number): Document => ({ ...document, saved: revision });

/** Patches that replace each field of the score which differs. */
export const wholeFields = (from: Score, to: Score): Patch[] =>
  Object.entries(to).flatMap(([field, value]) => (Object.entries(from).some(([name, old]) => name === field && old === value) ? [] : [{ op: 'replace' as const, path: [field], value }]));

const bounded = (patches: readonly Patch[], from: Score, to: Score): readonly Patch[] => (patches.length <= PATCH_LIMIT ? patches : wholeFields(from, to));

const samePlaces = (one: readonly Patch[], other: readonly Patch[]): boolean =>
  one.length === other.length && one.every((patch, index) => patch.op === 'replace' && other[index]?.op === 'replace' && patch.path.join('/') === other[index].path.join('/'));

/** One step out of two of the same gesture: a drag that moves one value keeps one patch, however long it lasts. */
const merge = (first: Step, second: Step): Step => {
  const inPlace = samePlaces(first.patches, second.patches);
  const patches = inPlace ? second.patches : [...first.patches, ...second.patches];
  const inverse = inPlace ? first.inverse : [...second.inverse, ...first.inverse];
  return { ...second, before: first.before, patches: bounded(patches, first.before, second.after), inverse: bounded(inverse, second.after, first.before) };
};

/**
 * The document after an edit. Edits of one gesture become one step; an edit ends what could be redone.
 * @throws Fault where the edit points at nothing or the score would not be valid.
 */
export const editDocument = (document: Document, edit: Edit): Changed => {
  const edited = applyEdit(document.score, edit);
  if (edited.patches.length === 0) return { document, patches: [] };
  const step: Step = {
    revision: document.next,
    label: edit.label,
    gesture: edit.gesture ?? null,
    before: document.score,
    after: edited.score,
    patches: bounded(edited.patches, document.score, edited.score),
    inverse: bounded(edited.inverse, edited.score, document.score),
  };
  const last = document.past.at(-1);
  const continues = last !== undefined && step.gesture !== null && last.gesture === step.gesture && document.future.length === 0;
  const past = continues ? [...document.past.slice(0, -1), merge(last, step)] : [...document.past, step].slice(-UNDO_LIMIT);
  return { document: { ...document, score: edited.score, past, future: [], next: document.next + 1 }, patches: step.patches };
};

/** Takes the last step back; nothing happens where there is none. */
export const undo = (document: Document): Changed => {
  const step = document.past.at(-1);
  if (step === undefined) return { document, patches: [] };
  return { document: { ...document, score: step.before, past: document.past.slice(0, -1), future: [step, ...document.future] }, patches: step.inverse };
};

/** Does again what was taken back last; nothing happens where there is nothing. */
export const redo = (document: Document): Changed => {
  const [step, ...future] = document.future;
  if (step === undefined) return { document, patches: [] };
  return { document: { ...document, score: step.after, past: [...document.past, step], future }, patches: step.patches };
};
