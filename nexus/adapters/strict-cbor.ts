import { decode, type DecodeOptions } from 'cborg';

/** Only what JSON could say, and byte strings: no undefined, NaN, infinity, bigint, tag, endless length or key that comes twice. */
const STRICT: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
};

/**
 * Reads one message. Never throws: what is too long or no CBOR is undefined (which CBOR here cannot say).
 * Depth is bounded by the length, arrays and maps by the bytes that must follow.
 * @param most bytes
 */
export const readCbor = (bytes: Uint8Array, most: number): unknown => {
  if (bytes.length > most) return undefined;
  try {
    return decode(bytes, STRICT);
  } catch {
    // Whatever is wrong with it, it is not used; its text may hold what must not be told.
    return undefined;
  }
};
