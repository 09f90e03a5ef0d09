import type { Verdict } from '../guard/verdict.ts';

/** How a source fares: one word for machines, a sentence for the host. */
export interface AdapterHealth {
  /** `off`: not started or stopped; `waiting`: between two tries; `failed`: given up, only a person can help. */
  readonly state: 'off' | 'starting' | 'live' | 'waiting' | 'failed';
  /** For people: `Connected to the broker at 192.168.1.4`, `Tries again in 4 s: the broker refused the password`. */
  readonly words: string;
}

/** Where a message came from. Nothing in it names a person, and nothing in it is written down. */
export interface Origin {
  /** The adapter's name. */
  readonly adapter: string;
  /**
   * One connection (a socket, a broker's client, a recording): a pod belongs to the connection that spoke for it
   * first, and no other may. Where the adapter cannot tell its senders apart, the pod's own address.
   */
  readonly connection: string;
  /** Set where a connection can be of one pod alone (a page, a client of the embedded broker): a second sid on it is then the same pod under a new name. */
  readonly one?: true;
  /** Set where its pods are nobody's who is here: simulated, or recorded before. Beside people they count toward no gate. */
  readonly modelled?: true;
  /** The circle that its pods sit in. */
  readonly circle: string;
}

/**
 * The one way in for pods, whatever carried them. Payloads are parsed but unchecked: each method checks
 * what it is given, never throws and never keeps a reference. Bytes go through `decodePayload` first.
 */
export interface Intake {
  /** A pod frame (core/signal/pod-frame.ts). `sid`: the pod's id by its address, where it has one; it must be the frame's own. */
  frame(payload: unknown, from: Origin, sid?: string): Verdict;
  /** A change of consent without a frame; without `live` it is a withdrawal. */
  consent(sid: string, payload: unknown, from: Origin): Verdict;
  /** The pod leaves and takes its data with it: out of the live sums at once, and purged. */
  bye(sid: string, from: Origin): Verdict;
  /** Someone awake taps or hums: strength 0..1, at least once every 2 s while it lasts. */
  chant(strength: unknown, from: Origin): Verdict;
  /** A connection ended without a word: its pods may come back by another one. */
  closed(from: Origin): void;
  /** A payload that could not be decoded, or was too large: counted for the host against its origin. */
  refused(reason: 'malformed' | 'too large', from: Origin): void;
}

/** A source of pods: one file each. It holds its own sockets and timers and frees them all in `stop`. */
export interface Adapter {
  /** For people and for metrics, unique in a room: `mqtt://192.168.1.4:1883`, `osc :5000`. */
  readonly name: string;
  /**
   * Begins. Settles once the source is live, or once it is waiting to try again (a broker that is away comes back:
   * back-off 1 s doubling to 60 s with jitter). @throws Fault where only a person can help (a port in use, a file that is no night)
   */
  start(): Promise<void>;
  /** Ends and settles once nothing of it is left. May be called at any time, and twice. */
  stop(): Promise<void>;
  health(): AdapterHealth;
}
