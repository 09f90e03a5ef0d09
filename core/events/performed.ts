import type { Micros, MidiNote, Tick } from '../units.ts';
import type { ControlEvent, CueEvent, SceneEvent, TempoEvent } from './event.ts';

/** A note as the sinks play it: its beginning and its end apart, joined by `note`. */
export interface NoteOn {
  readonly kind: 'on';
  readonly t: Micros;
  readonly tick: Tick;
  readonly layer: string;
  /** Names this sounding; counts up from 0 over the whole take. */
  readonly note: number;
  readonly pitch: MidiNote;
  /** 1..127 */
  readonly velocity: number;
}
export interface NoteOff {
  readonly kind: 'off';
  readonly t: Micros;
  readonly tick: Tick;
  readonly layer: string;
  readonly note: number;
  readonly pitch: MidiNote;
}

/** What every sink (sound, MIDI out, files) consumes, in order of time; made from events by the one expander in perform.ts. */
export type Performed = NoteOn | NoteOff | ControlEvent | TempoEvent | SceneEvent | CueEvent;
