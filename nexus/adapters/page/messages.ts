import { z } from 'zod';
import type { Verdict } from '../../guard/verdict.ts';

/** Longest message either way, bytes; a pod frame is some 500. */
export const MESSAGE_BYTES = 2_048;

const sid = z.string().regex(/^[0-9a-f]{16}$/);

/** Page to Nexus. Frames and strengths are looked into by the guard alone. */
export const fromPageSchema = z.discriminatedUnion('kind', [
  /**
   * First of all. `token`: of the circle, from the link. `key`: random for as long as the page is open, so that after a
   * broken Wi-Fi the same page may speak for the same pod at once; it is kept in memory while the page is connected.
   */
  z.strictObject({ kind: z.literal('hello'), v: z.literal(1), token: z.string().min(1).max(200), key: z.string().regex(/^[0-9a-f]{32}$/) }),
  z.strictObject({ kind: z.literal('frame'), frame: z.unknown() }),
  z.strictObject({ kind: z.literal('consent'), sid, consent: z.unknown() }),
  z.strictObject({ kind: z.literal('bye'), sid }),
  z.strictObject({ kind: z.literal('chant'), strength: z.unknown() }),
]);
export type FromPage = z.infer<typeof fromPageSchema>;

/** Those who are here, as told to phones: rounded down to fives, so that no one's coming or going shows. 0: fewer than five. */
export interface Crowd {
  readonly atLeast: number;
  /** The gate is open: the collective is heard. */
  readonly heard: boolean;
}

/** Nexus to page. */
export type ToPage =
  | { readonly kind: 'welcome'; readonly gathering: string; readonly circle: string }
  /** The token is of no circle, or no longer: trying again does not help. */
  | { readonly kind: 'no way in' }
  /** What became of the last message of a kind, and who is here. */
  | { readonly kind: 'verdict'; readonly of: 'frame' | 'consent' | 'chant'; readonly verdict: Verdict; readonly crowd: Crowd }
  | { readonly kind: 'gone' };

/** Why the Nexus ends a connection (WebSocket close codes for an application's own use). */
export const CLOSE = { tooMuch: 4_008, noToken: 4_001, silent: 4_002, elsewhere: 4_009, ending: 1_001 } as const;
