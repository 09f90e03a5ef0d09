import type { LayerMessage, LayerSound } from '../dsp/types.ts';
import { log } from '../math/elementary.ts';
import { hash32 } from '../random/keyed.ts';
import type { Layer } from '../score/schema.ts';
import { frameAt } from '../units.ts';
import { CONTROL_MAX } from './event.ts';
import type { Performed } from './performed.ts';

/** Semitones that a tuning to this A4 lies above 440 Hz. */
export const tuningSemitones = (a4Hz: number): number => (12 * log(a4Hz / 440)) / log(2);

/**
 * What a performed event tells its layer's sound; null for what is no layer's matter. A panic is not
 * among these: the sinks silence every layer themselves.
 * @param tuning semitones above equal temperament at 440 Hz, from `tuningSemitones`
 */
export const soundMessage = (performed: Performed, tuning: number): LayerMessage | null => {
  const frame = frameAt(performed.t);
  switch (performed.kind) {
    case 'on':
      return { kind: 'on', frame, note: performed.note, pitch: performed.pitch + tuning, velocity: performed.velocity / 127 };
    case 'off':
      return { kind: 'off', frame, note: performed.note };
    case 'control':
      return { kind: 'control', frame, parameter: performed.parameter, value: performed.value / CONTROL_MAX };
    default:
      return null;
  }
};

/** The sound of a score's layer; its noise is keyed by the take's seed and the layer's id. */
export const layerSound = (layer: Layer, seed: number): LayerSound => ({
  instrument: layer.instrument,
  parameters: { level: layer.parameters.level, brightness: layer.parameters.brightness, motion: layer.parameters.motion, room: layer.parameters.room },
  gainDb: layer.gainDb,
  pan: layer.pan,
  seed: hash32(seed, layer.id),
});
