import type { Clock } from '../../nexus/clock.ts';

/** The machine's own clock, for tests over real sockets. */
export const realClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
