import { Fault } from '../../core/fault.ts';
import { EPOCH_SECONDS, type Stage } from '../../core/signal/stages.ts';
import { MAXIMUM_EPOCHS } from './limits.ts';

/** A stage from one moment to another, seconds from the recording's start. */
export interface ScoredSpan {
  readonly from: number;
  readonly to: number;
  readonly stage: Stage | null;
}

/**
 * Spans as 30 s epochs: each epoch takes the span that covers its middle (a later span wins), and what no
 * span covers is null. Throws a Fault where the night would be longer than three days.
 */
export const epochsOfSpans = (spans: readonly ScoredSpan[], name: string): (Stage | null)[] => {
  const end = spans.reduce((latest, span) => Math.max(latest, span.to), 0);
  const count = Math.round(end / EPOCH_SECONDS);
  if (count > MAXIMUM_EPOCHS) {
    throw new Fault('the night is too long', `${name} (${Math.round(end / 3_600)} h)`, `cut it to ${(MAXIMUM_EPOCHS * EPOCH_SECONDS) / 3_600} h or less`);
  }
  const epochs = new Array<Stage | null>(count).fill(null);
  const middle = EPOCH_SECONDS / 2;
  for (const { from, to, stage } of spans) {
    const first = Math.max(0, Math.ceil((from - middle) / EPOCH_SECONDS));
    const last = Math.min(count, Math.ceil((to - middle) / EPOCH_SECONDS));
    for (let epoch = first; epoch < last; epoch += 1) epochs[epoch] = stage;
  }
  return epochs;
};
