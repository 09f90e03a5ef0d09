import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import { playRecording } from '../collective/play-recording.ts';
import { readRecordingFile } from '../collective/recording-file.ts';
import type { Listeners, Machine, Playing } from './playing.ts';

export type RecordingSource = Extract<NexusSource, { kind: 'recording' }>;

/** Reads a recording of a collective; `play` begins. @throws Fault where the file is none */
export const openRecording = async ({ file, startAt, speed }: RecordingSource, { clock }: Machine, listeners: Listeners): Promise<() => Playing> => {
  const { head, frames } = await readRecordingFile(file);
  const name = `a recording of ${head.source}`;
  return () => {
    const end = playRecording({
      frames,
      startAt,
      speed,
      clock,
      onFrame: (frame) => listeners.onFrame(frame, null),
      onSecond: (night, { n, gated }) => listeners.onHealth({ source: name, pods: n, gated, quality: gated ? 0 : 1, night, speed }),
      onEnd: listeners.onEnd,
    });
    return {
      name,
      room: null,
      stop: () => {
        end();
        return Promise.resolve();
      },
    };
  };
};
