import type { Origin } from '../adapters/adapter.ts';
import { createBucket } from '../bucket.ts';
import { POD_RATE } from './limits.ts';
import type { Line, Seat } from './seat.ts';
import { createTally } from './tally.ts';

/** Connections without a pod that are remembered, of each adapter: enough to hold a flood down, too few to fill the memory. */
const MAXIMUM_STRANGERS = 1_024;
/** Such a connection is forgotten after this silence. */
const FORGOTTEN_MS = 180_000;

/** The connections that are heard. Those with a pod are as many as the seats allow; of the others the oldest make room. */
export interface Lines {
  /** The line of an origin, opened where it is new. */
  of(from: Origin, circle: number, now: number): Line;
  find(from: Origin): Line | undefined;
  sit(line: Line, seat: Seat): void;
  /** Takes a seat from its line, if it has one. */
  stand(seat: Seat): void;
  /** Ends a line: its seats wait for another. */
  close(line: Line): void;
  /** Forgets strangers that fell silent. */
  sweep(now: number): void;
  strangers(): Iterable<Line>;
  readonly size: number;
}

interface Adapter {
  readonly seated: Map<string, Line>;
  readonly strangers: Map<string, Line>;
}

export const createLines = (): Lines => {
  const adapters = new Map<string, Adapter>();
  const adapterOf = (name: string): Adapter => {
    const known = adapters.get(name);
    if (known !== undefined) return known;
    const fresh: Adapter = { seated: new Map(), strangers: new Map() };
    adapters.set(name, fresh);
    return fresh;
  };
  const remember = (strangers: Map<string, Line>, line: Line): void => {
    if (strangers.size >= MAXIMUM_STRANGERS) {
      const [oldest] = strangers.keys();
      if (oldest !== undefined) strangers.delete(oldest);
    }
    strangers.set(line.connection, line);
  };

  return {
    of: (from, circle, now) => {
      const adapter = adapterOf(from.adapter);
      const known = adapter.seated.get(from.connection) ?? adapter.strangers.get(from.connection);
      if (known !== undefined) {
        known.circle = circle;
        known.last = now;
        return known;
      }
      const line: Line = {
        adapter: from.adapter,
        connection: from.connection,
        one: from.one ?? false,
        modelled: from.modelled ?? false,
        bucket: createBucket(POD_RATE, now),
        tally: createTally(),
        seats: new Set(),
        circle,
        number: null,
        last: now,
      };
      remember(adapter.strangers, line);
      return line;
    },
    find: (from) => {
      const adapter = adapters.get(from.adapter);
      return adapter?.seated.get(from.connection) ?? adapter?.strangers.get(from.connection);
    },
    sit: (line, seat) => {
      const { seated, strangers } = adapterOf(line.adapter);
      if (line.seats.size > 0) line.bucket.tokens += POD_RATE.burst;
      line.seats.add(seat);
      seat.line = line;
      strangers.delete(line.connection);
      seated.set(line.connection, line);
    },
    stand: (seat) => {
      const { line } = seat;
      seat.line = null;
      if (line === null) return;
      line.seats.delete(seat);
      if (line.seats.size > 0) return;
      const { seated, strangers } = adapterOf(line.adapter);
      if (seated.delete(line.connection)) remember(strangers, line);
    },
    close: (line) => {
      for (const seat of line.seats) seat.line = null;
      line.seats.clear();
      const { seated, strangers } = adapterOf(line.adapter);
      seated.delete(line.connection);
      strangers.delete(line.connection);
    },
    sweep: (now) => {
      for (const { strangers } of adapters.values()) {
        strangers.forEach((line, connection) => {
          if (now - line.last >= FORGOTTEN_MS) strangers.delete(connection);
        });
      }
    },
    strangers: function* () {
      for (const { strangers } of adapters.values()) yield* strangers.values();
    },
    get size() {
      let size = 0;
      for (const { seated, strangers } of adapters.values()) size += seated.size + strangers.size;
      return size;
    },
  };
};
