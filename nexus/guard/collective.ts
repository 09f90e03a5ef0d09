import { frameOf } from '../../core/signal/collective.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { FIELD, type Shard } from '../../core/signal/fold.ts';
import { arrange, foldRealms, isFading, leastOf, partitionOf, startRealms, type Realms } from '../realms.ts';
import type { Sums } from './sums.ts';

/** A room that said nothing for this long begins a new night when it speaks again. */
const NEW_NIGHT_MS = 3_600_000;

export interface Frames {
  readonly frame: CollectiveFrame;
  /** The fold over those who agreed to `record`; null where it says the same. */
  readonly kept: CollectiveFrame | null;
}

/** Makes frames of sums: of all who are live, and of those whom a take may keep, each with a memory of its own. */
export interface Collective {
  fold(sums: Sums, chant: number, now: number): Frames;
  arrange(partition: readonly (readonly number[])[], now: number): void;
  partition(): readonly (readonly number[])[];
  /** The place of a circle's realm in the order that was asked for last. */
  realmOf(circle: number): number;
  isFading(): boolean;
  /** Live pods in a circle's realm at the last fold, and whether they are enough to be heard. */
  crowd(circle: number): { readonly pods: number; readonly heard: boolean };
}

const same = (a: CollectiveFrame, b: CollectiveFrame): boolean => JSON.stringify(a) === JSON.stringify(b);
const podsIn = (shards: readonly Shard[]): number => shards.reduce((sum, shard) => sum + (shard[FIELD.pods] ?? 0), 0);

export const createCollective = (circles: number, minimumPods: number): Collective => {
  let live: Realms = startRealms(circles);
  let kept: Realms = startRealms(circles);
  let last: number | null = null;
  /** When the night began: with the first frame that said something. */
  let nightfall: number | null = null;
  let heard = 0;
  let pods: readonly number[] = [];
  let modelled: readonly number[] = [];
  let realmOf: readonly number[] = Array.from({ length: circles }, () => 0);

  return {
    fold: (sums, chant, now) => {
      const elapsed = last === null ? 0 : Math.max(0, now - last) / 1_000;
      last = now;
      pods = sums.live.map((shard) => podsIn([shard]));
      modelled = sums.modelled.live;
      if (podsIn(sums.live) >= minimumPods) {
        if (nightfall === null || now - heard >= NEW_NIGHT_MS) nightfall = now;
        heard = now;
      }
      const moment = { now, elapsed, night: (now - (nightfall ?? now)) / 1_000, minimumPods };
      const t = Math.round(now * 1_000);
      const whole = foldRealms(live, sums.live, { ...moment, modelled: sums.modelled.live });
      const part = foldRealms(kept, sums.kept, { ...moment, modelled: sums.modelled.kept });
      live = whole.realms;
      kept = part.realms;
      const frame = frameOf(t, podsIn(sums.live), whole.gated, { ...whole.measures, chant });
      const keptFrame = frameOf(t, podsIn(sums.kept), part.gated, { ...part.measures, chant });
      return { frame, kept: same(frame, keptFrame) ? null : keptFrame };
    },
    arrange: (partition, now) => {
      live = arrange(live, partition, now);
      kept = arrange(kept, partition, now);
      realmOf = realmOf.map((_, circle) => partition.findIndex((realm) => realm.includes(circle)));
    },
    partition: () => partitionOf(live),
    realmOf: (circle) => realmOf[circle] ?? 0,
    isFading: () => isFading(live),
    crowd: (circle) => {
      const together = (counts: readonly number[]): number => counts.reduce((sum, count, at) => (realmOf[at] === realmOf[circle] ? sum + count : sum), 0);
      const inRealm = together(pods);
      return { pods: inRealm, heard: inRealm >= leastOf(inRealm, together(modelled), minimumPods) };
    },
  };
};
