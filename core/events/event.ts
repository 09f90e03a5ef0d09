import type { Micros, MidiNote, Tick } from '../units.ts';

/** Why an event came to be: the rule's name and the signal values that made it. Shown by "why this?", kept in files. */
export interface Cause {
  readonly rule: string;
  readonly signals?: Readonly<Record<string, number>>;
}

interface EventBase {
  /** Onset, microseconds from the gathering's start. */
  readonly t: Micros;
  /** Onset in musical time. */
  readonly tick: Tick;
  /** Id of the layer, or `score` for what concerns the whole. */
  readonly layer: string;
  readonly cause: Cause;
}

/** A note with its length in ticks; note-offs are made from it by the one expander (see notes-off.ts). */
export interface NoteEvent extends EventBase {
  readonly kind: 'note';
  readonly pitch: MidiNote;
  /** 1..127 */
  readonly velocity: number;
  readonly ticks: number;
}

/** A continuous parameter of a layer moves to `value` over one step of the control grid. */
export interface ControlEvent extends EventBase {
  readonly kind: 'control';
  readonly parameter: string;
  /** 0..16383, 14 bits like MIDI's finest controllers. */
  readonly value: number;
}

/** From this bar line on a quarter note lasts this many microseconds. */
export interface TempoEvent extends EventBase {
  readonly kind: 'tempo';
  readonly microsPerQuarter: number;
}

export interface SceneEvent extends EventBase {
  readonly kind: 'scene';
  readonly scene: string;
  readonly name: string;
}

/** Something for the sinks or the story: `fade` (gentle stop), `panic`, or a cue of the score. */
export interface CueEvent extends EventBase {
  readonly kind: 'cue';
  readonly cue: string;
  readonly text?: string;
}

export type ScoreEvent = NoteEvent | ControlEvent | TempoEvent | SceneEvent | CueEvent;

/** The layer name of events that concern the whole score. */
export const SCORE_LAYER = 'score';
export const CONTROL_MAX = 16_383;
