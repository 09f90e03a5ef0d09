import type { Clock } from '../../clock.ts';
import { createAllowance, type Allowance } from './allowance.ts';

export interface DoorLimits {
  /** Pages connected at once. */
  readonly connections: number;
  /** Of these, from one address. */
  readonly perAddress: number;
}

/** Counts who is in. Addresses are kept in memory while connected and a minute longer, and are never written down. */
export interface Doorkeeper {
  /** True where this address may ask for one more file. */
  asks(address: string): boolean;
  /** Lets a page in: the way to let it out again (once), or null where it is full. */
  enters(address: string): (() => void) | null;
}

const REQUESTS = { perSecond: 20, burst: 120 };
const NEWCOMERS = { perSecond: 2, burst: 60 };
const REMEMBERED_MS = 60_000;
const MOST_ADDRESSES = 4_096;

interface Visitor {
  open: number;
  last: number;
  readonly requests: Allowance;
  readonly newcomers: Allowance;
}

export const createDoorkeeper = (clock: Clock, { connections, perAddress }: DoorLimits): Doorkeeper => {
  const visitors = new Map<string, Visitor>();
  let open = 0;
  let swept = clock.now();

  const sweep = (now: number): void => {
    if (now - swept < REMEMBERED_MS && visitors.size < MOST_ADDRESSES) return;
    swept = now;
    visitors.forEach((visitor, address) => {
      if (visitor.open === 0 && now - visitor.last >= REMEMBERED_MS) visitors.delete(address);
    });
  };

  const visitorAt = (address: string): Visitor | null => {
    const now = clock.now();
    sweep(now);
    const known = visitors.get(address);
    if (known !== undefined) {
      known.last = now;
      return known;
    }
    if (visitors.size >= MOST_ADDRESSES) return null;
    const visitor = { open: 0, last: now, requests: createAllowance(clock, REQUESTS), newcomers: createAllowance(clock, NEWCOMERS) };
    visitors.set(address, visitor);
    return visitor;
  };

  return {
    asks: (address) => visitorAt(address)?.requests.spend() ?? false,
    enters: (address) => {
      const visitor = visitorAt(address);
      if (visitor === null || open >= connections || visitor.open >= perAddress || !visitor.newcomers.spend()) return null;
      open += 1;
      visitor.open += 1;
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        open -= 1;
        visitor.open -= 1;
        visitor.last = clock.now();
      };
    },
  };
};
