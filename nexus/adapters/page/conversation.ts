import type { Clock } from '../../clock.ts';
import type { Verdict } from '../../guard/verdict.ts';
import type { Intake, Origin } from '../adapter.ts';
import { createAllowance } from './allowance.ts';
import { CLOSE, MESSAGE_BYTES, fromPageSchema, type Crowd, type FromPage, type ToPage } from './messages.ts';

export interface ConversationOptions {
  /** This connection's own name; tells nothing of who it is. */
  readonly connection: string;
  readonly adapter: string;
  readonly gathering: string;
  readonly intake: Intake;
  readonly clock: Clock;
  /** The circle that a token opens, or null. */
  readonly circleOf: (token: string) => string | null;
  readonly crowdOf: (circle: string) => Crowd;
  readonly send: (message: ToPage) => void;
  /** Ends the connection; `closed` is called in turn. */
  readonly end: (code: number) => void;
  /** Another page with this key is to end: it is this very page, come back. */
  readonly cameBack: (key: string) => void;
}

/** One page's side of the talk, whatever carries it. */
export interface Conversation {
  /** A message as text. Never throws. */
  receive(text: string): void;
  /** A message that was too large or not text. */
  unreadable(reason: 'malformed' | 'too large'): void;
  /** The connection is over. */
  closed(): void;
}

/** A frame and a consent a second, four strengths of a chant, and half as much again; a burst after a stall. */
const MESSAGES = { perSecond: 9, burst: 30 };
/** Messages that make no sense before the page is shown out. */
const NONSENSE = { perSecond: 0.1, burst: 10 };
/** A page takes a new sid each half hour; more often than once a minute is a flood of pods. */
const NEW_SIDS = { perSecond: 1 / 60, burst: 3 };

const parsed = (text: string): FromPage | null => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = fromPageSchema.safeParse(value);
  return read.success ? read.data : null;
};

const sidOf = (frame: unknown): string | null => {
  const sid: unknown = typeof frame === 'object' && frame !== null && 'sid' in frame ? frame.sid : null;
  return typeof sid === 'string' ? sid : null;
};

/** One page, one pod: to the guard a new sid is the same pod under a new name. */
export const createConversation = (options: ConversationOptions): Conversation => {
  const { intake, clock, send, end } = options;
  const messages = createAllowance(clock, MESSAGES);
  const nonsense = createAllowance(clock, NONSENSE);
  const newSids = createAllowance(clock, NEW_SIDS);
  let from: Origin | null = null;
  /** The pod that this page speaks for, and the sid it tried last. */
  let sid: string | null = null;
  let tried: string | null = null;
  /** It was shown out, and what still comes is not heard. */
  let shownOut = false;
  let over = false;

  const finish = (code: number): void => {
    if (over || shownOut) return;
    shownOut = true;
    end(code);
  };

  const closed = (): void => {
    if (over) return;
    over = true;
    if (from !== null) intake.closed(from);
  };

  const unreadable = (reason: 'malformed' | 'too large'): void => {
    if (over || shownOut) return;
    if (from !== null) intake.refused(reason, from);
    if (from === null || !nonsense.spend()) finish(CLOSE.tooMuch);
  };

  const hello = (message: Extract<FromPage, { kind: 'hello' }>): void => {
    const circle = options.circleOf(message.token);
    if (circle === null) {
      send({ kind: 'no way in' });
      finish(CLOSE.noToken);
      return;
    }
    options.cameBack(message.key);
    from = { adapter: options.adapter, connection: options.connection, one: true, circle };
    send({ kind: 'welcome', gathering: options.gathering, circle });
  };

  const frame = (payload: unknown, origin: Origin): Verdict => {
    const named = sidOf(payload);
    if (named !== null && named !== tried && !newSids.spend()) return 'too fast';
    tried = named ?? tried;
    const verdict = intake.frame(payload, origin);
    if ((verdict === 'taken' || verdict === 'waiting') && named !== null) sid = named;
    return verdict;
  };

  const act = (message: FromPage, origin: Origin): void => {
    const tell = (of: 'frame' | 'consent' | 'chant', verdict: Verdict): void => send({ kind: 'verdict', of, verdict, crowd: options.crowdOf(origin.circle) });
    switch (message.kind) {
      case 'hello':
        unreadable('malformed');
        break;
      case 'frame':
        tell('frame', frame(message.frame, origin));
        break;
      case 'consent':
        tell('consent', intake.consent(message.sid, message.consent, origin));
        break;
      case 'chant':
        tell('chant', intake.chant(message.strength, origin));
        break;
      case 'bye':
        intake.bye(message.sid, origin);
        if (message.sid === sid) sid = null;
        send({ kind: 'gone' });
        break;
    }
  };

  return {
    receive: (text) => {
      if (over || shownOut) return;
      if (text.length > MESSAGE_BYTES) {
        unreadable('too large');
        return;
      }
      const message = parsed(text);
      if (message === null) unreadable('malformed');
      // A withdrawal is obeyed at once, however much came before it.
      else if (!messages.spend() && !(message.kind === 'bye' && message.sid === sid)) finish(CLOSE.tooMuch);
      else if (from !== null) act(message, from);
      else if (message.kind === 'hello') hello(message);
      else finish(CLOSE.noToken);
    },
    unreadable,
    closed,
  };
};
