import type { ExportProgress, ExportRequest } from '../../../core/ipc/contract.ts';
import { clockTime } from '../state/format.ts';
import { text } from '../text/text.ts';

export const isUnderWay = (progress: ExportProgress | null): boolean => progress !== null && ['composing', 'rendering', 'mixing'].includes(progress.state);

/** Why a span cannot be exported, in words; null where it can. `played` is how many seconds of the take there are. */
export const spanFault = (of: ExportRequest['of'], from: number, to: number, played: number): string | null => {
  if (of === 'take' && played < 1) return text.exporting.nothingPlayed;
  if (to <= from) return text.exporting.badSpan;
  return of === 'take' && to > played + 1 ? text.exporting.tooLong(clockTime(played)) : null;
};
