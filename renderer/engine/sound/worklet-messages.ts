import type { RoomShape } from '../../../core/dsp/room.ts';
import type { LayerMessage, LayerSound } from '../../../core/dsp/types.ts';

/** Names under which the processors are registered. */
export const LAYER_PROCESSOR = 'dreamscore-layer';
export const MIX_PROCESSOR = 'dreamscore-mix';

/** Inputs of the mix: as many as a score may have layers. */
export const MIX_INPUTS = 32;

/** Frames that an AudioWorklet makes at once. */
export const RENDER_QUANTUM = 128;

/** What a layer's processor is made with. */
export interface LayerOptions {
  readonly sound: LayerSound;
  readonly room: RoomShape;
  /** Frame of the context at which the gathering's frame 0 lies; a multiple of the render quantum. */
  readonly origin: number;
  /** The gathering's frame from which it sounds; a multiple of the render quantum. */
  readonly start: number;
  /** What happened before `start` and still matters, in order. */
  readonly standing: readonly LayerMessage[];
}

export type ToLayer = { readonly kind: 'messages'; readonly messages: readonly LayerMessage[] } | { readonly kind: 'close' };
/** Onsets that arrived after their frame was made. */
export type FromLayer = { readonly kind: 'late'; readonly count: number } | { readonly kind: 'failed'; readonly reason: string };

export interface MixOptions {
  readonly ceilingDb: number;
}
export type ToMix = { readonly kind: 'ceiling'; readonly ceilingDb: number };
