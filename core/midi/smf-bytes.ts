import type { Midi } from '@tonejs/midi';
import { noteOff, noteOn, controlChange } from './messages.ts';
import { midiNote } from '../units.ts';

/**
 * Writes a Midi of @tonejs/midi as a Standard MIDI File, type 1. Its own `toArray` copies the whole
 * track for each delta time above 127 (147 s for 20 000 notes and as many controllers, measured),
 * cuts velocities, controllers and tempos down instead of rounding, and garbles text beyond Latin-1.
 * This takes milliseconds, writes UTF-8, and leaves the instrument its own sound (no program change).
 */
interface Timed {
  readonly tick: number;
  /** At one tick: offs, then controllers, then ons, as they are sent live. */
  readonly rank: number;
  readonly bytes: readonly number[];
}

/** A text in UTF-8 (core has no TextEncoder); half a surrogate pair becomes U+FFFD. */
export const utf8 = (text: string): number[] => {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x1_0000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
  }
  return bytes;
};

/** A variable-length quantity, 0 to 2^28 - 1. */
const quantity = (value: number): number[] => {
  if (!Number.isInteger(value) || value < 0 || value > 0x0fff_ffff) throw new RangeError(`a delta time in a MIDI file is 0 to 2^28 - 1 ticks, got ${value}`);
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
};

const meta = (type: number, data: readonly number[]): number[] => [0xff, type, ...quantity(data.length), ...data];
const big = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff);

const chunk = (name: string, body: readonly number[]): Uint8Array => {
  const out = new Uint8Array(8 + body.length);
  out.set(utf8(name), 0);
  out.set(big(body.length, 4), 4);
  out.set(body, 8);
  return out;
};

/** A track: its events in order of time (ties by rank, then as given), delta times, end of track at `end`. */
const track = (events: readonly Timed[], end: number): Uint8Array => {
  const body: number[] = [];
  let before = 0;
  for (const event of events.toSorted((a, b) => a.tick - b.tick || a.rank - b.rank)) {
    body.push(...quantity(event.tick - before), ...event.bytes);
    before = event.tick;
  }
  body.push(...quantity(Math.max(0, end - before)), ...meta(0x2f, []));
  return chunk('MTrk', body);
};

const META_TYPES: Readonly<Record<string, number>> = { text: 0x01, lyrics: 0x05, marker: 0x06, cuePoint: 0x07 };

/** Title, time signatures, tempos, markers and cue points: the first track of type 1. */
const conductorEvents = (midi: Midi): Timed[] => {
  const { header } = midi;
  return [
    { tick: 0, rank: 0, bytes: meta(0x03, utf8(header.name)) },
    ...header.timeSignatures.map(({ ticks, timeSignature }) => ({ tick: ticks, rank: 1, bytes: meta(0x58, [timeSignature[0] ?? 4, 31 - Math.clz32(timeSignature[1] ?? 4), 24, 8]) })),
    ...header.tempos.map(({ ticks, bpm }) => ({ tick: ticks, rank: 2, bytes: meta(0x51, big(Math.round(60_000_000 / bpm), 3)) })),
    ...header.meta.map(({ ticks, type, text }) => ({ tick: ticks, rank: 3, bytes: meta(META_TYPES[type] ?? 0x01, utf8(text)) })),
  ];
};

const layerEvents = (source: Midi['tracks'][number]): Timed[] => {
  const channel = source.channel + 1;
  const events: Timed[] = [{ tick: 0, rank: -1, bytes: meta(0x03, utf8(source.name)) }];
  for (const note of source.notes) {
    events.push({ tick: note.ticks, rank: 2, bytes: noteOn(channel, midiNote(note.midi), note.velocity * 127) });
    events.push({ tick: note.ticks + note.durationTicks, rank: 0, bytes: noteOff(channel, midiNote(note.midi)) });
  }
  for (const changes of Object.values(source.controlChanges)) {
    for (const change of changes) events.push({ tick: change.ticks, rank: 1, bytes: controlChange(channel, change.number, Math.round(change.value * 127)) });
  }
  return events;
};

/** The bytes of a Midi whose tracks end at tick `end` (or after their last event). The same Midi gives the same bytes. */
export const midiFileBytes = (midi: Midi, end: number): Uint8Array => {
  const head = chunk('MThd', [...big(1, 2), ...big(midi.tracks.length + 1, 2), ...big(midi.header.ppq, 2)]);
  const chunks = [head, track(conductorEvents(midi), end), ...midi.tracks.map((source) => track(layerEvents(source), end))];
  const file = new Uint8Array(chunks.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of chunks) {
    file.set(part, at);
    at += part.length;
  }
  return file;
};
