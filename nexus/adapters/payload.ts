import { decode, type DecodeOptions } from 'cborg';
import type { Refusal } from '../guard/verdict.ts';

/** The most that one message may hold, bytes. A full pod frame is some 410 bytes as JSON, 350 as CBOR. */
export const PAYLOAD_BYTES = 4_096;

const BRACE = 0x7b;
/** CBOR: the upper three bits of the first byte are the major type; 5 is a map. */
const CBOR_MAP = 5;

/** What JSON could say and no more: no undefined, NaN, infinity, bigint, tag, endless length or key that comes twice. */
const CBOR: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
};

/**
 * Reads one message from outside: an object as JSON (its first byte is `{`) or a map as CBOR (RFC 8949), told apart by the
 * first byte. Never throws, and what it gives is still unchecked. Depth is bounded by the size.
 */
export const decodePayload = (bytes: Uint8Array): { readonly value: unknown } | Refusal => {
  if (bytes.length > PAYLOAD_BYTES) return 'too large';
  const first = bytes[0];
  if (first === undefined) return 'malformed';
  try {
    if (first === BRACE) return { value: JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) };
    return first >> 5 === CBOR_MAP ? { value: decode(bytes, CBOR) } : 'malformed';
  } catch {
    // Why it is no message does not matter to anyone who could mend it here, and its text may hold what must not be told.
    return 'malformed';
  }
};
