import { NEUTRAL_MEASURES, measure, startHistory, type History, type Measures } from '../core/signal/collective.ts';
import { FIELD, addShard, emptyShard, gatedSensors, type Shard } from '../core/signal/fold.ts';
import { meanMeasures, mixMeasures, type Weighed } from './mixed-measures.ts';

/** A new order of the circles is faded to over this long. */
export const FADE_MS = 45_000;
/** Orders that are faded between at once, at most; one more waits until the oldest has faded. */
const MAXIMUM_ORDERS = 4;

/** Circles that are folded together, by their places in the room's list. */
interface Realm {
  readonly circles: readonly number[];
  readonly history: History;
}

/** One way to put the circles together, since when (milliseconds). */
interface Order {
  readonly since: number;
  readonly realms: readonly Realm[];
}

/**
 * Which circles are folded together, and what each fold remembers. Plain data. The last order is the one that was
 * asked for; those before it are still heard while it fades in.
 */
export interface Realms {
  readonly orders: readonly [Order, ...Order[]];
  /** Asked for while there were too many already. */
  readonly next: readonly (readonly number[])[] | null;
}

/** Circles 0 to count - 1 as one realm. */
export const startRealms = (count: number): Realms => ({
  orders: [{ since: -Infinity, realms: [{ circles: Array.from({ length: count }, (_, circle) => circle), history: startHistory() }] }],
  next: null,
});

const newest = ({ orders }: Realms): Order => orders.at(-1) ?? orders[0];
const nameOf = (circles: readonly number[]): string => circles.toSorted((a, b) => a - b).join();
const nameOfAll = (partition: readonly (readonly number[])[]): string => partition.map(nameOf).toSorted().join(';');

/** The order that was asked for last, each realm a list of circles. */
export const partitionOf = (realms: Realms): readonly (readonly number[])[] => realms.next ?? newest(realms).realms.map(({ circles }) => circles);

/** Whether an older order is still heard. */
export const isFading = ({ orders, next }: Realms): boolean => orders.length > 1 || next !== null;

/** Puts the circles together anew: each circle exactly once. A realm that stays as it was keeps what it remembers. */
export const arrange = (realms: Realms, partition: readonly (readonly number[])[], now: number): Realms => {
  const last = newest(realms);
  if (nameOfAll(partition) === nameOfAll(last.realms.map(({ circles }) => circles))) return { ...realms, next: null };
  if (realms.orders.length >= MAXIMUM_ORDERS) return { ...realms, next: partition };
  const remembered = new Map(last.realms.map((realm) => [nameOf(realm.circles), realm.history]));
  const order: Order = { since: now, realms: partition.map((circles) => ({ circles, history: remembered.get(nameOf(circles)) ?? startHistory() })) };
  return { orders: [...realms.orders, order], next: null };
};

/** When and how a moment is folded. */
export interface Moment {
  /** Milliseconds. */
  readonly now: number;
  /** Seconds since the fold before (0 for the first). */
  readonly elapsed: number;
  /** Seconds into the night. */
  readonly night: number;
  /** Pods below which a realm, or one kind of sensor in it, says nothing. */
  readonly minimumPods: number;
  /** Of each circle's pods so many are nobody's: simulated, or recorded before. They hide no one, so they count toward no gate; none where it is absent. */
  readonly modelled?: readonly number[];
}

/** Pods behind which those who sleep here may be heard; where nobody does, one will do. */
export const leastOf = (pods: number, modelled: number, minimumPods: number): number => (modelled > 0 && pods === modelled ? 1 : minimumPods + modelled);

const together = (circles: readonly number[], shards: readonly Shard[]): Shard => {
  const [only] = circles;
  const alone = circles.length === 1 && only !== undefined ? shards[only] : undefined;
  return alone ?? circles.reduce((sum, circle) => addShard(sum, shards[circle] ?? emptyShard()), emptyShard());
};

interface Folded {
  readonly order: Order;
  /** Null where every realm is below the gate. */
  readonly measures: Measures | null;
}

const foldOrder = (order: Order, shards: readonly Shard[], { elapsed, night, minimumPods, modelled }: Moment): Folded => {
  const heard: Weighed[] = [];
  const realms = order.realms.map(({ circles, history }): Realm => {
    const shard = together(circles, shards);
    const pods = shard[FIELD.pods] ?? 0;
    const least = leastOf(pods, circles.reduce((sum, circle) => sum + (modelled?.[circle] ?? 0), 0), minimumPods);
    if (pods < least) return { circles, history: startHistory() };
    const measured = measure(gatedSensors(shard, least), history, elapsed, night);
    heard.push({ measures: measured.measures, weight: pods });
    return { circles, history: measured.history };
  });
  const [first, ...others] = heard;
  return { order: { since: order.since, realms }, measures: first === undefined ? null : meanMeasures([first, ...others]) };
};

/** 0 to 1 with no corner at either end: 3x^2 - 2x^3. */
const smooth = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** Orders that something is still heard of: from the last that has faded in wholly. */
const stillHeard = (orders: Realms['orders'], now: number): Realms['orders'] => {
  const from = Math.max(0, orders.findLastIndex(({ since }) => now - since >= FADE_MS));
  const [first = orders[0], ...rest] = orders.slice(from);
  return [first, ...rest];
};

/**
 * The measures of one moment. Each realm is folded by itself, behind its own gate; the collective is the mean of the realms by their pods.
 * With one realm it is, to the bit, the fold of the whole.
 * @param shards the sums over each circle
 */
export const foldRealms = (before: Realms, shards: readonly Shard[], moment: Moment): { readonly realms: Realms; readonly gated: boolean; readonly measures: Measures } => {
  const due = { orders: stillHeard(before.orders, moment.now), next: before.next };
  const realms = due.next === null ? due : arrange(due, due.next, moment.now);
  const [first, ...others] = realms.orders;
  const folded = foldOrder(first, shards, moment);
  const orders: [Order, ...Order[]] = [folded.order];
  let { measures } = folded;
  for (const order of others) {
    const to = foldOrder(order, shards, moment);
    orders.push(to.order);
    if (measures !== null || to.measures !== null) measures = mixMeasures(measures ?? NEUTRAL_MEASURES, to.measures ?? NEUTRAL_MEASURES, smooth((moment.now - order.since) / FADE_MS));
  }
  return { realms: { orders, next: realms.next }, gated: measures === null, measures: measures ?? NEUTRAL_MEASURES };
};
