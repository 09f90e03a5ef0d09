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
}

/** Folds the seats that are in. Exact, so that a pod that left never was there, whichever way it left. */
export const sumSeats = (seats: Iterable<Seat>, circles: number, now: number): Sums => {
  const parts = Array.from({ length: circles * KINDS }, emptyShard);
  for (const { state, heard, circle, kept, consent } of seats) {
    if (state !== 'in' || heard === null) continue;
    const part = parts[circle * KINDS + (kept ? KEPT : 0) + (consent.publish ? PUBLISHED : 0)];
    if (part !== undefined) addHeard(part, heard, now);
  }
  const gather = (circle: number, kinds: readonly number[]): Shard =>
    kinds.reduce((sum, kind) => addShard(sum, parts[circle * KINDS + kind] ?? emptyShard()), emptyShard());
  const each = (kinds: readonly number[]): Shard[] => Array.from({ length: circles }, (_, circle) => gather(circle, kinds));
  return {
    live: each([0, KEPT, PUBLISHED, KEPT + PUBLISHED]),
    kept: each([KEPT, KEPT + PUBLISHED]),
    published: each([PUBLISHED, KEPT + PUBLISHED]).reduce(addShard, emptyShard()),
  };
};
