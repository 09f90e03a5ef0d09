import { createLayer } from '../../../core/dsp/layer.ts';
import type { RoomShape } from '../../../core/dsp/room.ts';
import type { InstrumentKind, LayerMessage, LayerSound } from '../../../core/dsp/types.ts';

export const ROOM: RoomShape = { size: 0.6, decay: 0.5, damping: 0.5 };

export const soundOf = (instrument: InstrumentKind, room = 0.35, seed = 7): LayerSound => ({
  instrument, parameters: { level: 0.75, brightness: 0.5, motion: 0.5, room }, gainDb: 0, pan: 0, seed,
});

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Renders frames `from` up to `to` with a layer that starts at `start`, in blocks whose sizes come round in turn. */
export const renderLayer = (sound: LayerSound, messages: readonly LayerMessage[], to: number, options: { from?: number; start?: number; blocks?: readonly number[] } = {}): Stereo => {
  const { from = 0, start = 0, blocks = [4_096] } = options;
  const layer = createLayer(sound, ROOM, start);
  messages.forEach(layer.push);
  const left = new Float32Array(to - start);
  const right = new Float32Array(to - start);
  for (let at = start, turn = 0; at < to; turn += 1) {
    const frames = Math.min(blocks[turn % blocks.length] ?? 1, to - at);
    layer.render(left.subarray(at - start), right.subarray(at - start), at, frames);
    at += frames;
  }
  return { left: left.slice(from - start), right: right.slice(from - start) };
};

/** A note as its two messages; times in frames. */
export const note = (id: number, on: number, off: number, pitch: number, velocity = 0.6): LayerMessage[] => [
  { kind: 'on', frame: on, note: id, pitch, velocity },
  { kind: 'off', frame: off, note: id },
];

export const inOrder = (messages: readonly LayerMessage[]): LayerMessage[] => [...messages].sort((a, b) => a.frame - b.frame);

/** A short scene of one layer: notes that overlap, and controls that move. */
export const scene = (frames: number, count = 9): LayerMessage[] => {
  const notes = Array.from({ length: count }, (_, i) => {
    const on = Math.floor((frames * i) / (count + 1)) + 13 * i;
    return note(i, on, on + Math.floor(frames / 4) + 1_001 * i, 45 + ((i * 7) % 24) + 0.01 * i, 0.3 + 0.07 * (i % 8));
  });
  const controls = Array.from({ length: 24 }, (_, i): LayerMessage => ({
    kind: 'control', frame: Math.floor((frames * i) / 24) + 5, parameter: ['brightness', 'level', 'motion', 'room'][i % 4] ?? 'level', value: ((i * 5) % 11) / 11 + 0.05,
  }));
  return inOrder([...notes.flat(), ...controls]);
};

const median = (values: Float64Array): number => Float64Array.from(values).sort()[values.length >> 1] ?? 0;

/**
 * Frames whose second difference is more than `times` the median of those around it, taken over the 21 ms before or
 * after, whichever moves more: an onset out of silence is no click, a step within a sound or at its end is one.
 */
export const clicks = (signal: Float32Array, times = 12, floor = 1e-7): number[] => {
  const window = 1_024;
  const second = Float64Array.from({ length: signal.length }, (_, i) => (i < 2 ? 0 : Math.abs((signal[i] ?? 0) - 2 * (signal[i - 1] ?? 0) + (signal[i - 2] ?? 0))));
  const found: number[] = [];
  for (let start = 0; start < second.length; start += window) {
    let limit = -1;
    for (let i = start; i < Math.min(second.length, start + window); i += 1) {
      if ((second[i] ?? 0) <= times * floor) continue;
      if (limit < 0) limit = times * Math.max(floor, median(second.slice(Math.max(0, start - window), start)), median(second.slice(start + window, start + 2 * window)));
      if ((second[i] ?? 0) > limit) found.push(i);
    }
  }
  return found;
};
