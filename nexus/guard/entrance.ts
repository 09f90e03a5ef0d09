import { company, createAdmission, doorWait, entrants, isPresent, type Door } from './admission.ts';
import type { Collective } from './collective.ts';
import type { Seat } from './seat.ts';
import type { Seats } from './seats.ts';

/** Who is in and who waits, settled from moment to moment. */
export interface Entrance {
  /** Lets in whoever may enter now: into the live sums, then into those that may be kept. */
  settle(now: number): void;
  /** `modelled`: of the live ones, those that are nobody's. */
  counts(): { readonly live: number; readonly modelled: number; readonly waiting: number };
  /** Seconds until those who wait may enter at the earliest; null where none waits, or one more is wanted. */
  nextBatch(now: number): number | null;
}

export interface EntranceOptions {
  readonly seats: Seats;
  readonly collective: Collective;
  readonly gate: number;
  /** Other people's pods enter in batches; one's own at once. */
  readonly batched: boolean;
}

interface Census {
  modelled: number;
  /** People's. */
  inside: number;
  keptInside: number;
  readonly waiting: Seat[];
  readonly called: Seat[];
  /** Live, and not yet kept though they agreed to be. */
  readonly toKeep: Seat[];
}

const censusOf = (seats: Seats): Census => {
  const census: Census = { modelled: 0, inside: 0, keptInside: 0, waiting: [], called: [], toKeep: [] };
  for (const seat of seats.all()) {
    if (seat.state === 'waiting') census.waiting.push(seat);
    else if (seat.state === 'called') census.called.push(seat);
    else if (seat.modelled) census.modelled += seat.heard === null ? 0 : 1;
    else if (seat.state === 'in' && seat.heard !== null) {
      census.inside += 1;
      if (seat.kept) census.keptInside += 1;
      else if (seat.consent.record) census.toKeep.push(seat);
    }
  }
  return census;
};

export const createEntrance = ({ seats, collective, gate, batched }: EntranceOptions): Entrance => {
  const admission = createAdmission();
  let census = censusOf(seats);
  let last = -Infinity;
  let lastKept = -Infinity;

  const door = (): Door => ({ gate, inside: census.inside, last });

  const admit = (now: number): void => {
    if (census.waiting.length === 0 && census.called.length === 0) return;
    // While one order fades to another, two realms hear a circle: who came would show in one of them alone.
    if (collective.isFading() && census.called.length === 0) return;
    if (!admission.step(census.waiting, census.called, door(), collective.realmOf, now)) return;
    last = now;
    census = censusOf(seats);
  };

  const keep = (now: number): void => {
    if (census.toKeep.length === 0 || (batched && collective.isFading())) return;
    const batch = batched ? entrants(census.toKeep, { gate, inside: census.keptInside, last: lastKept }, collective.realmOf, now) : census.toKeep;
    for (const seat of batch) seat.kept = true;
    if (batch.length > 0) lastKept = now;
  };

  return {
    settle: (now) => {
      census = censusOf(seats);
      admit(now);
      keep(now);
    },
    counts: () => ({ live: census.inside + census.modelled, modelled: census.modelled, waiting: census.waiting.length + census.called.length }),
    nextBatch: (now) => {
      const present = census.waiting.filter((seat) => isPresent(seat, now));
      if (census.called.length > 0) return 0;
      return company(present, door(), collective.realmOf).length === 0 ? null : doorWait(door(), now) / 1_000;
    },
  };
};
