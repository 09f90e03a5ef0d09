import type { Clock } from './clock.ts';

/** Later than this and the beat starts anew instead of catching up: what it drives never comes in a burst. */
const LATE_MS = 1_000;

/**
 * Calls again and again, `everyMs` apart on the average whatever the timers do, the first time at once; ends where
 * the call answers false. Returns the way to end it.
 */
export const keepBeat = (clock: Clock, everyMs: number, call: (count: number) => boolean): (() => void) => {
  let cancel = (): void => undefined;
  let count = 0;
  let due = clock.now();
  let ended = false;
  const beat = (): void => {
    if (ended || !call(count)) return;
    // The call itself may have ended it.
    if (ended) return;
    count += 1;
    due += everyMs;
    const now = clock.now();
    if (now - due > LATE_MS) due = now;
    cancel = clock.after(Math.max(0, due - now), beat);
  };
  beat();
  return () => {
    ended = true;
    cancel();
  };
};
