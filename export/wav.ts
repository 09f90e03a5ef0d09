import { open } from 'node:fs/promises';
import { EncodedAudioPacketSource, EncodedPacket, Output, StreamTarget, WavOutputFormat, type StreamTargetChunk } from 'mediabunny';
import { SAMPLE_RATE } from '../core/units.ts';

/** Bytes a stereo frame of 24 bits takes. */
const FRAME_BYTES = 6;
/** Room for headers under the 4 GiB that a plain WAV can say; longer files become RF64. */
const LARGEST_PLAIN = 2 ** 32 - 65_536;
const FULL_SCALE = 8_388_607;

/** A stereo 24-bit, 48 kHz file that grows block by block. */
export interface WavWriter {
  /** Appends frames `begin` up to `end` of both sides. Beyond full scale they are clipped. */
  write(left: Float32Array, right: Float32Array, begin: number, end: number): Promise<void>;
  /** Completes the header and closes the file. */
  close(): Promise<void>;
  /** Closes the file as it is, to be removed. */
  abandon(): Promise<void>;
}

const whole24 = (sample: number): number => Math.max(-FULL_SCALE, Math.min(FULL_SCALE, Math.floor(sample * FULL_SCALE + 0.5)));

/**
 * Samples as 24-bit little-endian whole numbers, rounded to the nearest (halves up). There is no
 * dither: the error lies at -146 dBFS, below any converter, and the files stay the same to the bit.
 */
export const encode24 = (left: Float32Array, right: Float32Array, begin: number, end: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array((end - begin) * FRAME_BYTES);
  let at = 0;
  for (let i = begin; i < end; i += 1) {
    const l = whole24(left[i] ?? 0);
    const r = whole24(right[i] ?? 0);
    bytes[at] = l;
    bytes[at + 1] = l >> 8;
    bytes[at + 2] = l >> 16;
    bytes[at + 3] = r;
    bytes[at + 4] = r >> 8;
    bytes[at + 5] = r >> 16;
    at += FRAME_BYTES;
  }
  return bytes;
};

/**
 * Opens a WAV of `frames` frames for writing (RF64 where it will exceed 4 GiB). System errors
 * (no folder, no right, disk full) come as they are, here or from `write`.
 */
export const openWav = async (path: string, frames: number): Promise<WavWriter> => {
  const file = await open(path, 'w');
  const sink = new WritableStream<StreamTargetChunk>({
    write: async ({ data, position }) => {
      for (let done = 0; done < data.byteLength;) {
        done += (await file.write(data, done, data.byteLength - done, position + done)).bytesWritten;
      }
    },
  });
  const output = new Output({ format: new WavOutputFormat({ large: frames * FRAME_BYTES > LARGEST_PLAIN }), target: new StreamTarget(sink) });
  const source = new EncodedAudioPacketSource('pcm-s24');
  output.addAudioTrack(source);
  const meta = { decoderConfig: { codec: 'pcm-s24', numberOfChannels: 2, sampleRate: SAMPLE_RATE } };
  let written = 0;
  let started = false;
  const start = async (): Promise<void> => {
    if (started) return;
    started = true;
    await output.start();
  };
  return {
    write: async (left, right, begin, end) => {
      if (end <= begin) return;
      await start();
      const packet = new EncodedPacket(encode24(left, right, begin, end), 'key', written / SAMPLE_RATE, (end - begin) / SAMPLE_RATE);
      await source.add(packet, meta);
      written += end - begin;
    },
    close: async () => {
      await start();
      await output.finalize();
      await file.close();
    },
    abandon: async () => {
      if (started) await output.cancel().catch(() => undefined);
      await file.close().catch(() => undefined);
    },
  };
};
