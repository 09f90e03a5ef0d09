import { COLLECTIVE_HZ, type CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { MICROS_PER_SECOND } from '../../core/units.ts';
import { keepBeat } from '../beat.ts';
import type { Clock } from '../clock.ts';

export interface PlayRecordingOptions {
  /** In order of time, at least one. */
  readonly frames: readonly CollectiveFrame[];
  /** Seconds from the first frame. */
  readonly startAt: number;
  readonly speed: number;
  readonly clock: Clock;
  readonly onFrame: (frame: CollectiveFrame) => void;
  /** Once a second: seconds from the first frame. */
  readonly onSecond: (night: number, frame: CollectiveFrame) => void;
  readonly onEnd: () => void;
}

/** Plays recorded frames 4 times a second, at real time or faster: each beat the latest frame of its moment. Returns the way to end it. */
export const playRecording = ({ frames, startAt, speed, clock, onFrame, onSecond, onEnd }: PlayRecordingOptions): (() => void) => {
  const first = frames[0]?.t ?? 0;
  let at = 0;
  return keepBeat(clock, 1_000 / COLLECTIVE_HZ, (count) => {
    const night = startAt + (count * speed) / COLLECTIVE_HZ;
    const moment = first + night * MICROS_PER_SECOND;
    while (at + 1 < frames.length && (frames[at + 1]?.t ?? 0) <= moment) at += 1;
    const frame = frames[at];
    if (frame === undefined || (at === frames.length - 1 && moment > frame.t + MICROS_PER_SECOND)) {
      onEnd();
      return false;
    }
    onFrame(frame);
    if (count % COLLECTIVE_HZ === 0) onSecond(night, frame);
    return true;
  });
};
