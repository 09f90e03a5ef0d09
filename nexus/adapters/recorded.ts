import { keyed } from '../../core/random/keyed.ts';
import { keepBeat } from '../beat.ts';
import type { Clock } from '../clock.ts';
import { replayOf, type Align, type AnyNight } from '../replay.ts';
import { createCrowd } from '../simulator/crowd.ts';
import type { Adapter, AdapterHealth, Intake } from './adapter.ts';

export interface RecordedOptions {
  readonly nights: readonly AnyNight[];
  readonly align: Align;
  /** Makes session ids, and what is modelled where a recording is silent. */
  readonly seed: number;
  readonly circle: string;
  /** Times faster than real, 1 to 240. */
  readonly speed?: number;
  readonly intake: Intake;
  readonly clock: Clock;
}

const NAME = 'recorded nights';

/**
 * Recorded nights who come in by the same door as live pods, each by a connection of its own, one frame a second. The door counts what
 * comes by its own clock, so a faster night does not send more: of the seconds that went by, each beat sends the last. A pod whose
 * night is over says goodbye.
 */
export const createRecordedAdapter = ({ nights, align, seed, circle, speed = 1, intake, clock }: RecordedOptions): Adapter => {
  // No file's name: whoever sees the room's status need not see whose nights these are.
  const counted = nights.length === 1 ? 'one recorded night' : `${nights.length} recorded nights`;
  let cancel: (() => void) | null = null;
  let health: AdapterHealth = { state: 'off', words: 'Off' };

  const play = (): void => {
    // A seed of their own: simulated sleepers of the same seed would have the same session ids.
    const crowdSeed = keyed(seed, 'recorded', 0, 'crowd', 0);
    const crowd = createCrowd({ sources: nights.map((night) => replayOf(night, align).source), staging: 'labels', seed: crowdSeed });
    let present = new Set<string>();
    const origin = (sid: string) => ({ adapter: NAME, connection: sid, modelled: true, circle } as const);
    cancel = keepBeat(clock, 1_000, (beat) => {
      const due = Math.floor(beat * speed);
      let frames = crowd.step();
      while (crowd.second <= due) frames = crowd.step();
      const now = new Set(frames.map(({ sid }) => sid));
      for (const sid of present) if (!now.has(sid)) intake.bye(sid, origin(sid));
      for (const frame of frames) intake.frame(frame, origin(frame.sid));
      present = now;
      if (now.size > 0) return true;
      health = { state: 'off', words: nights.length === 1 ? 'The recorded night is over' : 'The recorded nights are over' };
      return false;
    });
  };

  return {
    name: NAME,
    start: () => {
      if (cancel !== null) return Promise.resolve();
      health = { state: 'live', words: `Plays ${counted}${speed === 1 ? '' : `, ${speed} times faster`}` };
      play();
      return Promise.resolve();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      health = { state: 'off', words: 'Off' };
      return Promise.resolve();
    },
    health: () => health,
  };
};
