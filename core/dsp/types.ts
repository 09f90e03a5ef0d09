/**
 * What a layer's sound is told and what it is. The same messages drive the layer live (in an
 * AudioWorklet) and offline (in a worker thread); `frame` counts samples at 48 kHz from the
 * gathering's start.
 */
export type LayerMessage =
  | { readonly kind: 'on'; readonly frame: number; readonly note: number; readonly pitch: number; readonly velocity: number }
  | { readonly kind: 'off'; readonly frame: number; readonly note: number }
  | { readonly kind: 'control'; readonly frame: number; readonly parameter: string; readonly value: number }
  | { readonly kind: 'silence'; readonly frame: number };
// `note` names one sounding note so that its off finds it; `pitch` is in MIDI keys with fraction
// (tuning included); `velocity` and `value` are 0..1.

export const INSTRUMENTS = ['drone', 'pad', 'reed', 'bell'] as const;
export type InstrumentKind = (typeof INSTRUMENTS)[number];

/** Parameters that every instrument answers to, each 0..1 by control message; a score gives their start values. */
export const SOUND_PARAMETERS = ['level', 'brightness', 'motion', 'room'] as const;
export type SoundParameter = (typeof SOUND_PARAMETERS)[number];

/** The sound of one layer, from the score. */
export interface LayerSound {
  readonly instrument: InstrumentKind;
  /** Start values of the continuous parameters, 0..1. `level` is a fader: 0 silent, 0.75 unity gain. */
  readonly parameters: Readonly<Record<SoundParameter, number>>;
  /** Gain of the layer in the mix, in decibels, applied beside the fader. */
  readonly gainDb: number;
  /** -1 left .. 1 right. */
  readonly pan: number;
  /** Seed of the layer's noise, so that it is the same wherever it is rendered. */
  readonly seed: number;
}
