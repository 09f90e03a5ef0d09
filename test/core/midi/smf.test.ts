import toneMidi from '@tonejs/midi';
import { describe, expect, it } from 'vitest';
import type { Performed } from '../../../core/events/performed.ts';
import { scoreToMidi, type SmfRequest } from '../../../core/midi/smf.ts';
import { changeTempo, microsAt, tempoMap } from '../../../core/time/tempo-map.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';
import { rawTracks } from '../../support/midi-file.ts';

const { Midi } = toneMidi;
const map = changeTempo(tempoMap(1_000_003), tick(3840), 923_077);
const when = (ticks: number) => ({ t: microsAt(map, tick(ticks)), tick: tick(ticks) });
const cause = { rule: 'test' };
const pad = { id: 'pad', name: 'Pad', route: null };
const bells = { id: 'bells', name: 'Glöckchen', route: { port: 'Synth', maker: '', channel: 5 } };

const performed: Performed[] = [
  { kind: 'scene', ...when(0), layer: 'score', cause, scene: 'dusk', name: 'Dusk' },
  { kind: 'tempo', ...when(0), layer: 'score', cause, microsPerQuarter: 1_000_003 },
  { kind: 'control', ...when(0), layer: 'pad', cause, parameter: 'brightness', value: 8192 },
  { kind: 'on', ...when(0), layer: 'pad', note: 0, pitch: midiNote(60), velocity: 55 },
  { kind: 'on', ...when(480), layer: 'bells', note: 1, pitch: midiNote(72), velocity: 100 },
  { kind: 'control', ...when(500), layer: 'pad', cause, parameter: 'brightness', value: 8200 },
  { kind: 'control', ...when(960), layer: 'pad', cause, parameter: 'level', value: 16_383 },
  { kind: 'off', ...when(1440), layer: 'bells', note: 1, pitch: midiNote(72) },
  { kind: 'off', ...when(3840), layer: 'pad', note: 0, pitch: midiNote(60) },
  { kind: 'scene', ...when(3840), layer: 'score', cause, scene: 'deep', name: 'Deep' },
  { kind: 'on', ...when(3840), layer: 'pad', note: 2, pitch: midiNote(62), velocity: 127 },
  { kind: 'off', ...when(7680), layer: 'pad', note: 2, pitch: midiNote(62) },
];
const whole: SmfRequest = { performed, tempo: map, layers: [pad, bells], from: micros(0), to: microsAt(map, tick(9600)), title: 'A night', beatsPerBar: 4 };

describe('Standard MIDI File', () => {
  const file = scoreToMidi(whole);

  it('is type 1 with 960 ticks a quarter and a track a layer', () => {
    expect([...file.subarray(0, 14)]).toEqual([0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1, 0, 3, 0x03, 0xc0]);
    expect(rawTracks(file)).toHaveLength(3);
  });

  it('reads back with names, channels, notes at their ticks and markers', () => {
    const back = new Midi(file);
    expect(back.header.ppq).toBe(960);
    expect(back.header.name).toBe('A night');
    expect(back.tracks.map((track) => track.channel)).toEqual([0, 4]);
    expect(back.tracks[0]?.name).toBe('Pad');
    expect(back.tracks[0]?.notes.map((note) => [note.ticks, note.durationTicks, note.midi, Math.round(note.velocity * 127)])).toEqual([[0, 3840, 60, 55], [3840, 3840, 62, 127]]);
    expect(back.tracks[1]?.notes.map((note) => [note.ticks, note.durationTicks, note.midi, Math.round(note.velocity * 127)])).toEqual([[480, 960, 72, 100]]);
    expect(back.header.meta).toEqual([{ text: 'Dusk', ticks: 0, type: 'marker' }, { text: 'Deep', ticks: 3840, type: 'marker' }]);
    expect(back.header.timeSignatures[0]?.timeSignature).toEqual([4, 4]);
  });

  it('keeps the tempo map to the microsecond', () => {
    const tempos = rawTracks(file)[0]?.filter((event) => event.bytes[1] === 0x51);
    expect(tempos?.map((event) => [event.tick, ((event.bytes[3] ?? 0) << 16) | ((event.bytes[4] ?? 0) << 8) | (event.bytes[5] ?? 0)])).toEqual([[0, 1_000_003], [3840, 923_077]]);
  });

  it('writes a controller only where its 7 bits move', () => {
    const controllers = rawTracks(file)[1]?.filter((event) => event.bytes[0] === 0xb0);
    expect(controllers).toEqual([{ tick: 0, bytes: [0xb0, 74, 64] }, { tick: 960, bytes: [0xb0, 11, 127] }]);
  });

  it('writes names in UTF-8', () => {
    const name = rawTracks(file)[2]?.[0]?.bytes.slice(3) ?? [];
    expect(new TextDecoder().decode(Uint8Array.from(name))).toBe('Glöckchen');
  });

  it('gives the same bytes each time', () => {
    expect(scoreToMidi(whole)).toEqual(file);
  });

  it('cuts a span with ticks from its beginning, the scene in force and no note left open', () => {
    const back = rawTracks(scoreToMidi({ ...whole, from: microsAt(map, tick(960)), to: microsAt(map, tick(4800)) }));
    const notes = (index: number) => back[index]?.filter((event) => (event.bytes[0] ?? 0) < 0xb0).map((event) => [event.tick, event.bytes[0], event.bytes[1]]);
    expect(notes(1)).toEqual([[2880, 0x90, 62], [3840, 0x80, 62]]);
    expect(notes(2)).toEqual([]);
    expect(back[0]?.filter((event) => event.bytes[1] === 0x06).map((event) => event.tick)).toEqual([0, 2880]);
    expect(back[1]?.find((event) => event.bytes[0] === 0xb0)).toEqual({ tick: 0, bytes: [0xb0, 11, 127] });
    expect(back[1]?.findLast(() => true)?.tick).toBe(3840);
  });

  it('writes eight hours of dense music within seconds', () => {
    const long: Performed[] = [];
    for (let index = 0; index < 40_000; index += 1) {
      long.push({ kind: 'on', ...when(index * 480), layer: 'pad', note: index, pitch: midiNote(60), velocity: 80 });
      long.push({ kind: 'control', ...when(index * 480), layer: 'pad', cause, parameter: 'brightness', value: (index % 128) * 128 });
      long.push({ kind: 'off', ...when(index * 480 + 240), layer: 'pad', note: index, pitch: midiNote(60) });
    }
    const began = performance.now();
    const bytes = scoreToMidi({ ...whole, performed: long, to: microsAt(map, tick(40_000 * 480)) });
    expect(bytes.length).toBeGreaterThan(400_000);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
