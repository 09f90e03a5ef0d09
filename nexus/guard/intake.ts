import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { readPodFrame } from '../../core/signal/read-pod-frame.ts';
import type { Intake, Origin } from '../adapters/adapter.ts';
import { spend } from '../bucket.ts';
import type { Chant } from '../chant.ts';
import { hear } from '../heard.ts';
import type { Bans } from './bans.ts';
import { agree, hasRunOut, readConsent, sidOf, takesBack, timeLeft, withdrawnSid } from './consent.ts';
import type { Lines } from './lines.ts';
import { POD_RATE } from './limits.ts';
import type { Line, Seat } from './seat.ts';
import type { Seats } from './seats.ts';
import { count, isRefusal } from './tally.ts';
import { REFUSALS, type Refusal, type Verdict } from './verdict.ts';

/**
 * From one arousal to the next: three seconds of it and ten of stable sleep before (AASM). Faster ones are noise, or someone who
 * wants to be louder than one sleeper.
 */
export const AROUSALS_APART_MS = 13_000;

export interface IntakeParts {
  readonly circles: readonly string[];
  readonly lines: Lines;
  readonly seats: Seats;
  readonly chant: Chant;
  readonly bans: Bans;
  readonly now: () => number;
  readonly unixNow: () => number;
  readonly hearsWaiting: boolean;
}

const voiceOf = ({ adapter, connection }: Origin): string => `${adapter}\n${connection}`;

/** Takes one frame into its seat. What is kept of it depends on where the seat is: nothing while it waits, unless those are to be heard. */
const takeFrame = (seat: Seat, frame: PodFrame, now: number, hearsWaiting: boolean): Verdict => {
  const { heard } = seat;
  if (heard !== null && frame.seq <= heard.seq) return 'replayed';
  if (heard !== null && frame.tMono < heard.tMono) return 'clock';
  seat.last = now;
  if (seat.state !== 'waiting' || hearsWaiting) seat.heard = hear(heard, frame, now, AROUSALS_APART_MS);
  return seat.state === 'in' ? 'taken' : 'waiting';
};

/** The way in, and how many messages it refused, by reason. Cheap checks come before dear ones; whoever leaves is always let go. */
export const createIntake = ({ circles, lines, seats, chant, bans, now: clock, unixNow, hearsWaiting }: IntakeParts): { readonly intake: Intake; readonly refusals: ReadonlyMap<Refusal, number> } => {
  const refusals = new Map<Refusal, number>(REFUSALS.map((reason) => [reason, 0]));
  const places = new Map(circles.map((circle, place) => [circle, place]));

  const note = (verdict: Verdict, line: Line | null, sid: string | null, now: number): Verdict => {
    if (isRefusal(verdict)) refusals.set(verdict, (refusals.get(verdict) ?? 0) + 1);
    if (line === null) return verdict;
    const seat = line.one || sid === null ? undefined : seats.get(sid);
    count(seat?.line === line ? seat.tally : line.tally, verdict, now);
    return verdict;
  };

  /** The line of an origin; null where it may not speak: its circle is none of the room's, or the host took its pod out. */
  const lineOf = (from: Origin, now: number): Line | null => {
    const circle = places.get(from.circle);
    return circle === undefined || bans.hasConnection(from) ? null : lines.of(from, circle, now);
  };
  const shut = (from: Origin): Refusal => (bans.hasConnection(from) ? 'removed' : 'malformed');

  const withdraw = (sid: string, line: Line): boolean => {
    const seat = seats.mine(line, sid);
    if (seat !== null) seats.leave(seat);
    return seat !== null;
  };
  /** A message that cannot be taken, unless it withdraws. */
  const refuse = (reason: Refusal, payload: unknown, line: Line): Refusal => {
    const sid = withdrawnSid(payload);
    return sid !== null && withdraw(sid, line) ? 'no consent' : reason;
  };

  const claim = (frame: PodFrame, line: Line, now: number): Verdict => {
    const known = seats.get(frame.sid);
    if (known !== undefined && known.line !== line && known.line !== null) return 'not its own';
    const left = timeLeft(frame.consent, unixNow());
    if (!frame.consent.live || left <= 0) {
      withdraw(frame.sid, line);
      return frame.consent.live ? 'consent expired' : 'no consent';
    }
    const seat = seats.claim(line, { sid: frame.sid, circle: line.circle, modelled: line.modelled, consent: frame.consent }, now);
    if (typeof seat === 'string') return seat;
    if (hasRunOut(seat, now)) {
      seats.end(seat);
      seat.last = now;
      return 'consent expired';
    }
    const verdict = takeFrame(seat, frame, now, hearsWaiting);
    if (!isRefusal(verdict)) agree(seat, frame.consent, left, now);
    return verdict;
  };

  const frame = (payload: unknown, line: Line, sid: string | undefined, now: number): Verdict => {
    if (!spend(line.bucket, POD_RATE, now, Math.max(1, line.seats.size))) return refuse('too fast', payload, line);
    const read = readPodFrame(payload);
    if (read === null) return refuse('malformed', payload, line);
    return sid !== undefined && sid !== read.sid ? 'not its own' : claim(read, line, now);
  };

  const consent = (sid: string, payload: unknown, line: Line, now: number): Verdict => {
    const spent = spend(line.bucket, POD_RATE, now, Math.max(1, line.seats.size));
    const own = seats.mine(line, sid);
    if (own === null && seats.get(sid) !== undefined) return 'not its own';
    if (takesBack(payload)) {
      if (own !== null) seats.leave(own);
      return 'taken';
    }
    if (!spent) return 'too fast';
    const agreed = readConsent(payload);
    if (agreed === null) return 'malformed';
    const left = timeLeft(agreed, unixNow());
    if (left <= 0) {
      if (own !== null) seats.leave(own);
      return 'consent expired';
    }
    if (own === null || own.sid !== sid) return 'taken';
    seats.renew(own, now);
    agree(own, agreed, left, now);
    return own.state === 'in' ? 'taken' : 'waiting';
  };

  const intake: Intake = {
    frame: (payload, from, sid) => {
      const now = clock();
      const line = lineOf(from, now);
      return line === null ? note(shut(from), null, null, now) : note(frame(payload, line, sid, now), line, sid ?? (line.one ? null : sidOf(payload)), now);
    },
    consent: (sid, payload, from) => {
      const now = clock();
      const line = lineOf(from, now);
      return line === null ? note(shut(from), null, null, now) : note(consent(sid, payload, line, now), line, sid, now);
    },
    bye: (sid, from) => {
      const now = clock();
      const line = lines.find(from);
      const own = seats.mine(line, sid);
      if (own !== null) seats.leave(own);
      chant.forget(voiceOf(from));
      return note(own === null && seats.get(sid) !== undefined ? 'not its own' : 'taken', line ?? null, null, now);
    },
    chant: (strength, from) => {
      const now = clock();
      const shutOut = !places.has(from.circle) || bans.hasConnection(from);
      return note(shutOut ? shut(from) : chant.hear(voiceOf(from), strength, now), null, null, now);
    },
    closed: (from) => {
      chant.forget(voiceOf(from));
      const line = lines.find(from);
      if (line !== undefined) lines.close(line);
    },
    refused: (reason, from) => {
      const now = clock();
      note(reason, lineOf(from, now), null, now);
    },
  };
  return { intake, refusals };
};
