import { createHmac, randomBytes } from 'node:crypto';
import { sameSecret } from '../same-secret.ts';

/** 128 bits: not to be guessed, and short enough for a code that a phone reads. */
const TOKEN_BYTES = 16;
/** The longest that is looked at, characters. */
const LONGEST = 200;

/** What opens the door to each circle. Tokens are held in memory alone; they are made from a secret, so that who keeps it opens the same doors again. */
export interface Tokens {
  /** 22 characters, safe in a link. @throws RangeError for a circle that the room has not */
  of(circle: string): string;
  /** The circle that a token opens, or null. Takes the same time whichever it is and however much of it is right. */
  circleOf(token: string): string | null;
  /** New tokens for all circles; the old ones open nothing from now on. Who is in stays in. */
  renew(secret?: Uint8Array): void;
}

const SECRET_BYTES = 32;

const tokenOf = (secret: Uint8Array, circle: string): string => createHmac('sha256', secret).update(circle).digest().subarray(0, TOKEN_BYTES).toString('base64url');

/**
 * @param circles each gets a token of its own
 * @param secret 32 bytes; by chance where none is given
 */
export const createTokens = (circles: readonly string[], secret: Uint8Array = randomBytes(SECRET_BYTES)): Tokens => {
  const make = (from: Uint8Array): ReadonlyMap<string, string> => new Map(circles.map((circle) => [circle, tokenOf(from, circle)]));
  let tokens = make(secret);
  return {
    of: (circle) => {
      const token = tokens.get(circle);
      if (token === undefined) throw new RangeError(`no circle "${circle}"`);
      return token;
    },
    circleOf: (token) => {
      if (token.length > LONGEST) return null;
      let found: string | null = null;
      for (const [circle, own] of tokens) if (sameSecret(token, own)) found = circle;
      return found;
    },
    renew: (next = randomBytes(SECRET_BYTES)) => {
      tokens = make(next);
    },
  };
};
