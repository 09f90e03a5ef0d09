import { onGrid } from '../core/signal/collective-frame.ts';
import type { Measures } from '../core/signal/collective.ts';

/** Some measures and what they count for. */
export interface Weighed {
  readonly measures: Measures;
  /** 0 or more. */
  readonly weight: number;
}

type Known = 'entropy' | 'depth' | 'dream' | 'concordance' | 'discord' | 'unity' | 'novelty' | 'motion';
type Unknowable = 'synchrony' | 'heartBpm' | 'breathHz';

/** The weighted mean over those that know the value; null where none does. */
const meanOf = (parts: readonly Weighed[], read: (measures: Measures) => number | null): number | null => {
  let sum = 0;
  let whole = 0;
  for (const { measures, weight } of parts) {
    const value = read(measures);
    if (value === null) continue;
    sum += value * weight;
    whole += weight;
  }
  return whole > 0 ? onGrid(sum / whole) : null;
};

const shareOf = (parts: readonly Weighed[]): Measures['share'] => {
  const sum = (k: number): number => parts.reduce((total, { measures, weight }) => total + (measures.share[k] ?? 0) * weight, 0);
  const sums = [sum(0), sum(1), sum(2), sum(3), sum(4)] as const;
  const whole = sums.reduce((a, b) => a + b, 0);
  const part = (k: 0 | 1 | 2 | 3 | 4): number => onGrid(sums[k] / whole);
  return [part(0), part(1), part(2), part(3), part(4)];
};

/**
 * The mean of measures by their weights, on the frame's grid. What some do not know is the mean of those that do; shares sum to 1.
 * One alone is given back as it is. At least one must have a weight.
 */
export const meanMeasures = (parts: readonly [Weighed, ...Weighed[]]): Measures => {
  if (parts.length === 1) return parts[0].measures;
  const known = (name: Known): number => meanOf(parts, (measures) => measures[name]) ?? 0;
  const unknowable = (name: Unknowable): number | null => meanOf(parts, (measures) => measures[name]);
  return {
    share: shareOf(parts),
    entropy: known('entropy'),
    depth: known('depth'),
    dream: known('dream'),
    synchrony: unknowable('synchrony'),
    concordance: known('concordance'),
    discord: known('discord'),
    unity: known('unity'),
    novelty: known('novelty'),
    heartBpm: unknowable('heartBpm'),
    breathHz: unknowable('breathHz'),
    motion: known('motion'),
    chant: 0,
  };
};

/**
 * On the way from one set of measures to another, amount 0..1, on the frame's grid. Unknown synchrony is chance (0) here, so that it
 * glides in and out; a heart or breath that only one side knows is that side's.
 */
export const mixMeasures = (from: Measures, to: Measures, amount: number): Measures => {
  if (amount <= 0) return from;
  if (amount >= 1) return to;
  const mixed = meanMeasures([{ measures: from, weight: 1 - amount }, { measures: to, weight: amount }]);
  if ((from.synchrony === null) === (to.synchrony === null)) return mixed;
  return { ...mixed, synchrony: onGrid((from.synchrony ?? 0) * (1 - amount) + (to.synchrony ?? 0) * amount) };
};
