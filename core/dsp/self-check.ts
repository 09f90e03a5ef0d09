import { SAMPLE_RATE } from '../units.ts';
import { createLayer } from './layer.ts';
import { createMix } from './mix.ts';
import { INSTRUMENTS, type InstrumentKind, type LayerMessage, type LayerSound } from './types.ts';

/** The name of what was rendered and the hash of its exact bits, 8 hexadecimal digits. */
export interface SelfCheck {
  readonly name: string;
  readonly hash: string;
}

const FRAMES = 2 * SAMPLE_RATE;
const ROOM = { size: 0.6, decay: 0.4, damping: 0.5 } as const;

/** Hash of the bits of all samples (FNV-1a over 32-bit words). */
export const hashOfSamples = (...channels: readonly Float32Array[]): string => {
  let hash = 0x811c_9dc5;
  for (const channel of channels) {
    const words = new Uint32Array(channel.buffer, channel.byteOffset, channel.length);
    for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ (words[i] as number), 0x0100_0193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
};

const soundOf = (instrument: InstrumentKind, send: number): LayerSound => ({
  instrument, parameters: { level: 0.75, brightness: 0.5, motion: 0.5, room: send }, gainDb: 0, pan: 0.2, seed: 20_260_101,
});

const MESSAGES: readonly LayerMessage[] = [
  { kind: 'on', frame: 77, note: 1, pitch: 57, velocity: 0.7 },
  { kind: 'on', frame: 9_000, note: 2, pitch: 64.13, velocity: 0.5 },
  { kind: 'control', frame: 24_000, parameter: 'brightness', value: 0.9 },
  { kind: 'off', frame: 40_000, note: 1 },
  { kind: 'control', frame: 60_000, parameter: 'level', value: 0.4 },
];

const renderOne = (sound: LayerSound): readonly [Float32Array, Float32Array] => {
  const layer = createLayer(sound, ROOM, 0);
  MESSAGES.forEach(layer.push);
  const left = new Float32Array(FRAMES);
  const right = new Float32Array(FRAMES);
  layer.render(left, right, 0, FRAMES);
  return [left, right];
};

/**
 * Renders two seconds of each instrument with and without room and of a mix that the limiter has to
 * hold, and hashes the bits. Every engine must give the same list; about 0.3 s of work.
 */
export const selfCheck = (): readonly SelfCheck[] => {
  const wet = INSTRUMENTS.map((kind) => renderOne(soundOf(kind, 0.5)));
  const dry = INSTRUMENTS.map((kind) => ({ name: kind, hash: hashOfSamples(...renderOne(soundOf(kind, 0))) }));
  const rooms = INSTRUMENTS.map((kind, i) => ({ name: `${kind} in its room`, hash: hashOfSamples(...(wet[i] ?? [])) }));
  const left = new Float32Array(FRAMES);
  const right = new Float32Array(FRAMES);
  const loud = wet.map((pair) => pair.map((side) => side.map((x) => 12 * x)));
  createMix(loud.length, -3, 0).process(loud.map(([l]) => l ?? left), loud.map(([, r]) => r ?? right), left, right, FRAMES);
  return [...dry, ...rooms, { name: 'mix under the limiter', hash: hashOfSamples(left, right) }];
};
