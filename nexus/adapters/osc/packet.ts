import { decode } from 'node-osc';
import { z } from 'zod';

/** One OSC message: values as they came, unchecked. */
export interface OscMessage {
  readonly address: string;
  readonly values: readonly unknown[];
}

/** A datagram beyond this is refused unread: the largest sound one (an OpenBCI GUI with 16 electrodes) has some 2 KiB. */
export const LARGEST_BYTES = 8_192;
/** Bundles in bundles, at most so deep. */
const DEEPEST = 4;
const LONGEST_ADDRESS = 256;
const MOST_VALUES = 64;

const messageSchema = z.object({
  oscType: z.literal('message'),
  address: z.string().min(1).max(LONGEST_ADDRESS),
  args: z.array(z.object({ value: z.unknown() })).max(MOST_VALUES),
});
const bundleSchema = z.object({ oscType: z.literal('bundle'), elements: z.array(z.unknown()) });

const flatten = (element: unknown, depth: number, into: OscMessage[]): boolean => {
  const message = messageSchema.safeParse(element);
  if (message.success) {
    into.push({ address: message.data.address, values: message.data.args.map(({ value }) => value) });
    return true;
  }
  const bundle = bundleSchema.safeParse(element);
  return bundle.success && depth < DEEPEST && bundle.data.elements.every((inner) => flatten(inner, depth + 1, into));
};

/** The messages of a datagram, those of bundles in their order; null where it is no OSC. Bytes beyond `LARGEST_BYTES` are the caller's to refuse. */
export const readOsc = (bytes: Buffer): OscMessage[] | null => {
  const messages: OscMessage[] = [];
  let packet: unknown;
  try {
    packet = decode(bytes);
  } catch {
    // The decoder throws for anything that is no OSC, and its words quote the bytes.
    return null;
  }
  return flatten(packet, 0, messages) ? messages : null;
};
