import { Fault } from '../../core/fault.ts';
import { EPOCH_SECONDS, type Stage } from '../../core/signal/stages.ts';
import type { Annotation } from './edf-annotations.ts';
import { epochsOfSpans } from './epochs.ts';
import { EDF_LABELS, stageOf } from './labels.ts';

const STAGE = /^sleep stage\s+(\S+)$/i;
const MOVEMENT = /^movement time$/i;
const LATEST = 100_000_000;

/** True where there is a sleep stage among annotations. */
export const hasStages = (annotations: readonly Annotation[]): boolean => annotations.some(({ text }) => STAGE.test(text.trim()));

/**
 * Epochs from annotations that say "Sleep stage W/1/2/3/4/R/N1/N2/N3/?" or "Movement time"; others
 * (apnoeas, lights) are left alone. One without a duration lasts until the next, the last one 30 s. Throws a Fault where
 * there is no stage at all or one is unknown.
 */
export const epochsOfAnnotations = (annotations: readonly Annotation[], name: string): (Stage | null)[] => {
  const scored = annotations
    .map((annotation) => ({ ...annotation, text: annotation.text.trim() }))
    .filter(({ text }) => /^sleep stage\b/i.test(text) || MOVEMENT.test(text))
    .toSorted((a, b) => a.onset - b.onset);
  if (!scored.some(({ text }) => STAGE.test(text))) {
    throw new Fault('there are no sleep stages in this file', name, 'choose the scoring that belongs to the recording: a hypnogram with "Sleep stage ..." annotations');
  }
  const spans = scored.map(({ onset, duration, text }, i) => {
    const label = STAGE.exec(text)?.[1]?.toUpperCase();
    const stage = MOVEMENT.test(text) ? null : stageOf(EDF_LABELS, label ?? text, `${name}, ${onset} s`);
    const length = duration ?? (scored[i + 1]?.onset ?? onset + EPOCH_SECONDS) - onset;
    return { from: onset, to: Math.min(LATEST, onset + length), stage };
  });
  while (spans.at(-1)?.stage === null) spans.pop();
  return epochsOfSpans(spans, name);
};
