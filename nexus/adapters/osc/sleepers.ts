import { createHash, randomBytes } from 'node:crypto';
import type { PodFrame } from '../../../core/signal/pod-frame.ts';
import type { Layout, LayoutReader } from './layout.ts';
import { createSenses, type Senses } from './senses.ts';

/** More sleepers than this on one port are none. */
export const MOST_SLEEPERS = 32;
/** Silent for so long, and a newcomer may have the place. */
const REPLACED_MS = 60_000;
/** Silent for so long, and who comes back is a newcomer. */
const FORGOTTEN_MS = 600_000;

export interface Sleeper {
  /** For the guard: the same for one sender while the program runs, and nothing can be read from it. */
  readonly connection: string;
  readonly senses: Senses;
  readonly reader: LayoutReader;
  heardAt: number;
}

/** Those who are heard on one port. */
export interface Sleepers {
  /** Null where there is no place. */
  of(key: string, atMs: number): Sleeper | null;
  all(): readonly Sleeper[];
  /** Lets go of those who were silent too long, and gives their connections. */
  forget(atMs: number): readonly string[];
}

export const createSleepers = (layout: Layout, consent: PodFrame['consent']): Sleepers => {
  const salt = randomBytes(16);
  const byKey = new Map<string, Sleeper>();
  const quietest = (): [string, Sleeper] | undefined => [...byKey].sort((a, b) => a[1].heardAt - b[1].heardAt)[0];
  return {
    of: (key, at) => {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      if (byKey.size >= MOST_SLEEPERS) {
        const oldest = quietest();
        if (oldest === undefined || at - oldest[1].heardAt < REPLACED_MS) return null;
        byKey.delete(oldest[0]);
      }
      const senses = createSenses(randomBytes(8).toString('hex'), consent);
      const connection = createHash('sha256').update(salt).update(key).digest('hex').slice(0, 16);
      const sleeper: Sleeper = { connection, senses, reader: layout.createReader(senses), heardAt: at };
      byKey.set(key, sleeper);
      return sleeper;
    },
    all: () => [...byKey.values()],
    forget: (at) => {
      const gone = [...byKey].filter(([, { heardAt }]) => at - heardAt > FORGOTTEN_MS);
      for (const [key] of gone) byKey.delete(key);
      return gone.map(([, { connection }]) => connection);
    },
  };
};
