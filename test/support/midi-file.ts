/** One event of a track with its absolute tick, in raw bytes (status first). */
export type RawMidiEvent = { readonly tick: number; readonly bytes: readonly number[] };

/** Reads the tracks of a Standard MIDI File byte by byte, with no library; throws where a chunk does not end where it says. */
export const rawTracks = (file: Uint8Array): RawMidiEvent[][] => {
  const tracks: RawMidiEvent[][] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 14;
  const quantity = (): number => {
    for (let value = 0; ; ) {
      const byte = file[at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  while (at < file.length) {
    const end = at + 8 + view.getUint32(at + 4);
    const events: RawMidiEvent[] = [];
    at += 8;
    for (let tick = 0; at < end; ) {
      const delta = quantity();
      tick += delta;
      const from = at;
      const meta = file[at] === 0xff;
      at += meta ? 2 : 3;
      if (meta) {
        const length = quantity();
        at += length;
      }
      events.push({ tick, bytes: [...file.subarray(from, at)] });
    }
    if (at !== end) throw new Error(`a track should end at byte ${end}, its last event ends at ${at}`);
    tracks.push(events);
  }
  return tracks;
};
