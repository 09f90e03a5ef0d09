import type { PodCard } from '../../core/ipc/room.ts';
import { STALE_MS } from '../heard.ts';
import type { Line, Seat } from './seat.ts';
import { troubleOf } from './tally.ts';
import { VERDICT_WORDS, type Refusal } from './verdict.ts';

/** The host sees at most so many pods; those in trouble come first. */
export const MAXIMUM_CARDS = 200;

const ORDER: readonly PodCard['state'][] = ['limited', 'waiting', 'stale', 'live'];
const NO_QUALITY = { eeg: 0, hr: 0, resp: 0, motion: 0 };

const words = (trouble: Refusal | null): string | null => (trouble === null ? null : VERDICT_WORDS[trouble]);

/** A pod's name in the host's view: a number as they came, never its sid. */
export const podName = (number: number): string => `pod ${number}`;

const stateOf = (seat: Seat, trouble: Refusal | null, now: number): PodCard['state'] => {
  if (trouble !== null || seat.state === 'ended') return 'limited';
  if (seat.state !== 'in') return 'waiting';
  return now - seat.last > STALE_MS ? 'stale' : 'live';
};

const seatCard = (seat: Seat, circle: string, now: number): PodCard => {
  const trouble = troubleOf(seat.tally, now) ?? (seat.state === 'ended' ? 'consent expired' : null);
  const { eeg, hr, resp, motion } = seat.heard?.q ?? NO_QUALITY;
  return {
    name: podName(seat.number),
    circle,
    state: stateOf(seat, trouble, now),
    quality: { eeg, hr, resp, motion },
    age: Math.max(0, now - seat.last) / 1_000,
    record: seat.consent.record,
    publish: seat.consent.publish,
    trouble: words(trouble),
    refused: seat.tally.refusedInAll,
  };
};

/** A connection that was only ever refused: the host should see it, or nobody would know why a pod is not there. */
const lineCard = (line: Line, number: number, circle: string, trouble: Refusal, now: number): PodCard => ({
  name: podName(number),
  circle,
  state: 'limited',
  quality: { ...NO_QUALITY },
  age: Math.max(0, now - line.last) / 1_000,
  record: false,
  publish: false,
  trouble: words(trouble),
  refused: line.tally.refusedInAll,
});

export interface CardsInput {
  readonly seats: Iterable<Seat>;
  readonly strangers: Iterable<Line>;
  readonly circles: readonly string[];
  readonly nextNumber: () => number;
  readonly now: number;
}

/** The pods as the host sees them, and how many are in trouble. */
export const cardsOf = ({ seats, strangers, circles, nextNumber, now }: CardsInput): { readonly cards: PodCard[]; readonly limited: number } => {
  const byState: Record<PodCard['state'], PodCard[]> = { limited: [], waiting: [], stale: [], live: [] };
  const circleOf = (place: number): string => circles[place] ?? circles[0] ?? '';
  let limited = 0;
  const show = (card: PodCard): void => {
    if (card.state === 'limited') limited += 1;
    const list = byState[card.state];
    if (list.length < MAXIMUM_CARDS) list.push(card);
  };
  for (const seat of seats) show(seatCard(seat, circleOf(seat.circle), now));
  for (const line of strangers) {
    const trouble = troubleOf(line.tally, now);
    if (trouble === null) continue;
    line.number ??= nextNumber();
    show(lineCard(line, line.number, circleOf(line.circle), trouble, now));
  }
  return { cards: ORDER.flatMap((state) => byState[state]).slice(0, MAXIMUM_CARDS), limited };
};
