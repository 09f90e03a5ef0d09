import type { Clock } from '../../nexus/clock.ts';

/** A clock that stands still until told to go on; timers fall due in order. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due. Each call that runs takes `cost` milliseconds of the clock itself. */
  advance(milliseconds: number, cost?: number): void;
  readonly waiting: number;
}

export const fakeClock = (): FakeClock => {
  let time = 0;
  let order = 0;
  const timers = new Map<number, { readonly due: number; readonly call: () => void }>();
  return {
    now: () => time,
    after: (milliseconds, call) => {
      order += 1;
      const own = order;
      timers.set(own, { due: time + milliseconds, call });
      return () => timers.delete(own);
    },
    advance: (milliseconds, cost = 0) => {
      const end = time + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(([, { due }]) => due <= end).toSorted((a, b) => a[1].due - b[1].due || a[0] - b[0]);
        if (next === undefined) break;
        timers.delete(next[0]);
        time = Math.max(time, next[1].due) + cost;
        next[1].call();
      }
      time = Math.max(time, end);
    },
    get waiting() {
      return timers.size;
    },
  };
};
