import type { Clock } from '../../clock.ts';
import type { FlowLimits } from './flow.ts';

/** What a broker bears; each may be raised. */
export interface BrokerLimits extends FlowLimits {
  /** Connections in all. */
  readonly clients: number;
  /** Connections from one address of the network; this machine itself may have all of them. */
  readonly perAddress: number;
  /** An address that flooded us stays out for so long, milliseconds. */
  readonly outMs: number;
}

export const BROKER_LIMITS: BrokerLimits = { clients: 2_000, perAddress: 64, perSecond: 20, flood: 1_000, outMs: 10_000 };

/** This machine itself. */
const own = (address: string): boolean => address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** Who may connect at all, before a word is said. Addresses are forgotten with their last connection and its penalty. */
export interface Porch {
  /** Whether one more may come from there; it is counted then, and `left` must follow. */
  enter(address: string): boolean;
  left(address: string): void;
  /** Lets nobody in from there for a while: it flooded us. */
  keepOut(address: string): void;
  close(): void;
}

export const createPorch = (clock: Clock, limits: BrokerLimits): Porch => {
  const counts = new Map<string, number>();
  const out = new Map<string, () => void>();
  return {
    enter: (address) => {
      if (out.has(address)) return false;
      const count = counts.get(address) ?? 0;
      if (!own(address) && count >= limits.perAddress) return false;
      counts.set(address, count + 1);
      return true;
    },
    left: (address) => {
      const count = (counts.get(address) ?? 1) - 1;
      if (count === 0) counts.delete(address);
      else counts.set(address, count);
    },
    keepOut: (address) => {
      if (own(address) || out.has(address)) return;
      out.set(address, clock.after(limits.outMs, () => out.delete(address)));
    },
    close: () => {
      out.forEach((callOff) => callOff());
      out.clear();
    },
  };
};
