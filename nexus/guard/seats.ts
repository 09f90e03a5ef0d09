import { DROPPED_MS } from '../heard.ts';
import { hasRunOut } from './consent.ts';
import type { Lines } from './lines.ts';
import type { Consent, Line, Seat } from './seat.ts';
import { createTally } from './tally.ts';
import type { Refusal } from './verdict.ts';

/** A pod may take a new sid this often. */
const ROTATION_MS = 60_000;

/** What a newcomer brings. */
export interface Newcomer {
  readonly sid: string;
  readonly circle: number;
  readonly modelled: boolean;
  readonly consent: Consent;
}

/** Who sits where, and who may speak for whom. Never more than the room holds. */
export interface Seats {
  get(sid: string): Seat | undefined;
  all(): IterableIterator<Seat>;
  readonly size: number;
  /** The seat of a pod that speaks by this line: its own, a new one, or the one it had by another sid. */
  claim(line: Line, newcomer: Newcomer, now: number): Seat | Refusal;
  /** The pod that this line may withdraw by this sid: its own; on a line of one pod, whatever sid it names. */
  mine(line: Line | undefined, sid: string): Seat | null;
  /** Out, with everything that was kept of it. */
  leave(seat: Seat): void;
  /** A day has passed since it agreed: nothing is kept of it, and it is not heard until it agrees anew. */
  end(seat: Seat): void;
  /** It agreed anew, in person: from now on for a day. Where its day was over it comes in like a newcomer. */
  renew(seat: Seat, now: number): void;
  /** Lets go of whoever is silent or no longer agrees. */
  settle(now: number): void;
  byNumber(number: number): Seat | undefined;
  /** Numbers of the host's list, counted up. */
  nextNumber(): number;
}

export interface SeatsOptions {
  readonly lines: Lines;
  readonly maximum: number;
  /** A newcomer's state: `in` where nobody needs to wait. */
  readonly first: 'waiting' | 'in';
  readonly isBanned: (sid: string) => boolean;
}

export const createSeats = ({ lines, maximum, first, isBanned }: SeatsOptions): Seats => {
  const bySid = new Map<string, Seat>();
  let counted = 0;
  let settled = -Infinity;

  const nextNumber = (): number => {
    counted += 1;
    return counted;
  };

  const leave = (seat: Seat): void => {
    bySid.delete(seat.sid);
    lines.stand(seat);
    seat.heard = null;
  };

  const end = (seat: Seat): void => {
    seat.state = 'ended';
    seat.heard = null;
    seat.kept = false;
  };

  const settle = (now: number): void => {
    settled = now;
    bySid.forEach((seat) => {
      if (now - seat.last >= DROPPED_MS) leave(seat);
      else if (seat.state !== 'ended' && now >= seat.ends) {
        if (hasRunOut(seat, now)) end(seat);
        else leave(seat);
      }
    });
    lines.sweep(now);
  };

  /** A line that is of this pod alone: its troubles are the pod's. */
  const isPersonal = (line: Line, sid: string): boolean => line.one || line.connection === sid;

  const adopt = (seat: Seat, line: Line): Seat => {
    if (isPersonal(line, seat.sid)) {
      line.tally = seat.tally;
      line.number = seat.number;
    }
    lines.sit(line, seat);
    return seat;
  };

  const rotate = (seat: Seat, sid: string, now: number): Seat | Refusal => {
    if (now - seat.rotated < ROTATION_MS) return 'too fast';
    bySid.delete(seat.sid);
    seat.sid = sid;
    seat.heard = null;
    seat.rotated = now;
    bySid.set(sid, seat);
    return seat;
  };

  const create = (line: Line, { sid, circle, modelled, consent }: Newcomer, now: number): Seat => {
    const personal = isPersonal(line, sid);
    const number = (personal ? line.number : null) ?? nextNumber();
    if (personal) line.number = number;
    const seat: Seat = {
      number,
      sid,
      circle,
      modelled,
      line,
      state: modelled ? 'in' : first,
      heard: null,
      consent,
      agreed: now,
      ends: Infinity,
      last: now,
      rotated: -Infinity,
      kept: modelled && consent.record,
      tally: personal ? line.tally : createTally(),
    };
    bySid.set(sid, seat);
    lines.sit(line, seat);
    return seat;
  };

  return {
    get: (sid) => bySid.get(sid),
    all: () => bySid.values(),
    get size() {
      return bySid.size;
    },
    claim: (line, newcomer, now) => {
      const { sid, circle } = newcomer;
      if (isBanned(sid)) return 'removed';
      const known = bySid.get(sid);
      if (known !== undefined) {
        if (known.line !== line && known.line !== null) return 'not its own';
        if (known.circle === circle) {
          if (known.line === line) return known;
          if (line.one) for (const other of line.seats) leave(other);
          return adopt(known, line);
        }
        leave(known);
      }
      const [before] = line.one ? line.seats : [];
      if (before !== undefined && before.circle === circle) return rotate(before, sid, now);
      if (before !== undefined) leave(before);
      if (bySid.size >= maximum && settled !== now) settle(now);
      return bySid.size >= maximum ? 'too many pods' : create(line, newcomer, now);
    },
    mine: (line, sid) => {
      const known = bySid.get(sid);
      if (known !== undefined && (known.line === null || known.line === line)) return known;
      if (known !== undefined || line === undefined || !line.one) return null;
      const [own] = line.seats;
      return own ?? null;
    },
    leave,
    end,
    renew: (seat, now) => {
      seat.agreed = now;
      seat.last = now;
      if (seat.state === 'ended') seat.state = seat.modelled ? 'in' : first;
    },
    settle,
    byNumber: (number) => {
      for (const seat of bySid.values()) if (seat.number === number) return seat;
      return undefined;
    },
    nextNumber,
  };
};
