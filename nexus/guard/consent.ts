import { podFrameSchema } from '../../core/signal/pod-frame.ts';
import type { Consent, Seat } from './seat.ts';

/** No consent lasts longer than this, whatever it says of its end. */
export const LONGEST_CONSENT_MS = 24 * 3_600_000;

/** What a pod agrees to, of any shape; null where it is none. */
export const readConsent = (payload: unknown): Consent | null => podFrameSchema.shape.consent.safeParse(payload).data ?? null;

/** Milliseconds until a consent ends by its own word; below 0 where it has ended. */
export const timeLeft = ({ expiresAt }: Consent, unixNow: number): number => (expiresAt === null ? Infinity : expiresAt - unixNow);

/** When a day has passed since the pod agreed. What is nobody's agreed to nothing. */
const dayOver = ({ agreed, modelled }: Seat): number => (modelled ? Infinity : agreed + LONGEST_CONSENT_MS);

/** Makes a consent a seat's own, in the same call: what it no longer allows has ended, what it newly allows waits for a batch. */
export const agree = (seat: Seat, consent: Consent, left: number, now: number): void => {
  seat.consent = consent;
  seat.ends = Math.min(now + left, dayOver(seat));
  seat.kept &&= consent.record;
};

/** Whether a day has passed since the pod agreed: it must do so anew. */
export const hasRunOut = (seat: Seat, now: number): boolean => now >= dayOver(seat);

const field = (of: unknown, name: string): unknown => (typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Object.getOwnPropertyDescriptor(of, name)?.value : undefined);

/** The sid that a message of any shape names, if it does. */
export const sidOf = (payload: unknown): string | null => {
  const sid = field(payload, 'sid');
  return typeof sid === 'string' ? sid : null;
};

/** Whether a consent, however broken otherwise, takes itself back. */
export const takesBack = (consent: unknown): boolean => field(consent, 'live') === false;

/** The sid of a frame that takes consent back, however broken or hasty it is otherwise: that is obeyed where all else is refused. */
export const withdrawnSid = (payload: unknown): string | null => (takesBack(field(payload, 'consent')) ? sidOf(payload) : null);
