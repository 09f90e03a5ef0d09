const LENGTH_BYTES = 4;

/**
 * Follows MQTT's framing (MQTT 3.1.1 section 2.2: a type byte, a length of one to four bytes of seven bits each, the rest) through
 * a stream's chunks, and calls `tooLarge` once when a packet announces more than `limit` bytes: before they come, so that nobody
 * gathers them. A parser buffers up to 256 MB until a packet is whole.
 */
export const packetSizes = (limit: number, tooLarge: () => void): ((chunk: Uint8Array) => void) => {
  /** Bytes of the packet that are still to come. */
  let body = 0;
  /** Bytes of the length that were read; -1 before the type byte. */
  let read = -1;
  let length = 0;
  let over = false;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !over) {
      if (body > 0) {
        const skipped = Math.min(body, chunk.length - at);
        body -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (read < 0) {
        read = 0;
        length = 0;
        continue;
      }
      length += (byte & 127) * 128 ** read;
      read += 1;
      const last = byte < 128;
      over = length > limit || (!last && read === LENGTH_BYTES);
      if (last) {
        body = length;
        read = -1;
      }
    }
    if (over && length >= 0) {
      length = -1;
      tooLarge();
    }
  };
};
