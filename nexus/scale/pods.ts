import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { BATCH_MS, createAdmission, entrants, type Door } from '../guard/admission.ts';
import { agree, hasRunOut, timeLeft } from '../guard/consent.ts';
import { AROUSALS_APART_MS } from '../guard/intake.ts';
import { createBucket, spend, type Bucket } from '../bucket.ts';
import { POD_RATE } from '../guard/limits.ts';
import type { Consent, Seat } from '../guard/seat.ts';
import { sumSeats } from '../guard/sums.ts';
import { createTally } from '../guard/tally.ts';
import type { Verdict } from '../guard/verdict.ts';
import { DROPPED_MS, hear } from '../heard.ts';
import type { Sums } from './partial.ts';

export interface PodsOptions {
  /** The first batch is called at the earliest so long after the first newcomer: after a restart its pods are all heard again by then. */
  readonly firstMs: number;
  /** The most pods, in and waiting. */
  readonly most: number;
}

/**
 * The pods of one partition and their sums, by the rules of the guard (docs/nexus.md): batches, consent for a day at most, rates,
 * frames in order. Time is an argument: Unix milliseconds.
 */
export interface Pods {
  frame(frame: PodFrame, now: number): Verdict;
  consent(sid: string, consent: Consent, now: number): Verdict;
  /** Takes a pod out at once, with all that was kept of it. */
  withdraw(sid: string): void;
  /** Lets in who may enter now, lets go who is silent or whose consent has run out, and adds the rest. */
  at(now: number): { readonly sums: Sums; readonly until: number | null };
  /** Those who wait for a batch. */
  waiting(): number;
}

interface Guarded {
  readonly seat: Seat;
  readonly bucket: Bucket;
}

/** One room that has no end: below which number nothing is said is the merger's to know, so every newcomer waits for a batch. */
const doorOf = (inside: number, last: number): Door => ({ gate: 0, inside, last });
const oneRealm = (): number => 0;

const seatFor = (frame: PodFrame, now: number): Seat => ({
  number: 0, sid: frame.sid, circle: 0, modelled: false, line: null, state: 'waiting', heard: null, consent: frame.consent, agreed: now, ends: Infinity, last: now, rotated: now,
  kept: false, tally: createTally(),
});

export const createPods = ({ firstMs, most }: PodsOptions): Pods => {
  const pods = new Map<string, Guarded>();
  const waiting = new Set<Seat>();
  const called = new Set<Seat>();
  const admission = createAdmission();
  /** When a batch last entered each sum. */
  const entered = { live: -Infinity, kept: -Infinity };

  const withdraw = (sid: string): void => {
    const found = pods.get(sid);
    if (found === undefined) return;
    waiting.delete(found.seat);
    called.delete(found.seat);
    pods.delete(sid);
  };

  const admit = (now: number): void => {
    if (waiting.size === 0 && called.size === 0) return;
    if (admission.step([...waiting], [...called], doorOf(pods.size - waiting.size - called.size, entered.live), oneRealm, now)) entered.live = now;
    for (const seat of [...waiting, ...called]) {
      waiting.delete(seat);
      called.delete(seat);
      if (seat.state === 'waiting') waiting.add(seat);
      else if (seat.state === 'called') called.add(seat);
    }
  };

  /** Who is in and agrees to be kept: two or more together, as with the live sums. */
  const keep = (now: number): void => {
    if (now - entered.kept < BATCH_MS) return;
    const candidates: Seat[] = [];
    for (const { seat } of pods.values()) if (seat.state === 'in' && seat.consent.record && !seat.kept) candidates.push(seat);
    const batch = entrants(candidates, doorOf(0, entered.kept), oneRealm, now);
    for (const seat of batch) seat.kept = true;
    if (batch.length > 0) entered.kept = now;
  };

  /** A day has passed since it agreed. It may not come back in by a frame that says the same again: it must agree anew, in person. */
  const runOut = (seat: Seat): void => {
    waiting.delete(seat);
    called.delete(seat);
    seat.state = 'ended';
    seat.heard = null;
    seat.kept = false;
  };

  /** Drops who is silent, ends consents, and tells when the next one ends. */
  const end = (now: number): number | null => {
    let first = Infinity;
    pods.forEach(({ seat }, sid) => {
      if (now - seat.last >= DROPPED_MS) withdraw(sid);
      else if (seat.state !== 'ended' && now >= seat.ends) {
        if (hasRunOut(seat, now)) runOut(seat);
        else withdraw(sid);
      } else if (seat.state === 'in') first = Math.min(first, seat.ends);
    });
    return Number.isFinite(first) ? first : null;
  };

  const sit = (frame: PodFrame, now: number): Verdict => {
    if (pods.size >= most) return 'too many pods';
    const left = timeLeft(frame.consent, now);
    if (left <= 0) return 'consent expired';
    if (entered.live === -Infinity) entered.live = now + firstMs - BATCH_MS;
    const seat = seatFor(frame, now);
    agree(seat, frame.consent, left, now);
    pods.set(frame.sid, { seat, bucket: createBucket(POD_RATE, now) });
    waiting.add(seat);
    return 'waiting';
  };

  return {
    withdraw,
    waiting: () => waiting.size + called.size,
    consent: (sid, consent, now) => {
      const found = pods.get(sid);
      if (found === undefined) return 'waiting';
      const { seat } = found;
      seat.agreed = now;
      seat.last = now;
      if (seat.state === 'ended') {
        seat.state = 'waiting';
        waiting.add(seat);
      }
      agree(seat, consent, timeLeft(consent, now), now);
      return 'taken';
    },
    frame: (frame, now) => {
      const found = pods.get(frame.sid);
      if (found === undefined) return sit(frame, now);
      const { seat, bucket } = found;
      if (!spend(bucket, POD_RATE, now)) return 'too fast';
      if (seat.heard !== null && frame.seq <= seat.heard.seq) return 'replayed';
      if (seat.heard !== null && frame.tMono < seat.heard.tMono) return 'clock';
      seat.last = now;
      agree(seat, frame.consent, timeLeft(frame.consent, now), now);
      if (now >= seat.ends || seat.state === 'ended') return 'consent expired';
      if (seat.state === 'waiting') return 'waiting';
      seat.heard = hear(seat.heard, frame, now, AROUSALS_APART_MS);
      return seat.state === 'in' ? 'taken' : 'waiting';
    },
    at: (now) => {
      const until = end(now);
      admit(now);
      keep(now);
      const seats = function* (): Generator<Seat> {
        for (const { seat } of pods.values()) yield seat;
      };
      const { live, kept, published } = sumSeats(seats(), 1, now);
      const [all = published, allKept = published] = [live[0], kept[0]];
      return { until, sums: { live: all, kept: allKept, published } };
    },
  };
};
