import { addShard, emptyShard, type Shard } from '../../core/signal/fold.ts';
import { addHeard } from '../heard.ts';
import type { Seat } from './seat.ts';

const KEPT = 1;
const PUBLISHED = 2;
const KINDS = 4;

/** The sums of one moment, by circle and by what the pods agreed to; each pod is added once. */
export interface Sums {
  /** Over all that are live, of each circle. */
  readonly live: readonly Shard[];
  /** Over those of them that may be kept. */
  readonly kept: readonly Shard[];
  /** Over those that may be published, all circles together. */
  readonly published: Shard;
  /** How many of each circle's live and kept pods are nobody's. */
  readonly modelled: { readonly live: readonly number[]; readonly kept: readonly number[] };
}

/** Whether this pod is part of what may be published. */
export const isPublished = ({ state, heard, consent, modelled }: Seat): boolean => state === 'in' && heard !== null && consent.publish && !modelled;

/** Folds the seats that are in. Exact, so that a pod that left never was there, whichever way it left. */
export const sumSeats = (seats: Iterable<Seat>, circles: number, now: number): Sums => {
  const parts = Array.from({ length: circles * KINDS }, emptyShard);
  const modelled = { live: new Array<number>(circles).fill(0), kept: new Array<number>(circles).fill(0) };
  for (const seat of seats) {
    const { state, heard, circle, kept } = seat;
    if (state !== 'in' || heard === null) continue;
    if (seat.modelled) {
      modelled.live[circle]! += 1;
      if (kept) modelled.kept[circle]! += 1;
    }
    const part = parts[circle * KINDS + (kept ? KEPT : 0) + (isPublished(seat) ? PUBLISHED : 0)];
    if (part !== undefined) addHeard(part, heard, now);
  }
  const gather = (circle: number, kinds: readonly number[]): Shard =>
    kinds.reduce((sum, kind) => addShard(sum, parts[circle * KINDS + kind] ?? emptyShard()), emptyShard());
  const each = (kinds: readonly number[]): Shard[] => Array.from({ length: circles }, (_, circle) => gather(circle, kinds));
  return {
    live: each([0, KEPT, PUBLISHED, KEPT + PUBLISHED]),
    kept: each([KEPT, KEPT + PUBLISHED]),
    published: each([PUBLISHED, KEPT + PUBLISHED]).reduce(addShard, emptyShard()),
    modelled,
  };
};

/** The sums over all who agreed to be published and have been heard, in or waiting. */
export const sumEveryone = (seats: Iterable<Seat>, now: number): Shard => {
  const sum = emptyShard();
  for (const { state, heard, consent, modelled } of seats) if (state !== 'ended' && heard !== null && consent.publish && !modelled) addHeard(sum, heard, now);
  return sum;
};
