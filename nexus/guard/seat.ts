import type { PodFrame } from '../../core/signal/pod-frame.ts';
import type { Heard } from '../heard.ts';
import type { Bucket } from '../bucket.ts';
import type { Tally } from './tally.ts';

export type Consent = PodFrame['consent'];

/** One connection by which pods come in. */
export interface Line {
  readonly adapter: string;
  readonly connection: string;
  /** It can be of one pod alone. */
  readonly one: boolean;
  /** What comes by it is nobody's. */
  readonly modelled: boolean;
  readonly bucket: Bucket;
  /** Where it is of one pod alone, that pod's own. */
  tally: Tally;
  readonly seats: Set<Seat>;
  /** Place of its circle in the room's list. */
  circle: number;
  /** In the host's list, once it has been there. */
  number: number | null;
  /** When anything last came by it, milliseconds. */
  last: number;
}

/**
 * One pod's place in the room, from its first frame until it leaves or falls silent.
 * `waiting`: nothing is kept but its sid, its consent and when it came. `called`: its batch enters as soon as each has sent
 * something; until then it is in no sum. `in`: it is in the sums. `ended`: a day has passed since it agreed.
 */
export interface Seat {
  /** As the host calls it: `pod 7`. */
  readonly number: number;
  sid: string;
  readonly circle: number;
  /** Nobody's: simulated, or recorded before. It needs no batch, hides no one and is not published. */
  readonly modelled: boolean;
  /** The connection that speaks for it; null after that closed, until the pod comes back by another. */
  line: Line | null;
  state: 'waiting' | 'called' | 'in' | 'ended';
  heard: Heard | null;
  consent: Consent;
  /** When it agreed, in person: milliseconds by the Nexus's clock. */
  agreed: number;
  /** When its consent ends, likewise. */
  ends: number;
  last: number;
  rotated: number;
  /** In the sums of what a take may keep; who newly agrees to that waits for a batch there too. */
  kept: boolean;
  readonly tally: Tally;
}
