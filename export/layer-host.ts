import { createLayer } from '../core/dsp/layer.ts';
import type { RoomShape } from '../core/dsp/room.ts';
import type { LayerSound } from '../core/dsp/types.ts';
import { unpackMessage, type PackedMessages } from './packed-messages.ts';
import { openWav } from './wav.ts';

/** Frames rendered and handed over at a time: half a second. */
export const CHUNK = 24_576;

/** One layer's work. `index` is its place in the score, `path` the file it goes to. */
export interface LayerWork {
  readonly index: number;
  readonly path: string;
  readonly sound: LayerSound;
  readonly messages: PackedMessages;
}

/** The layers that one worker renders side by side, and the stretch of time, in frames. */
export interface HostJob {
  readonly layers: readonly LayerWork[];
  readonly room: RoomShape;
  /** Rendering starts here (pre-roll), files begin at `from` and end before `to`; chunks go on to `until`. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

/** A layer's samples, before any rounding to 24 bits. */
export interface Chunk {
  readonly layer: number;
  readonly sequence: number;
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

export interface HostPort {
  send(chunk: Chunk): void;
  /** Resolves when this sequence may be rendered; rejects when there is no more need. */
  turn(sequence: number): Promise<void>;
}

const openLayer = async (work: LayerWork, job: HostJob) => {
  const layer = createLayer(work.sound, job.room, job.start);
  const wav = await openWav(work.path, job.to - job.from);
  const { messages } = work;
  let next = 0;
  return {
    work,
    wav,
    render: async (sequence: number): Promise<Chunk> => {
      const first = job.start + sequence * CHUNK;
      const frames = Math.min(CHUNK, job.until - first);
      // One quantum beyond the chunk, since the layer works by whole quanta.
      for (; next < messages.frames.length && (messages.frames[next] ?? 0) < first + frames + 128; next += 1) layer.push(unpackMessage(messages, next));
      const left = new Float32Array(frames);
      const right = new Float32Array(frames);
      layer.render(left, right, first, frames);
      await wav.write(left, right, Math.max(0, job.from - first), Math.min(frames, job.to - first));
      return { layer: work.index, sequence, left, right };
    },
  };
};

/** Renders all layers of a job chunk by chunk, in step; memory does not grow with the length. */
export const hostLayers = async (job: HostJob, port: HostPort): Promise<void> => {
  const opened: Awaited<ReturnType<typeof openLayer>>[] = [];
  try {
    for (const work of job.layers) opened.push(await openLayer(work, job));
    const chunks = Math.ceil((job.until - job.start) / CHUNK);
    for (let sequence = 0; sequence < chunks; sequence += 1) {
      await port.turn(sequence);
      for (const layer of opened) port.send(await layer.render(sequence));
    }
    for (const layer of opened) await layer.wav.close();
  } catch (error) {
    for (const layer of opened) await layer.wav.abandon();
    throw error;
  }
};
