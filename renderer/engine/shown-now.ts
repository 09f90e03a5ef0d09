import type { EngineState } from '../../core/engine/state.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { NoteOn, Performed } from '../../core/events/performed.ts';
import { microsAt } from '../../core/time/tempo-map.ts';
import { tick, TICKS_PER_QUARTER } from '../../core/units.ts';

/** What sounds at a moment, though the engine has decided further: the views must not run ahead of the ear. */
export interface ShownNow {
  readonly decided: (state: EngineState, events: readonly ScoreEvent[]) => void;
  readonly performed: (events: readonly Performed[]) => void;
  /** A take goes on from this state, with these notes open. */
  readonly resumed: (state: EngineState, sounding: readonly NoteOn[]) => void;
  readonly chordAt: (now: number) => string;
  readonly sceneAt: (now: number) => { readonly id: string; readonly since: number } | null;
  /** MIDI keys sounding at `now`, by layer, low to high. */
  readonly soundingAt: (now: number) => ReadonlyMap<string, readonly number[]>;
}

interface Timed<T> {
  readonly t: number;
  readonly value: T;
}

/** The latest at or before `now`; what lies before it is let go. */
const latest = <T>(list: Timed<T>[], now: number): T | null => {
  while (list.length > 1 && (list[1]?.t ?? Infinity) <= now) list.shift();
  return list[0]?.value ?? null;
};

/** When the bar that was decided last begins. */
const barLine = (state: EngineState): number => {
  const line = state.barTick - state.score.beatsPerBar * TICKS_PER_QUARTER;
  return line <= 0 ? 0 : microsAt(state.tempo, tick(line));
};

export const createShownNow = (): ShownNow => {
  const chords: Timed<string>[] = [];
  const scenes: Timed<{ readonly id: string; readonly since: number }>[] = [];
  const notes = new Map<number, { layer: string; pitch: number; on: number; off: number }>();

  const performed: ShownNow['performed'] = (events) => {
    for (const event of events) {
      if (event.kind === 'on') notes.set(event.note, { layer: event.layer, pitch: event.pitch, on: event.t, off: Infinity });
      const note = event.kind === 'off' ? notes.get(event.note) : undefined;
      if (note !== undefined) note.off = event.t;
    }
  };

  return {
    decided: (state, events) => {
      for (const event of events) {
        if (event.kind === 'scene') scenes.push({ t: event.t, value: { id: event.scene, since: event.t } });
      }
      // A chord is heard from the line of the bar that it was decided for.
      const line = barLine(state);
      const before = chords.at(-1);
      if (before === undefined || before.value !== state.harmony.chord.name) chords.push({ t: line, value: state.harmony.chord.name });
    },
    performed,
    resumed: (state, sounding) => {
      scenes.push({ t: state.scene.since, value: state.scene });
      performed(sounding);
    },
    chordAt: (now) => latest(chords, now) ?? '',
    sceneAt: (now) => latest(scenes, now),
    soundingAt: (now) => {
      const keys = new Map<string, number[]>();
      for (const [id, note] of notes) {
        if (note.off <= now) notes.delete(id);
        else if (note.on <= now) keys.set(note.layer, [...(keys.get(note.layer) ?? []), note.pitch].toSorted((a, b) => a - b));
      }
      return keys;
    },
  };
};
