import type { ScoreEvent } from './event.ts';

/** At one moment: what changes the whole first, then the layers' controls, then their notes. */
const RANK: Readonly<Record<ScoreEvent['kind'], number>> = { tempo: 0, scene: 1, cue: 2, control: 3, note: 4 };

/** Compares by UTF-16 code units, so that the order is the same in every language and engine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const detail = (event: ScoreEvent): string => (event.kind === 'control' ? event.parameter : event.kind === 'cue' ? event.cue : '');

/** The total order of events: time, kind, layer, then parameter or pitch. For `sort`. */
export const compareEvents = (a: ScoreEvent, b: ScoreEvent): number =>
  a.t - b.t ||
  RANK[a.kind] - RANK[b.kind] ||
  byText(a.layer, b.layer) ||
  byText(detail(a), detail(b)) ||
  (a.kind === 'note' && b.kind === 'note' ? a.pitch - b.pitch || b.ticks - a.ticks : 0);
