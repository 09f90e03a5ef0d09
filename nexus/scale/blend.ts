import { COUNTERS, FIELD, type Shard, type ShardField } from '../../core/signal/fold.ts';
import { DROPPED_MS, PHASE_MS, freshness } from '../heard.ts';
import { emptySums, type Sums } from './partial.ts';

const PHASE: readonly ShardField[] = ['breathing', 'breathQuality', 'breathQualitySquares', 'breathCos', 'breathSin'];
const PHASES = new Set(PHASE.map((name) => FIELD[name]));
/** Sums of squares of weights: half the weight is a quarter of the square. */
const SQUARES: readonly ShardField[] = ['stageSquares', 'massSquares', 'breathQualitySquares'];
const SQUARED = new Set(SQUARES.map((name) => FIELD[name]));

/** Rounds to a whole number that is never minus zero. */
const whole = (value: number): number => Math.round(value) + 0;

const mapSums = (sums: Sums, map: (value: number, field: number) => number): Sums => ({ live: sums.live.map(map), kept: sums.kept.map(map), published: sums.published.map(map) });

/** Sums whose pods all weigh so much, 0 to 1. The pods themselves are counted as long as they weigh anything, like pods that grow stale. */
const weighed = (sums: Sums, weight: number, pods: number): Sums =>
  weight === 1 && pods === 1 ? sums : mapSums(sums, (value, field) => whole(value * (COUNTERS.has(field) ? pods : SQUARED.has(field) ? weight * weight : weight)));

/** Sums that were last heard so long ago (milliseconds), as if each of their pods had grown stale with them. */
export const carried = (sums: Sums, age: number): Sums => {
  if (age >= DROPPED_MS) return emptySums();
  const phased = age <= PHASE_MS ? sums : mapSums(sums, (value, field) => (PHASES.has(field) ? 0 : value));
  return weighed(phased, freshness(age), 1);
};

const mixed = (from: Shard, to: Shard, amount: number): Shard => from.map((value, field) => whole(value + ((to[field] ?? 0) - value) * amount));

/** On the way from one to the other, 0 to 1: at 1 it is the other to the bit. From null it grows, pods and all. */
export const blended = (from: Sums | null, to: Sums, amount: number): Sums => {
  if (amount >= 1) return to;
  if (amount <= 0) return from ?? emptySums();
  if (from === null) return weighed(to, amount, amount);
  return { live: mixed(from.live, to.live, amount), kept: mixed(from.kept, to.kept, amount), published: mixed(from.published, to.published, amount) };
};
