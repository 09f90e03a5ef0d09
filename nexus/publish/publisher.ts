import { measure, startHistory, type History, type Measures } from '../../core/signal/collective.ts';
import { PUBLISH_GATE, PUBLISH_SECONDS, type PublishedFrame } from '../../core/signal/published-frame.ts';
import { STAGES } from '../../core/signal/stages.ts';
import { FIELD, type Shard } from '../../core/signal/fold.ts';
import type { PublishedSums } from './published-sums.ts';

/** So many sleepers must have come or gone before anyone outside may see it ... */
export const LEAST_CHANGES = 2;
/** ... and so long after the last time. */
export const BATCH_MS = 5 * 60_000;

/** What came of a moment: a frame; or none, and why. */
export type Published = { readonly frame: PublishedFrame } | { readonly frame: null; readonly reason: string };

/** Decides what leaves the room. Time is an argument, in milliseconds from the gathering's start, and never runs back. */
export interface Publisher {
  /** To be called once a second or oftener, so that breaths are averaged; answers every half minute, else null. */
  look(now: number, sums: PublishedSums): Published | null;
}

const hundredths = (value: number): number => {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
};

const published = (slot: number, pods: number, { share, depth, dream, discord, unity, synchrony }: Measures): PublishedFrame => {
  const [w, n1, n2, n3, r] = share;
  return {
    t: slot * PUBLISH_SECONDS * 1_000_000,
    n: Math.floor(pods / 5) * 5,
    share: [hundredths(w), hundredths(n1), hundredths(n2), hundredths(n3), hundredths(r)],
    depth: hundredths(depth),
    dream: hundredths(dream),
    discord: hundredths(discord),
    unity: hundredths(unity),
    synchrony: synchrony === null ? null : hundredths(synchrony),
  };
};

/**
 * Effective number of sleepers behind a sum, (sum w)^2 / sum w^2 (Kish 1965): their number where all weigh the same, and
 * fewer where one outweighs the others. Ten pods of which one alone knows its stage are one sleeper, not ten.
 */
const effective = (sum: number, squares: number): number => (squares > 0 ? (sum * sum) / squares : 0);
const field = (shard: Shard, name: keyof typeof FIELD): number => shard[FIELD[name]] ?? 0;
const staged = (shard: Shard): number => effective(STAGES.reduce((sum, stage) => sum + field(shard, stage), 0), field(shard, 'massSquares'));
const breathing = (shard: Shard): number => effective(field(shard, 'breathQuality'), field(shard, 'breathQualitySquares'));

type Membership = Pick<PublishedSums, 'pods' | 'members'>;
/** How many have come or gone from one moment to the other. */
const changes = (before: Membership, after: Membership): number => {
  if (before.members === undefined || after.members === undefined) return Math.abs(after.pods - before.pods);
  let stayed = 0;
  for (const member of after.members) if (before.members.has(member)) stayed += 1;
  return before.members.size + after.members.size - 2 * stayed;
};

/**
 * The published stream: ten sleepers or more, every half minute, rounded. Where one alone came or went since the last
 * published frame, the two frames around it would tell that one apart, so nothing is published until a second has, and
 * five minutes have passed since the last such change was shown. A withdrawn sleeper is in no frame from that moment on.
 */
export const createPublisher = (): Publisher => {
  /** Those whom the last published frame was of, and when their number was first shown. */
  let shown: Membership | null = null;
  let shownAt = 0;
  let before: Membership | null = null;
  let history: History = startHistory();
  let last = 0;
  /** When ten were there first: chance agreement goes by the time of night. */
  let nightfall: number | null = null;
  let slot = -1;

  const verdict = (now: number, sums: PublishedSums): string | null => {
    if (sums.pods < PUBLISH_GATE) return `fewer than ${PUBLISH_GATE} sleepers who agreed to be published`;
    if (staged(sums.shard) < PUBLISH_GATE) return `fewer than ${PUBLISH_GATE} sleepers whose stage is known well`;
    const changed = shown === null ? 0 : changes(shown, sums);
    if (changed === 0) return null;
    if (changed < LEAST_CHANGES) return 'one sleeper alone has come or gone, and would be told apart: nothing new until another has';
    return now - shownAt < BATCH_MS ? 'sleepers have come or gone, and that is shown every five minutes at most' : null;
  };

  return {
    look: (now, sums) => {
      // What is averaged over time must not carry on someone who is gone.
      if (before !== null && changes(before, sums) > 0) history = startHistory();
      if (sums.pods >= PUBLISH_GATE) nightfall ??= now;
      const measured = measure(sums.shard, history, Math.max(0, now - last) / 1_000, (now - (nightfall ?? now)) / 1_000);
      history = measured.history;
      last = now;
      // Without the sums: the names are let go with it.
      before = { pods: sums.pods, ...(sums.members !== undefined && { members: sums.members }) };
      const due = Math.floor(now / (PUBLISH_SECONDS * 1_000));
      if (due <= slot) return null;
      slot = due;
      const reason = verdict(now, sums);
      if (reason !== null) return { frame: null, reason };
      if (shown === null || changes(shown, sums) > 0) {
        shown = before;
        shownAt = now;
      }
      const { measures } = measured;
      // Breath is known of fewer than stages are; unity is half of breath.
      const apart = measures.synchrony !== null && breathing(sums.shard) < PUBLISH_GATE;
      return { frame: published(slot, sums.pods, apart ? { ...measures, synchrony: null, unity: 0 } : measures) };
    },
  };
};
