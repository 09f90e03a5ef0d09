import { ONE, addShard } from '../../core/signal/fold.ts';
import { createChantLevel } from '../chant.ts';
import { SILENCE, addChanting, type Chanting } from './chanting.ts';
import { emptySums, type Partial, type Sums } from './partial.ts';
import { RETURN, SILENT_MS, createSlot, earlier, type Return, type Slot } from './slot.ts';

/** While everything begins, shards that come within this need not fade in. */
const YOUNG_MS = 5_000;
/** A shard's clock may be off by so much; beyond, its sums are of another time and not used. */
export const SKEW_MS = 5_000;
/** Sums come some 400 ms after their moment; off by more than this, the clock or the way there is named. */
const NAMED_MS = 2_000;
const TOLD_MS = 5_000;

/** The sums of all partitions at one moment. */
export interface Merged {
  readonly sums: Sums;
  /** Shards whose own sums of this moment are in it whole. Where it is `of`, the sums are those of one fold over all pods. */
  readonly shards: number;
  /** What each shard had heard since its mark. */
  readonly heard: readonly number[];
  readonly until: number | null;
  readonly chanting: Chanting;
  /** The level of the chant, 0..1; it follows from moment to moment. */
  readonly chant: number;
}

/** Adds what the shards say. Time is an argument: Unix milliseconds. */
export interface Merge {
  /** Partial sums that came now, by the merger's own clock. */
  hear(partial: Partial, now: number): void;
  /** A pod has left this partition now. */
  left(shard: number, now: number): void;
  at(moment: number): Merged;
  /** What a host should know: one sentence each, none where all is well. */
  troubles(now: number): readonly string[];
  speaking(now: number): number;
}

/** Makes a merge of so many shards that has heard nothing. */
export const createMerge = (of: number, back: Return = RETURN): Merge => {
  let first: number | null = null;
  const slots: readonly Slot[] = Array.from({ length: of }, () => createSlot(back, () => (first ?? 0) + YOUNG_MS));
  const level = createChantLevel();
  /** By what was wrong: when it was seen last, and the sentence. */
  const seen = new Map<string, { readonly at: number; readonly words: string }>();

  const note = (what: 'count' | 'clock', shard: number, now: number, words: string): void => {
    if (seen.size < 4 * of || seen.has(`${what} ${shard}`)) seen.set(`${what} ${shard}`, { at: now, words });
  };

  return {
    hear: (partial, now) => {
      const { shard, moment } = partial;
      const off = moment - now;
      if (partial.of !== of) {
        note('count', shard, now, `A shard says it is ${shard + 1} of ${partial.of}, but this merger was started for ${of}: its pods are not heard; start all with one number`);
      } else if (Math.abs(off) > SKEW_MS) {
        note('clock', shard, now, `The clock of shard ${shard + 1} is ${Math.round(Math.abs(off) / 1_000)} s ${off > 0 ? 'ahead' : 'behind'}: its pods are not heard; set the clocks (NTP)`);
      } else {
        if (Math.abs(off) > NAMED_MS) note('clock', shard, now, `What shard ${shard + 1} says comes ${Math.round(Math.abs(off) / 1_000)} s ${off > 0 ? 'early' : 'late'}: set the clocks (NTP), or look at its line to the broker`);
        first ??= moment;
        slots[shard]?.hear(partial);
      }
    },
    left: (shard, now) => slots[shard]?.left(now),
    at: (moment) => {
      const sums = emptySums();
      const parts = slots.map((slot) => slot.at(moment));
      let until: number | null = null;
      let chanting = SILENCE;
      for (const part of parts) {
        addShard(sums.live, part.sums.live);
        addShard(sums.kept, part.sums.kept);
        addShard(sums.published, part.sums.published);
        chanting = addChanting(chanting, part.chanting);
        until = earlier(until, part.until);
      }
      const chant = level.follow(chanting.strength / ONE, chanting.voices, moment);
      return { sums, until, chanting, chant, shards: parts.filter(({ state }) => state === 'heard').length, heard: parts.map(({ heard }) => heard) };
    },
    speaking: (now) => slots.filter((slot) => now - (slot.latest() ?? -Infinity) <= SILENT_MS + SKEW_MS).length,
    troubles: (now) => {
      const words = [...seen.values()].filter(({ at }) => now - at < TOLD_MS).map((each) => each.words);
      slots.forEach((slot, shard) => {
        const latest = slot.latest();
        if (slot.twice(now)) words.push(`Two shards call themselves ${shard + 1} of ${of}: the one that started first is heard, the other stands by`);
        if (latest === null) words.push(`Shard ${shard + 1} has not spoken yet`);
        else if (now - latest > 2 * SILENT_MS) words.push(`Shard ${shard + 1} has been silent for ${Math.round((now - latest) / 1_000)} s: what it said last is carried on and fades`);
      });
      return words;
    },
  };
};
