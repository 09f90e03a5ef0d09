import * as toneMidi from '@tonejs/midi';
import { CONTROL_MAX } from '../events/event.ts';
import type { Performed } from '../events/performed.ts';
import type { Layer } from '../score/schema.ts';
import { tickAt, type TempoMap } from '../time/tempo-map.ts';
import { TICKS_PER_QUARTER, type Micros } from '../units.ts';
import { CONTROLLERS, sevenBits } from './out.ts';
import { midiFileBytes } from './smf-bytes.ts';

type ToneMidi = typeof toneMidi;
type Track = InstanceType<ToneMidi['Track']>;
// The package is CommonJS to Node and an ES module to bundlers.
const { Midi } = 'Midi' in toneMidi ? toneMidi : (toneMidi as { readonly default: ToneMidi }).default;

export interface SmfRequest {
  /** All that is performed from the gathering's start to `to` (what lies before `from` gives the controllers and the scene at its start). */
  readonly performed: Iterable<Performed>;
  readonly tempo: TempoMap;
  /** A track each, in this order; a layer that was taken out on the way gets one after them. */
  readonly layers: readonly Pick<Layer, 'id' | 'name' | 'route'>[];
  /** The file's tick 0 is the tick at or before `from`; the span is half-open. */
  readonly from: Micros;
  readonly to: Micros;
  readonly title: string;
  readonly beatsPerBar: number;
}

/** Channels for layers without a route: 1 upwards without 10, which means drums to most instruments. */
const SPARE_CHANNELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16] as const;

/** Channel 1..16 of the layer at an index: its route's, or a spare one by its place. */
export const fileChannel = (layer: Pick<Layer, 'route'> | undefined, index: number): number => layer?.route?.channel ?? SPARE_CHANNELS[index % SPARE_CHANNELS.length] ?? 1;

interface OpenNote {
  readonly tick: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly layer: string;
}
type ClosedNote = OpenNote & { readonly length: number };

/** What the span holds, by layer, with ticks from its start. */
const gather = (request: SmfRequest, start: number, end: number) => {
  const notes = new Map<number, OpenNote | ClosedNote>();
  const controls = new Map<string, { tick: number; parameter: string; value: number }[]>();
  const marks: { ticks: number; type: string; text: string }[] = [];
  let scene: string | null = null;
  const at = (tick: number): number => Math.max(0, tick - start);
  for (const event of request.performed) {
    if (event.t >= request.to && event.kind !== 'off') continue;
    if (event.kind === 'on' && event.t >= request.from) {
      notes.set(event.note, { tick: at(event.tick), pitch: event.pitch, velocity: event.velocity, layer: event.layer });
    } else if (event.kind === 'off') {
      const open = notes.get(event.note);
      if (open !== undefined) notes.set(event.note, { ...open, length: Math.max(1, Math.min(at(event.tick), end - start) - open.tick) });
    } else if (event.kind === 'control') {
      const list = controls.get(event.layer) ?? [];
      controls.set(event.layer, list);
      list.push({ tick: at(event.tick), parameter: event.parameter, value: event.value });
    } else if (event.kind === 'scene') {
      if (event.t <= request.from) scene = event.name;
      else marks.push({ ticks: at(event.tick), type: 'marker', text: event.name });
    } else if (event.kind === 'cue' && event.t >= request.from) {
      marks.push({ ticks: at(event.tick), type: 'cuePoint', text: event.text ?? event.cue });
    }
  }
  if (scene !== null) marks.unshift({ ticks: 0, type: 'marker', text: scene });
  return { notes: [...notes.values()].map((note): ClosedNote => ({ length: Math.max(1, end - start - note.tick), ...note })), controls, marks };
};

/** Controllers of one layer: at each tick the last value, and only where the 7 bits move. */
const addControls = (track: Track, controls: readonly { tick: number; parameter: string; value: number }[]): void => {
  const latest = new Map<number, { tick: number; number: number; value: number }>();
  const written = new Map<number, number>();
  const write = (change: { tick: number; number: number; value: number }): void => {
    if (written.get(change.number) === change.value) return;
    written.set(change.number, change.value);
    track.addCC({ number: change.number, ticks: change.tick, value: change.value / 127 });
  };
  for (const control of controls) {
    const number = CONTROLLERS[control.parameter];
    if (number === undefined) continue;
    const before = latest.get(number);
    if (before !== undefined && before.tick !== control.tick) write(before);
    latest.set(number, { tick: control.tick, number, value: sevenBits(Math.min(CONTROL_MAX, control.value)) });
  }
  for (const change of latest.values()) write(change);
};

/** The tempo in force at the start, then each change within the span. */
const tempos = (map: TempoMap, start: number, end: number): { ticks: number; bpm: number }[] => {
  const inForce = map.findLast((segment) => segment.tick <= start) ?? map[0];
  const bpm = (microsPerQuarter: number): number => 60_000_000 / microsPerQuarter;
  return [
    { ticks: 0, bpm: bpm(inForce.microsPerQuarter) },
    ...map.filter((segment) => segment.tick > start && segment.tick < end).map((segment) => ({ ticks: segment.tick - start, bpm: bpm(segment.microsPerQuarter) })),
  ];
};

/**
 * A Standard MIDI File, type 1, 960 ticks a quarter: a track a layer with its name and channel, the
 * tempo map to the microsecond, scenes as markers (FF 06), cues as cue points (FF 07), sound
 * parameters as controllers. A note sounding at `to` ends there; one begun before `from` is not in
 * it. Same request, same bytes.
 */
export const scoreToMidi = (request: SmfRequest): Uint8Array => {
  const start = tickAt(request.tempo, request.from);
  const end = Math.max(start, tickAt(request.tempo, request.to));
  const { notes, controls, marks } = gather(request, start, end);
  const midi = new Midi();
  midi.header.fromJSON({
    name: request.title,
    ppq: TICKS_PER_QUARTER,
    meta: marks,
    tempos: tempos(request.tempo, start, end),
    timeSignatures: [{ ticks: 0, timeSignature: [request.beatsPerBar, 4] }],
    keySignatures: [],
  });
  const known = new Map(request.layers.map((layer) => [layer.id, layer]));
  const byLayer = new Map<string, ClosedNote[]>();
  for (const note of notes) {
    const list = byLayer.get(note.layer);
    if (list === undefined) byLayer.set(note.layer, [note]);
    else list.push(note);
  }
  const ids = [...new Set([...known.keys(), ...byLayer.keys()])];
  ids.forEach((id, index) => {
    const layer = known.get(id);
    const track = midi.addTrack();
    track.name = layer?.name ?? id;
    track.channel = fileChannel(layer, index) - 1;
    for (const note of byLayer.get(id) ?? []) {
      track.addNote({ midi: note.pitch, ticks: note.tick, durationTicks: note.length, velocity: note.velocity / 127 });
    }
    addControls(track, controls.get(id) ?? []);
  });
  return midiFileBytes(midi, end - start);
};
