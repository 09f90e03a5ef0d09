import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import { playRecording } from '../collective/play-recording.ts';
import { readRecordingFile } from '../collective/recording-file.ts';
import type { Listeners, Machine, Opening } from './playing.ts';

export type RecordingSource = Extract<NexusSource, { kind: 'recording' }>;

/** Reads a recording of a collective. @throws Fault where the file is none */
export const openRecording = async ({ file, startAt, speed }: RecordingSource, { clock }: Machine, listeners: Listeners): Promise<Opening> => {
  const { head, frames } = await readRecordingFile(file);
  const name = `a recording of ${head.source}`;
  return {
    name,
    minimumPods: head.minimumPods,
    begin: async () => {
      const end = playRecording({
        frames,
        startAt,
        speed,
        clock,
        onFrame: (frame) => listeners.onFrame(frame, null),
        onSecond: (night, { n, gated }) => listeners.onHealth({ source: name, pods: n, gated, quality: gated ? 0 : 1, night, speed }),
        onEnd: listeners.onEnd,
      });
      return { room: null, stop: async () => end() };
    },
  };
};
