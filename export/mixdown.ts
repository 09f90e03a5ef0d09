import { createMix } from '../core/dsp/mix.ts';
import { CHUNK, type Chunk } from './layer-host.ts';
import type { WavWriter } from './wav.ts';

/** Gathers the layers' chunks, whatever order they come in, and writes the mix in the score's order. */
export interface Mixdown {
  accept(chunk: Chunk): void;
  /** Resolves when the last chunk is written; rejects at the first error. */
  readonly done: Promise<void>;
}

/** The stretch to mix, in frames: chunks run from `start` to `until`, the file from `from` up to `to`. */
export interface Stretch {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

/**
 * @param onMixed called after each chunk with the number of chunks mixed so far
 */
export const createMixdown = (layerCount: number, ceilingDb: number, stretch: Stretch, wav: WavWriter, onMixed: (chunks: number) => void): Mixdown => {
  const { start, from, to, until } = stretch;
  const mix = createMix(layerCount, ceilingDb, start);
  const chunks = Math.ceil((until - start) / CHUNK);
  const gathered = new Map<number, Chunk[]>();
  const left = new Float32Array(CHUNK);
  const right = new Float32Array(CHUNK);
  let next = 0;
  let busy = false;
  let finish: () => void = () => undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });

  const mixChunk = async (layers: Chunk[]): Promise<void> => {
    layers.sort((a, b) => a.layer - b.layer);
    const frames = layers[0]?.left.length ?? 0;
    mix.process(layers.map((chunk) => chunk.left), layers.map((chunk) => chunk.right), left, right, frames);
    const first = start + next * CHUNK - mix.latency;
    await wav.write(left, right, Math.max(0, from - first), Math.min(frames, to - first));
  };

  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (let ready = gathered.get(next); ready?.length === layerCount; ready = gathered.get(next)) {
        await mixChunk(ready);
        gathered.delete(next);
        next += 1;
        onMixed(next);
      }
      if (next === chunks) finish();
    } catch (error) {
      fail(error);
    }
    busy = false;
  };

  return {
    done,
    accept: (chunk) => {
      const ready = gathered.get(chunk.sequence);
      if (ready === undefined) gathered.set(chunk.sequence, [chunk]);
      else ready.push(chunk);
      void drain();
    },
  };
};
