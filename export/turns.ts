import { CHUNKS_AHEAD } from './worker-messages.ts';

/** Lets a host run a few chunks ahead of the mix and no further, so that memory stays flat. */
export interface Turns {
  turn(sequence: number): Promise<void>;
  mixed(count: number): void;
  /** Whoever waits, now or later, is refused with this reason. */
  stop(reason: unknown): void;
}

export const createTurns = (): Turns => {
  let done = 0;
  let stopped: { reason: unknown } | undefined;
  let waiting: { sequence: number; resolve: () => void; reject: (reason: unknown) => void } | undefined;
  return {
    turn: (sequence) => new Promise((resolve, reject) => {
      if (stopped !== undefined) reject(stopped.reason);
      else if (sequence < done + CHUNKS_AHEAD) resolve();
      else waiting = { sequence, resolve, reject };
    }),
    mixed: (count) => {
      done = count;
      if (waiting === undefined || waiting.sequence >= done + CHUNKS_AHEAD) return;
      waiting.resolve();
      waiting = undefined;
    },
    stop: (reason) => {
      stopped = { reason };
      waiting?.reject(reason);
      waiting = undefined;
    },
  };
};
