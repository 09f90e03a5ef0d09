import { Fault } from '../../core/fault.ts';
import type { Score } from '../../core/score/schema.ts';
import { faultSentence } from './dispatch.ts';
import type { Opened } from './desk.ts';
import type { Recovery, Unsaved } from './recovery.ts';
import { readScore } from './score-file.ts';
import { heardScore } from './take.ts';
import type { CutOffTake } from './take-file.ts';
import { text } from './text.ts';

export interface Start {
  readonly opened: Opened;
  /** A take to go on with; null where there is none, or its score does not fit. */
  readonly cutOff: CutOffTake | null;
  /** What the person must know. */
  readonly notices: readonly { readonly tone: 'info' | 'warning'; readonly text: string }[];
}

type Notices = Start['notices'][number][];

const sayFault = (error: unknown, notices: Notices): null => {
  if (!(error instanceof Fault)) throw error;
  notices.push({ tone: 'warning', text: faultSentence(error) });
  return null;
};

/** A file that was asked for on the command line; what was unsaved is kept beside it, or comes back where it is this file's. */
const openAsked = async (asked: string, unsaved: Unsaved | null, recovery: Recovery, notices: Notices): Promise<Opened | null> => {
  if (unsaved !== null && unsaved.path === asked) return recovered(unsaved, notices);
  const score = await readScore(asked).catch((error: unknown) => sayFault(error, notices));
  if (score === null) return null;
  if (unsaved !== null) notices.push({ tone: 'info', text: text.keptCopy(await recovery.keepCopy(unsaved.score)) });
  return { score, path: asked, clean: true };
};

const recovered = (unsaved: Unsaved, notices: Notices): Opened => {
  notices.push({ tone: 'info', text: text.recovered(unsaved.score.title) });
  return { ...unsaved, clean: false };
};

const heardOf = (cutOff: CutOffTake, notices: Notices): Score | null => {
  try {
    return heardScore(cutOff.head.score, cutOff.inputs);
  } catch (error) {
    return sayFault(error, notices);
  }
};

/**
 * What lies on the desk at the start: the file that was asked for; or else the performance that was cut off, as it was heard
 * last; or else what was left unsaved; or else the built-in score.
 */
export const openFirst = async (asked: string | null, builtIn: Score, cutOff: CutOffTake | null, recovery: Recovery): Promise<Start> => {
  const notices: Notices = [];
  const unsaved = await recovery.read().catch((error: unknown) => sayFault(error, notices));
  const file = asked === null ? null : await openAsked(asked, unsaved, recovery, notices);
  if (file !== null) return { opened: file, cutOff: null, notices };
  const heard = cutOff === null ? null : heardOf(cutOff, notices);
  if (heard !== null) {
    notices.push({ tone: 'info', text: text.takeResumed });
    return { opened: { score: heard, path: unsaved?.path ?? null, clean: unsaved === null && JSON.stringify(heard) === JSON.stringify(builtIn) }, cutOff, notices };
  }
  if (unsaved !== null) return { opened: recovered(unsaved, notices), cutOff: null, notices };
  return { opened: { score: builtIn, path: null, clean: true }, cutOff: null, notices };
};
