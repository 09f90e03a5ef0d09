import type { Origin } from '../adapters/adapter.ts';
import type { Seat } from './seat.ts';

/** So many removed pods are remembered; then the first are forgotten. No host takes out as many by hand. */
const MAXIMUM = 10_000;

/** Pods that the host took out: they stay out until the room ends, by their sid and by their connection. */
export interface Bans {
  add(seat: Seat): void;
  has(sid: string): boolean;
  hasConnection(from: Origin): boolean;
}

const remember = (set: Set<string>, value: string): void => {
  const [oldest] = set.size >= MAXIMUM ? set : [];
  if (oldest !== undefined) set.delete(oldest);
  set.add(value);
};

const nameOf = ({ adapter, connection }: Pick<Origin, 'adapter' | 'connection'>): string => `${adapter}\n${connection}`;

export const createBans = (): Bans => {
  const sids = new Set<string>();
  const connections = new Set<string>();
  return {
    add: (seat) => {
      remember(sids, seat.sid);
      // A connection of many pods goes on for the others.
      if (seat.line !== null && (seat.line.one || seat.line.seats.size === 1)) remember(connections, nameOf(seat.line));
    },
    has: (sid) => sids.size > 0 && sids.has(sid),
    hasConnection: (from) => connections.size > 0 && connections.has(nameOf(from)),
  };
};
