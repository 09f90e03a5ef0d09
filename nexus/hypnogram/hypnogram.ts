import type { Stage } from '../../core/signal/stages.ts';

/** A scored night: one stage for each 30 s epoch; null where it was not scored (movement, artefact, unknown). */
export interface Hypnogram {
  readonly epochs: readonly (Stage | null)[];
  /** Local clock time of the first epoch, `yyyy-mm-ddThh:mm:ss`, where the file says so. */
  readonly startedAt: string | null;
  /** What the stages were read from, for people: file name and form. */
  readonly source: string;
}

/** Epochs of waking kept before the first and after the last sleep: 15 minutes. */
const MARGIN = 30;

/**
 * The night from 15 minutes before the first sleep to 15 minutes after the last; where the recording
 * has less before it, waking is put there, so that several nights fall asleep together. A recording
 * without any sleep comes back as it is.
 */
export const alignOnset = (hypnogram: Hypnogram): Hypnogram => {
  const asleep = (stage: Stage | null): boolean => stage !== null && stage !== 'W';
  const first = hypnogram.epochs.findIndex(asleep);
  if (first < 0) return hypnogram;
  const last = hypnogram.epochs.findLastIndex(asleep);
  const missing = Math.max(0, MARGIN - first);
  const kept = hypnogram.epochs.slice(Math.max(0, first - MARGIN), last + 1 + MARGIN);
  const epochs = [...new Array<Stage>(missing).fill('W'), ...kept];
  return { ...hypnogram, epochs, startedAt: null };
};
