import { advance } from '../../core/engine/advance.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import { stampInput } from '../../core/engine/stamp.ts';
import { initialState } from '../../core/engine/state.ts';
import { eventLine } from '../../core/events/ndjson.ts';
import { hashText } from '../../core/random/keyed.ts';
import { seconds } from '../../core/units.ts';
import { gatheringFrames } from '../../nexus/gathering-source.ts';
import { firstLight } from './score.ts';

/**
 * Simulates, folds and composes half an hour with hands on it, and hashes every frame and every event
 * line. Node, Electron and Chromium must give the same; about a second of work.
 */
export const composedCheck = (): { readonly frames: string; readonly events: string; readonly count: number } => {
  const score = firstLight();
  const journal: StampedInput[] = [];
  for (const frame of gatheringFrames({ simulate: 12, seed: 5, seconds: 1_800 })) {
    journal.push(stampInput(journal, { kind: 'frame', frame }, frame.t));
    if (frame.t === 300_000_000) journal.push(stampInput(journal, { kind: 'scene', scene: 'dream' }, frame.t));
    if (frame.t === 400_000_000) journal.push(stampInput(journal, { kind: 'macro', macro: 'many', value: 0.8 }, frame.t));
  }
  const lines = advance(initialState(score, 7), journal, seconds(1_800)).events.map(eventLine);
  const hex = (text: string): string => hashText(text).toString(16);
  return { frames: hex(JSON.stringify(journal)), events: hex(lines.join('\n')), count: lines.length };
};
