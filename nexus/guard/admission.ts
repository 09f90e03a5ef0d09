import type { Seat } from './seat.ts';

/** From one batch to the next, at least: what two batches change cannot be told apart from what sleep changed. */
export const BATCH_MS = 300_000;
/** So many enter together at least, so that no difference between two frames is one person. */
export const BATCH_PODS = 2;
/** A batch that was called is waited for this long; its pods send once a second. */
const CALL_MS = 5_000;
/** Who waits and has not been heard for this long is not called. */
const PRESENT_MS = 10_000;

/** One sum over pods, and who may enter it when. */
export interface Door {
  /** Pods in this sum below which it says nothing. */
  readonly gate: number;
  /** Pods in it now. */
  readonly inside: number;
  /** When the last batch entered, milliseconds. */
  readonly last: number;
}

/** Which circles are folded together now: the place of a circle's realm. */
export type RealmOf = (circle: number) => number;

/**
 * Those of the candidates who could enter together if time were no matter: of each realm two or more, and enough of them that the sum
 * reaches its gate. None where that is not so.
 */
export const company = (candidates: readonly Seat[], { gate, inside }: Door, realmOf: RealmOf): readonly Seat[] => {
  const sizes = new Map<number, number>();
  for (const { circle } of candidates) sizes.set(realmOf(circle), (sizes.get(realmOf(circle)) ?? 0) + 1);
  const together = candidates.filter(({ circle }) => (sizes.get(realmOf(circle)) ?? 0) >= BATCH_PODS);
  return inside + together.length >= gate ? together : [];
};

/** Milliseconds until a door may open; below its gate a sum says nothing, and nobody needs to wait. */
export const doorWait = ({ gate, inside, last }: Door, now: number): number => (inside < gate ? 0 : Math.max(0, last + BATCH_MS - now));

/** Those who enter now. */
export const entrants = (candidates: readonly Seat[], door: Door, realmOf: RealmOf, now: number): readonly Seat[] =>
  candidates.length < BATCH_PODS || doorWait(door, now) > 0 ? [] : company(candidates, door, realmOf);

/** Whether a newcomer is there to be called. */
export const isPresent = (seat: Seat, now: number): boolean => now - seat.last < PRESENT_MS;

/**
 * How newcomers come into the live sums. Nothing of them is kept while they wait; so a batch is called first, then each sends its
 * first frame, and once all have (or five seconds have passed) those who did enter in one moment.
 */
export interface Admission {
  /** One step: calls a batch, or lets the called in. @returns whether a batch entered */
  step(waiting: readonly Seat[], called: readonly Seat[], door: Door, realmOf: RealmOf, now: number): boolean;
}

const sendBack = (seats: readonly Seat[]): void => {
  for (const seat of seats) {
    if (seat.state !== 'called') continue;
    seat.state = 'waiting';
    seat.heard = null;
  }
};

export const createAdmission = (): Admission => {
  let until = 0;
  return {
    step: (waiting, called, door, realmOf, now) => {
      if (called.length === 0) {
        const batch = entrants(waiting.filter((seat) => isPresent(seat, now)), door, realmOf, now);
        for (const seat of batch) seat.state = 'called';
        until = now + CALL_MS;
        return false;
      }
      const ready = called.filter(({ heard }) => heard !== null);
      if (ready.length < called.length && now < until) return false;
      const batch = entrants(ready, door, realmOf, now);
      for (const seat of batch) seat.state = 'in';
      sendBack(called);
      return batch.length > 0;
    },
  };
};
