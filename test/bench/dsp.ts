import { createLayer } from '../../core/dsp/layer.ts';
import { createMix } from '../../core/dsp/mix.ts';
import { INSTRUMENTS, type InstrumentKind, type LayerMessage, type LayerSound } from '../../core/dsp/types.ts';

const SECONDS = 30;
const FRAMES = SECONDS * 48_000;
const BLOCK = 128;
const ROOM = { size: 0.7, decay: 0.6, damping: 0.5 } as const;

/** What sounds at once: two drones, a chord of four that changes, a line, bells. */
const TEXTURE: Record<InstrumentKind, { pitches: readonly number[]; every: number; length: number }> = {
  drone: { pitches: [36, 43], every: 15, length: 14 },
  pad: { pitches: [50, 57, 62, 65], every: 10, length: 9.5 },
  reed: { pitches: [74], every: 3, length: 2.6 },
  bell: { pitches: [69, 76], every: 5, length: 1 },
};

const soundOf = (instrument: InstrumentKind, room: number): LayerSound => ({
  instrument, parameters: { level: 0.75, brightness: 0.5, motion: 0.5, room }, gainDb: 0, pan: 0, seed: 7,
});

const messagesOf = ({ pitches, every, length }: (typeof TEXTURE)[InstrumentKind]): LayerMessage[] =>
  Array.from({ length: Math.floor(SECONDS / every) }, (_, turn) => pitches.flatMap((pitch, i): LayerMessage[] => [
    { kind: 'on', frame: Math.floor(turn * every * 48_000), note: 10 * turn + i, pitch, velocity: 0.5 },
    { kind: 'off', frame: Math.floor((turn * every + length) * 48_000), note: 10 * turn + i },
  ])).flat().sort((a, b) => a.frame - b.frame);

/** How many times faster than real time `work` makes SECONDS of sound; the best of three. */
const speed = (work: () => void): number => {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return (1_000 * SECONDS) / Math.min(...times);
};

const layerSpeed = (kind: InstrumentKind, room: number): number => speed(() => {
  const layer = createLayer(soundOf(kind, room), ROOM, 0);
  messagesOf(TEXTURE[kind]).forEach(layer.push);
  const left = new Float32Array(BLOCK);
  const right = new Float32Array(BLOCK);
  for (let frame = 0; frame + BLOCK <= FRAMES; frame += BLOCK) layer.render(left, right, frame, BLOCK);
});

/** The peer: as many bare Math.sin oscillators, without envelope, timbre or room. */
const sineSpeed = (oscillators: number): number => speed(() => {
  const out = new Float32Array(BLOCK);
  for (let frame = 0; frame < FRAMES; frame += BLOCK) {
    out.fill(0);
    for (let k = 0; k < oscillators; k += 1) {
      const step = 0.01 * (k + 1);
      for (let i = 0; i < BLOCK; i += 1) out[i] = (out[i] ?? 0) + Math.sin((frame + i) * step);
    }
  }
});

const mixSpeed = (gain: number): number => {
  const sides = Array.from({ length: 4 }, (_layer, k) => Float32Array.from({ length: BLOCK }, (_, i) => gain * Math.sin(0.05 * (k + 1) * i)));
  const left = new Float32Array(BLOCK);
  const right = new Float32Array(BLOCK);
  return speed(() => {
    const mix = createMix(4, -3, 0);
    for (let frame = 0; frame < FRAMES; frame += BLOCK) mix.process(sides, sides, left, right, BLOCK);
  });
};

const times = (value: number): string => `${value.toFixed(0)} x real time`;

/** Speed of each instrument with and without its room, of the mix, and of plain sines in the same run; lines for people. */
export const benchSound = (): string[] => {
  let share = 0;
  const instruments = INSTRUMENTS.map((kind) => {
    const wet = layerSpeed(kind, 0.35);
    share += 100 / wet;
    return `${kind}: ${times(wet)}; without its room ${times(layerSpeed(kind, 0))}`;
  });
  const mix = mixSpeed(0.05);
  share += 100 / mix;
  return [
    ...instruments,
    `mix of four layers: ${times(mix)}; while the limiter works ${times(mixSpeed(1))}`,
    `peer, 12 bare Math.sin oscillators (a two-note drone has 12): ${times(sineSpeed(12))}`,
    `all four layers and the mix: ${share.toFixed(1)} % of one core`,
  ];
};
