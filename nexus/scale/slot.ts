import type { Speaker } from './forward.ts';
import { SILENCE, type Chanting } from './chanting.ts';
import { blended, carried } from './blend.ts';
import { emptySums, type Partial, type Sums } from './partial.ts';
import { MOMENT_MS } from './wall-clock.ts';

/** How a shard that comes back takes over. */
export interface Return {
  /** Its pods are heard again within this; until then what was carried stays, milliseconds. */
  readonly settleMs: number;
  /** Then it takes over in so many milliseconds. */
  readonly fadeMs: number;
}
export const RETURN: Return = { settleMs: 6_000, fadeMs: 10_000 };

/** A shard that has not spoken for so long is silent: another of its number may speak, and when it comes back it takes over slowly. */
export const SILENT_MS = 1_500;
/** A withdrawal has this long to come through by the owner itself. */
const OBEYED_MS = 500;
/** For so long two of one number are told of. */
const TOLD_MS = 5_000;
const KEPT = 24;
/** A tap sounds no longer than this (chanting.ts). */
const TAP_MS = 2_500;

/** How one partition's sums at a moment came about. */
export interface SlotSums {
  readonly sums: Sums;
  /** `heard`: the owner's own sums of this moment, whole. */
  readonly state: 'heard' | 'carried' | 'returning' | 'absent';
  readonly heard: number;
  readonly until: number | null;
  readonly chanting: Chanting;
}

/** One partition as the merger hears it. */
export interface Slot {
  /** False where another speaker of this number is heard instead. */
  hear(partial: Partial): boolean;
  /** A pod has left: sums older than this moment may no longer be carried. */
  left(moment: number): void;
  at(moment: number): SlotSums;
  /** The last moment that was heard, or null. */
  latest(): number | null;
  twice(moment: number): boolean;
}

/** Of two that carry one number, the one that started first goes before. */
export const older = (a: Speaker, b: Speaker): boolean => a.since < b.since || (a.since === b.since && a.id < b.id);
const sameSpeaker = (a: Speaker, b: Speaker): boolean => a.since === b.since && a.id === b.id;

/** The earlier of two moments, where null is never. */
export const earlier = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

interface Handover {
  /** The last partial of before, which is carried; null where nothing was there. */
  readonly from: Partial | null;
  readonly began: number;
}

/** @param youngUntil until this moment nothing has sounded yet, and a first shard need not fade in; known once something was heard */
export const createSlot = ({ settleMs, fadeMs }: Return, youngUntil: () => number): Slot => {
  const recent = new Map<number, Partial>();
  let latest: Partial | null = null;
  let handover: Handover | null = null;
  /** The sums of a handover as they sounded last. */
  let sounding: Partial | null = null;
  let leftAt = -Infinity;
  let twiceAt = -Infinity;

  /** How far a handover has come. It goes on only while the new one speaks. */
  const amountAt = ({ from, began }: Handover, moment: number): number => (Math.min(moment, latest?.moment ?? moment) - began - (from === null ? 0 : settleMs)) / fadeMs;

  /** What sounds until the new one takes over: what was heard last, or, in the midst of a handover, what it had come to. */
  const before = (): Partial | null => {
    if (handover === null || latest === null) return latest;
    return amountAt(handover, latest.moment) <= 0 ? handover.from : sounding;
  };

  const begins = (partial: Partial): void => {
    const fresh = latest === null && partial.moment <= youngUntil();
    handover = fresh ? null : { from: before(), began: partial.moment };
    recent.clear();
  };

  /** Sums of before may sound at this moment: nobody has left since, and nobody's consent has run out. */
  const usable = ({ moment, until }: Partial, now: number): boolean => !(moment < leftAt && now >= leftAt + OBEYED_MS) && !(until !== null && now >= until);

  const carry = (partial: Partial | null, now: number): Sums => (partial === null || !usable(partial, now) ? emptySums() : carried(partial.sums, now - partial.moment));

  const newest = (now: number): Partial | null => {
    const exact = recent.get(now);
    if (exact !== undefined) return exact;
    let found: Partial | null = null;
    for (const each of recent.values()) if (each.moment < now && (found === null || each.moment > found.moment)) found = each;
    return found;
  };

  return {
    hear: (partial) => {
      if (latest !== null) {
        const silent = partial.moment - latest.moment > SILENT_MS;
        if (!sameSpeaker(partial.speaker, latest.speaker)) {
          if (!silent) twiceAt = partial.moment;
          if (!silent && !older(partial.speaker, latest.speaker)) return false;
          begins(partial);
        } else if (partial.moment <= latest.moment) return true;
        else if (silent) begins(partial);
      } else begins(partial);
      latest = partial;
      recent.set(partial.moment, partial);
      if (recent.size > KEPT) for (const moment of recent.keys()) if (moment < partial.moment - KEPT * MOMENT_MS) recent.delete(moment);
      return true;
    },
    left: (moment) => {
      leftAt = Math.max(leftAt, moment);
    },
    latest: () => latest?.moment ?? null,
    twice: (moment) => moment - twiceAt < TOLD_MS,
    at: (moment) => {
      const own = newest(moment);
      if (own === null) {
        // What is new lies ahead of this moment; what was before is still carried.
        const sums = carry(handover?.from ?? null, moment);
        return { sums, state: handover?.from ? 'carried' : 'absent', heard: 0, until: handover?.from?.until ?? null, chanting: SILENCE };
      }
      const exact = own.moment === moment;
      const chanting = moment - own.moment < TAP_MS ? own.chanting : SILENCE;
      const sums = exact ? own.sums : carry(own, moment);
      if (handover === null) return { sums, state: exact ? 'heard' : 'carried', heard: own.heard, until: own.until, chanting };
      const amount = amountAt(handover, moment);
      if (amount >= 1) {
        handover = null;
        sounding = null;
        return { sums, state: exact ? 'heard' : 'carried', heard: own.heard, until: own.until, chanting };
      }
      const from = handover.from === null ? null : carry(handover.from, moment);
      const until = earlier(own.until, handover.from?.until ?? null);
      sounding = { ...own, moment, until, sums: blended(from, sums, amount) };
      return { sums: sounding.sums, state: 'returning', heard: own.heard, until, chanting };
    },
  };
};
