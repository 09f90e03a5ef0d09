import { z } from 'zod';
import type { Stage } from '../../core/signal/stages.ts';
import { TEXT_LABELS, plainLabel } from '../hypnogram/labels.ts';
import type { OwnCodes } from '../hypnogram/table.ts';

const columnSchema = z.object({ Levels: z.record(z.string(), z.union([z.string(), z.object({ Description: z.string() })])) });

/** Words for what was not scored. */
const NOT_SCORED = /^(a|mt|m|\?|n\/a)$|arte?fact|unscor|unsure|unknown|movement|disconnect|not scored|invalid|lights/i;

/** A level's word as a stage: null is not scored, undefined is neither. */
const stageOfWord = (word: string): Stage | null | undefined => {
  const text = plainLabel(word).replace(/^(SLEEP )?STAGE\s+/, '').replace(/^(S|NREM ?)([1-4])$/, '$2').replace(/^AWAKE$|^WAKEFULNESS$/, 'W').replace(/^REM SLEEP$/, 'R');
  if (TEXT_LABELS.has(text)) return TEXT_LABELS.get(text);
  return NOT_SCORED.test(word.trim()) ? null : undefined;
};

/**
 * The code set that a BIDS sidecar (`..._events.json` beside `..._events.tsv`) gives a column under `Levels` (BIDS specification,
 * Tabular files). Null where no column's levels are sleep stages, waking and sleep both and nothing else.
 */
export const readSidecar = (text: string): OwnCodes | null => {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // A sidecar is a help. Without it the table's own columns decide, and say so where they cannot.
    return null;
  }
  const columns = z.record(z.string(), z.unknown()).safeParse(file);
  for (const [column, description] of Object.entries(columns.data ?? {})) {
    const read = columnSchema.safeParse(description);
    if (!read.success) continue;
    const levels = Object.entries(read.data.Levels).map(([code, level]) => [plainLabel(code), stageOfWord(typeof level === 'string' ? level : level.Description)] as const);
    const stages = levels.flatMap(([code, stage]) => (stage === undefined ? [] : [[code, stage] as const]));
    const has = (is: (stage: Stage | null) => boolean): boolean => stages.some(([, stage]) => is(stage));
    if (stages.length === levels.length && has((stage) => stage === 'W') && has((stage) => stage !== 'W' && stage !== null)) return { column, codes: new Map(stages) };
  }
  return null;
};
