import type { NoteEvent, ScoreEvent } from '../../core/events/event.ts';
import { openGathering } from '../../nexus/gathering-source.ts';
import type { Arrival } from './engine.ts';

/** Frames of a simulated gathering, one a second: some minutes of its night, told as if they began at a second of the music. */
export const simulatedFrames = (pods: number, seed: number, fromMinute: number, minutes: number, at = 0): Arrival[] => {
  const gathering = openGathering({ simulate: pods, seed });
  return Array.from({ length: minutes * 60 }, (_, second): Arrival => {
    const frame = gathering.at((fromMinute * 60 + second) * 4);
    return [at + second, { kind: 'frame', frame: { ...frame, t: (at + second) * 1_000_000 } }];
  });
};

export const notesOf = (events: readonly ScoreEvent[]): NoteEvent[] => events.filter((event) => event.kind === 'note');
