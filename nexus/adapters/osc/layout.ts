import type { OscMessage } from './packet.ts';
import type { Senses } from './senses.ts';

/** Reads what one sender sends into one sleeper's senses. */
export interface LayoutReader {
  /** False for a message that this layout does not know. */
  hear(message: OscMessage, atMs: number): boolean;
}

/** How one program names and shapes what it sends. */
export interface Layout {
  /** UDP port where its users expect to send. */
  readonly usualPort: number;
  /** Two senders on one machine are two sleepers. (OpenBCI's streams of one sleeper each have a port of their own.) */
  readonly byPort: boolean;
  /** Which sleeper of a sender an address speaks of; null for none of this layout. */
  sleeper(address: string): string | null;
  /** Messages of a datagram that is not OSC at all, where the program can send such. */
  readonly alternative?: (text: string) => OscMessage[] | null;
  createReader(senses: Senses): LayoutReader;
  /** How a person checks the sender, after `Check that`. */
  readonly check: string;
}
