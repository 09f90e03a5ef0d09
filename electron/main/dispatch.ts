import type { z } from 'zod';
import type { Requests } from '../../core/ipc/contract.ts';
import { Fault } from '../../core/fault.ts';
import { firstProblem } from '../../core/problem.ts';

/** A refusal as it travels: an Error loses its parts on the way between processes. */
export interface FaultData {
  readonly what: string;
  readonly where: string;
  readonly mend: string;
}
/** What a window gets for a request. The preload turns it back into a value or a rejection that tells the fault. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: FaultData };

/** One function for each channel of a contract. */
export type Answers<Table extends Requests> = {
  readonly [Channel in keyof Table]: (request: z.output<Table[Channel]['request']>) => Promise<z.output<Table[Channel]['response']> extends undefined ? void : z.output<Table[Channel]['response']>>;
};

export interface Limits {
  /** Longest request as a count of characters, about as JSON would have. */
  readonly size: number;
  /** Requests a second that are answered for long. */
  readonly perSecond: number;
  /** Requests at once. */
  readonly burst: number;
}
/** A drag sends some 120 edits a second; a journal entry of a second some kilobytes. */
export const LIMITS: Limits = { size: 8 * 1024 * 1024, perSecond: 500, burst: 1000 };

export const faultData = (fault: Fault): FaultData => ({ what: fault.what, where: fault.where, mend: fault.mend });

/** A fault in one line: what, where, how to mend it. */
export const faultSentence = ({ what, where, mend }: FaultData): string => `${what}: ${where}: ${mend}`;

/** True where a value is longer than `limit` characters as JSON, or nested beyond reason. Stops counting there. */
export const isLongerThan = (value: unknown, limit: number): boolean => {
  let left = limit;
  const visit = (part: unknown, depth: number): boolean => {
    left -= typeof part === 'string' ? part.length + 2 : 8;
    if (left < 0 || depth > 64) return true;
    if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) return true;
    if (typeof part !== 'object' || part === null) return false;
    if (part instanceof Map || part instanceof Set) return true;
    for (const [key, inner] of Object.entries(part)) {
      left -= key.length;
      if (visit(inner, depth + 1)) return true;
    }
    return false;
  };
  return visit(value, 0);
};

/** A bucket that fills at `perSecond` and holds `burst`. `now` is in milliseconds of a monotonic clock. */
const createAllowance = ({ perSecond, burst }: Limits, clock: () => number): (() => boolean) => {
  let filled = burst;
  let before = clock();
  return () => {
    const now = clock();
    filled = Math.min(burst, filled + ((now - before) / 1000) * perSecond);
    before = now;
    if (filled < 1) return false;
    filled -= 1;
    return true;
  };
};

const problem = (error: z.ZodError): string => {
  const { message, place } = firstProblem(error, '');
  return place === '' ? message : `${message} (${place})`;
};

/**
 * The way in for one window: finds the channel, measures and checks what was asked, has it answered and checks
 * the answer. It never throws; what goes wrong unforeseen is printed in full here and told in short there.
 */
export const createDispatch = <Table extends Requests>(
  table: Table,
  answers: Answers<Table>,
  clock: () => number,
  limits: Limits = LIMITS,
): ((channel: unknown, payload: unknown) => Promise<Reply>) => {
  const allowed = createAllowance(limits, clock);
  const answer = async (channel: unknown, payload: unknown): Promise<unknown> => {
    if (!allowed()) throw new Fault('too many requests at once', String(channel).slice(0, 60), 'wait a moment and try again');
    if (typeof channel !== 'string' || !Object.hasOwn(table, channel)) throw new Fault('there is no such channel', String(channel).slice(0, 60), 'reload the view');
    const schemas = table[channel];
    const handle: ((request: never) => Promise<unknown>) | undefined = answers[channel];
    if (schemas === undefined || handle === undefined) throw new Fault('there is no such channel', channel, 'reload the view');
    if (isLongerThan(payload, limits.size)) throw new Fault('this request is too long', channel, `send less than ${limits.size} characters at once`);
    const request = schemas.request.safeParse(payload);
    if (!request.success) throw new Fault(`this request is not understood: ${problem(request.error)}`, channel, 'reload the view; if it stays so, report it');
    // The schema that stands beside the handler has just shown that this is what it takes.
    return schemas.response.parse(await handle(request.data as never));
  };
  return async (channel, payload) => {
    try {
      return { ok: true, value: await answer(channel, payload) };
    } catch (error) {
      if (error instanceof Fault) return { ok: false, fault: faultData(error) };
      console.error(`The request ${String(channel)} failed unforeseen:`, error);
      return { ok: false, fault: { what: 'something went wrong that was not foreseen', where: String(channel).slice(0, 60), mend: 'save your work, then start Dreamscore again; the terminal says more' } };
    }
  };
};
