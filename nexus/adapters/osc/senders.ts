/** A sender that was silent for so long may come back from another port: programs choose one anew when they start. */
const MOVED_MS = 5_000;
/** So many messages from a port of its own, and it is a second sender beside the first; some programs use a new port for each message. */
const SETTLED = 20;
const MOST_OTHERS = 64;

/** Tells senders apart. Addresses are kept in memory, and nowhere told. */
export interface Senders {
  /** A key for the one who sent this. @param machine the sender's address @param sleeper as the layout tells it */
  of(machine: string, port: number, sleeper: string, atMs: number): string;
}

interface Home {
  port: number;
  at: number;
}

interface Other {
  heard: number;
  at: number;
}

/** @param byPort whether one machine may have several */
export const createSenders = (byPort: boolean): Senders => {
  const homes = new Map<string, Home>();
  const others = new Map<string, Other>();
  const forget = (at: number): void => {
    for (const [key, other] of others) if (at - other.at > MOVED_MS && other.heard < SETTLED) others.delete(key);
    const [oldest] = [...others].sort((a, b) => a[1].at - b[1].at);
    if (others.size >= MOST_OTHERS && oldest !== undefined) others.delete(oldest[0]);
  };
  return {
    of: (machine, port, sleeper, at) => {
      const key = `${machine}\n${sleeper}`;
      if (!byPort) return key;
      const own = `${key}\n${port}`;
      const other = others.get(own);
      if (other !== undefined) {
        other.heard += 1;
        other.at = at;
        if (other.heard >= SETTLED) return own;
      }
      const home = homes.get(key);
      if (home === undefined || home.port === port || at - home.at > MOVED_MS) {
        if (home === undefined && homes.size >= MOST_OTHERS) homes.clear();
        homes.set(key, { port, at });
        return key;
      }
      if (other === undefined) {
        forget(at);
        others.set(own, { heard: 1, at });
      }
      return key;
    },
  };
};
