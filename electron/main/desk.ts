import { basename } from 'node:path';
import type { Patch } from 'immer';
import type { DocumentState } from '../../core/ipc/contract.ts';
import type { Edit } from '../../core/score/edit.ts';
import type { Score } from '../../core/score/schema.ts';
import { type Changed, type Document, editDocument, isDirty, markSaved, openDocument, redo, revisionOf, undo } from './document.ts';
import type { Recovery } from './recovery.ts';
import { fileNameOf, readScore, writeScore } from './score-file.ts';
import { sendableScore } from './sendable.ts';
import { text } from './text.ts';

/** The dialogs of the system; each answers with a path, or null where the person changed their mind. */
export interface ScoreDialogs {
  readonly open: (folder: string | null) => Promise<string | null>;
  readonly save: (suggestion: string) => Promise<string | null>;
}

/** Who must hear of what happens on the desk. */
export interface DeskListeners {
  readonly changed: (state: DocumentState) => void;
  /** The same score, edited. */
  readonly edited: (patches: readonly Patch[]) => void;
  /** Another score. */
  readonly replaced: () => void;
  readonly notice: (tone: 'info' | 'warning', text: string) => void;
}

export interface Desk {
  readonly state: () => DocumentState;
  readonly score: () => Score;
  readonly edit: (edit: Edit) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Begins a new score out of a preset. */
  readonly begin: (score: Score) => Promise<void>;
  /** Opens a file, or asks which; false where the person changed their mind. */
  readonly open: (path?: string) => Promise<boolean>;
  readonly openKept: () => Promise<boolean>;
  readonly save: () => Promise<boolean>;
  readonly saveAs: () => Promise<boolean>;
  /** Keeps unsaved work aside, to be called every now and then. */
  readonly autosave: () => Promise<void>;
  /** The same at once, for the moment of leaving. */
  readonly autosaveNow: () => void;
}

/** What lies on the desk at the start. */
export interface Opened {
  readonly score: Score;
  readonly path: string | null;
  /** False for unsaved work that came back. */
  readonly clean: boolean;
}

/** The one document that is open, and the ways it meets files. Nothing unsaved is thrown away: it is kept aside, and said so. */
export const createDesk = (first: Opened, dialogs: ScoreDialogs, recovery: Recovery, listeners: DeskListeners): Desk => {
  let document: Document = openDocument(first.score, first.clean);
  let path = first.path;
  /** Revision that lies in the recovery file; null when none does. */
  let aside: number | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One file operation after the other, so that two can never cross. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // The one who asked gets the error; the next in turn starts all the same.
    return result;
  };
  const state = (): DocumentState => ({
    score: sendableScore(document.score),
    fileName: path === null ? null : basename(path),
    dirty: isDirty(document),
    undo: document.past.at(-1)?.label ?? null,
    redo: document.future[0]?.label ?? null,
  });
  const apply = (changed: Changed): void => {
    if (changed.document === document) return;
    document = changed.document;
    listeners.edited(changed.patches);
    listeners.changed(state());
  };
  const put = async (score: Score, from: string | null): Promise<void> => {
    if (isDirty(document)) listeners.notice('info', text.keptCopy(await recovery.keepCopy(document.score)));
    await recovery.clear();
    aside = null;
    document = openDocument(score);
    path = from;
    listeners.replaced();
    listeners.changed(state());
  };
  const openFrom = async (chosen: string | null): Promise<boolean> => {
    if (chosen === null) return false;
    await put(await readScore(chosen), chosen);
    return true;
  };
  const saveTo = async (chosen: string | null): Promise<boolean> => {
    if (chosen === null) return false;
    const revision = revisionOf(document);
    await writeScore(chosen, document.score);
    document = markSaved(document, revision);
    path = chosen;
    if (!isDirty(document)) {
      await recovery.clear();
      aside = null;
    }
    listeners.changed(state());
    return true;
  };
  const askAndSave = async (): Promise<boolean> => saveTo(await dialogs.save(path ?? fileNameOf(document.score.title)));

  return {
    state,
    score: () => document.score,
    edit: (edit) => apply(editDocument(document, edit)),
    undo: () => apply(undo(document)),
    redo: () => apply(redo(document)),
    begin: (score) => inTurn(() => put(score, null)),
    open: (chosen) => inTurn(async () => openFrom(chosen ?? (await dialogs.open(null)))),
    openKept: () => inTurn(async () => openFrom(await dialogs.open(recovery.kept))),
    save: () => inTurn(() => (path === null ? askAndSave() : saveTo(path))),
    saveAs: () => inTurn(askAndSave),
    autosave: () =>
      inTurn(async () => {
        const revision = revisionOf(document);
        if (!isDirty(document) || aside === revision) return;
        await recovery.write({ path, score: document.score });
        aside = revision;
      }),
    autosaveNow: () => (isDirty(document) ? recovery.writeNow({ path, score: document.score }) : recovery.clearNow()),
  };
};
