import type { Refusal } from '../guard/verdict.ts';
import { readCbor } from './strict-cbor.ts';

/** The most that one message may hold, bytes. A full pod frame is some 410 bytes as JSON, 350 as CBOR. */
export const PAYLOAD_BYTES = 4_096;

const BRACE = 0x7b;
/** CBOR: the upper three bits of the first byte are the major type; 5 is a map. */
const CBOR_MAP = 5;

/**
 * Reads one message from outside: an object as JSON (its first byte is `{`) or a map as CBOR (RFC 8949), told apart by the
 * first byte. Never throws, and what it gives is still unchecked. Depth is bounded by the size.
 */
export const decodePayload = (bytes: Uint8Array): { readonly value: unknown } | Refusal => {
  if (bytes.length > PAYLOAD_BYTES) return 'too large';
  const first = bytes[0];
  if (first === undefined) return 'malformed';
  if (first !== BRACE) {
    const value = first >> 5 === CBOR_MAP ? readCbor(bytes, PAYLOAD_BYTES) : undefined;
    return value === undefined ? 'malformed' : { value };
  }
  try {
    return { value: JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) };
  } catch {
    // Why it is no message does not matter to anyone who could mend it here, and its text may hold what must not be told.
    return 'malformed';
  }
};
