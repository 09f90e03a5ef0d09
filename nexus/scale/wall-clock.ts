import type { Clock } from '../clock.ts';

/** A clock that machines share: shards and merger speak of moments by it. */
export interface WallClock extends Clock {
  /** Unix milliseconds, a whole number. May be set back by those who keep the machine's time. */
  unix(): number;
}

/** The machine's own clock. */
export const createWallClock = (): WallClock => ({
  now: () => performance.now(),
  unix: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
});

/** Sums and frames are made for the multiples of this, Unix milliseconds. */
export const MOMENT_MS = 250;
/** Further behind than this and moments are left out instead of caught up with: frames never come in a burst. */
const LATE_MS = 2_000;

/**
 * Calls for every moment, in order and each once, `delayMs` after it. Returns the way to end it. A clock that is set back
 * makes it wait; one that leaps forward, or a machine that stood still, leaves moments out.
 */
export const atEveryMoment = (clock: WallClock, delayMs: number, call: (moment: number) => void): (() => void) => {
  let next = Math.ceil(clock.unix() / MOMENT_MS) * MOMENT_MS;
  let ended = false;
  let cancel = (): void => undefined;
  const beat = (): void => {
    if (ended) return;
    const now = clock.unix();
    if (now - delayMs - next > LATE_MS) next = Math.floor((now - delayMs) / MOMENT_MS) * MOMENT_MS;
    for (; next + delayMs <= now; next += MOMENT_MS) {
      call(next);
      // The call itself may have ended it.
      if (ended) return;
    }
    // Set back by an hour it would wait for an hour: look again after a while.
    cancel = clock.after(Math.min(1_000, Math.max(1, next + delayMs - clock.unix())), beat);
  };
  cancel = clock.after(Math.max(1, next + delayMs - clock.unix()), beat);
  return () => {
    ended = true;
    cancel();
  };
};
