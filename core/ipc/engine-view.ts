import type { Cause, ScoreEvent } from '../events/event.ts';
import type { Binding, BindingTarget, Parameter } from '../score/schema.ts';
import type { CollectiveFrame } from '../signal/collective-frame.ts';
import type { Input } from '../engine/input.ts';

/** What the engine shows of itself 20 times a second over its port to the studio. Views draw this and know nothing else of the music. */
export interface EngineView {
  readonly transport: 'idle' | 'playing' | 'fading' | 'stopped';
  /** Microseconds since the gathering's start. */
  readonly t: number;
  readonly bar: number;
  /** Position in the bar, 0..1. */
  readonly barPhase: number;
  readonly beatsPerMinute: number;
  /** Name of the sounding chord, for people: "D sus2". */
  readonly chord: string;
  readonly scene: { readonly id: string; readonly since: number; readonly pending: string | null };
  readonly mode: 'follow' | 'freeze' | 'lead';
  /** How far each rule that may fire now has come, 0..1. */
  readonly rules: readonly { readonly id: string; readonly progress: number }[];
  readonly frame: CollectiveFrame | null;
  readonly layers: readonly LayerView[];
  readonly macros: readonly { readonly id: string; readonly value: number }[];
  readonly sound: SoundHealth;
  readonly midi: MidiHealth;
  readonly signals: SignalHealth;
  /** What is being learned, if anything. */
  readonly learning: BindingTarget | null;
}

export interface LayerView {
  readonly id: string;
  readonly muted: boolean;
  /** The layer's own values, the score's or a hand's, before macros and mappings; what a fader shows. */
  readonly own?: Readonly<Record<Parameter, number>>;
  /** The values now, with hands, macros and mappings in. */
  readonly parameters: Readonly<Record<Parameter, number>>;
  /** Notes sounding now, as MIDI keys. */
  readonly sounding: readonly number[];
  /** Peak of the last 50 ms in decibels, -120 is silence. */
  readonly meterDb: number;
  readonly route: 'none' | 'connected' | 'absent';
}

export interface SoundHealth {
  /** `silent`: the machine has no sound device, or it went away; the music goes on unheard. */
  readonly state: 'off' | 'running' | 'silent' | 'failed';
  readonly detail: string;
  /** Onsets that came too late to be played, since the start. */
  readonly late: number;
  readonly masterDb: number;
}

export interface MidiHealth {
  readonly state: 'off' | 'running' | 'none' | 'denied';
  readonly detail: string;
  readonly inputs: readonly MidiPortView[];
  readonly outputs: readonly MidiPortView[];
  readonly clockTo: string | null;
}

export interface MidiPortView {
  readonly name: string;
  readonly maker: string;
  readonly connected: boolean;
}

export interface SignalHealth {
  readonly state: 'none' | 'live' | 'late' | 'lost';
  readonly source: string;
  readonly pods: number;
  readonly gated: boolean;
  /** Milliseconds since the last frame; null before the first. */
  readonly ageMs: number | null;
}

/** One minute of the night, for the night clock. */
export interface NightMinute {
  readonly minute: number;
  readonly share: readonly [number, number, number, number, number];
  readonly synchrony: number;
  readonly discord: number;
  readonly scene: string;
}

/** Studio to engine, over their port; checked with `toEngineSchema` in engine-messages.ts on arrival. */
export type ToEngine =
  | { readonly kind: 'play' }
  | { readonly kind: 'input'; readonly input: Input }
  /** Wait for the next knob or pad and bind it to this; null gives up. */
  | { readonly kind: 'learn'; readonly target: BindingTarget | null }
  /** Send clock to this output, or to none. */
  | { readonly kind: 'clock'; readonly port: string | null }
  /** Play one note of a layer now, to hear it while it is edited; not journalled, not in any file. */
  | { readonly kind: 'audition'; readonly layer: string };

/** Engine to studio. */
export type FromEngine =
  | { readonly kind: 'view'; readonly view: EngineView }
  | { readonly kind: 'night'; readonly minutes: readonly NightMinute[] }
  /** Latest events, oldest first, at most 64 a message: for the roll of notes and "why this?". */
  | { readonly kind: 'events'; readonly events: readonly ScoreEvent[] }
  | { readonly kind: 'learned'; readonly binding: Binding };

export type { Cause };
