import toneMidi from '@tonejs/midi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../core/engine/advance.ts';
import { initialState } from '../../core/engine/state.ts';
import { createPerformer } from '../../core/events/perform.ts';
import type { Performed } from '../../core/events/performed.ts';
import { createMidiOut, type MidiOutMessage } from '../../core/midi/out.ts';
import { fileChannel, scoreToMidi } from '../../core/midi/smf.ts';
import { firstLight } from '../support/score.ts';
import { tickAt } from '../../core/time/tempo-map.ts';
import { micros } from '../../core/units.ts';
import { createRunner } from '../../renderer/engine/runner.ts';
import { rawTracks } from '../support/midi-file.ts';

const score = firstLight();
const END = micros(90_000_000);
const channelOf = (id: string): number => {
  const index = score.layers.findIndex((layer) => layer.id === id);
  return fileChannel(score.layers[index], index);
};

const performedOf = (seed: number) => {
  const { state, events } = advance(initialState(score, seed), [], END);
  const performer = createPerformer();
  const performed: Performed[] = [...performer.perform(events, state.tempo, END)];
  performed.push(...performer.perform([], state.tempo, micros(END + 600_000_000)));
  return { performed, tempo: state.tempo };
};

type Note = readonly [tick: number, status: number, key: number, velocity: number];
/** At one tick ends come before beginnings, keys low to high: what sounds at one moment has no other order. */
const inOrder = (notes: readonly Note[]): Note[] => notes.toSorted((a, b) => a[0] - b[0] || (a[1] & 0xf0) - (b[1] & 0xf0) || a[2] - b[2]);
const isNote = (bytes: readonly number[]): boolean => bytes[0] !== undefined && bytes[0] >= 0x80 && bytes[0] < 0xa0;
const asNote = (tick: number, bytes: readonly number[]): Note => [tick, bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0];

describe('law: MIDI sent live = MIDI in the file', () => {
  it('holds for every layer: the same note-ons and note-offs at the same ticks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.array(fc.integer({ min: 5_000, max: 700_000 }), { minLength: 20, maxLength: 300 }), (seed, gaps) => {
        const runner = createRunner({ score, seed, resume: null });
        const out = createMidiOut(channelOf);
        const sent: MidiOutMessage[] = [];
        const wake = (now: number): void => {
          // A stale onset may be left out live; a clock that never stalls for longer has none.
          for (const event of runner.pump(now).performed) {
            const message = out.message(event);
            if (message !== null && message.t < END) sent.push(message);
          }
        };
        let now = 0;
        wake(now);
        for (let index = 0; now < END; index += 1) wake((now += Math.min(gaps[index % gaps.length] ?? 1, 340_000)));
        const { performed, tempo } = performedOf(seed);
        const tracks = rawTracks(scoreToMidi({ performed, tempo, layers: score.layers, from: micros(0), to: END, title: score.title, beatsPerBar: score.beatsPerBar }));
        for (const [index, layer] of score.layers.entries()) {
          const live = sent.filter((message) => message.layer === layer.id && isNote(message.bytes)).map((message) => asNote(message.tick, message.bytes));
          const inFile = (tracks[index + 1] ?? []).filter((event) => isNote(event.bytes)).map((event) => asNote(event.tick, event.bytes));
          // The file ends what still sounds at its end; live plays on.
          const before = (notes: readonly Note[]) => inOrder(notes.filter(([tick]) => tick < tickAt(tempo, END)));
          expect(before(inFile)).toEqual(before(live));
        }
        expect(sent.length).toBeGreaterThan(20);
      }),
      { numRuns: 5 },
    );
  });
});

describe('law: Standard MIDI File round trip', () => {
  it('reads back every note with its tick, length, key and velocity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const { performed, tempo } = performedOf(seed);
        const file = scoreToMidi({ performed, tempo, layers: score.layers, from: micros(0), to: micros(END + 600_000_000), title: score.title, beatsPerBar: score.beatsPerBar });
        const back = new toneMidi.Midi(file);
        const ends = new Map(performed.flatMap((event) => (event.kind === 'off' ? [[event.note, event.tick] as const] : [])));
        for (const [index, layer] of score.layers.entries()) {
          const notes = performed.flatMap((event) => (event.kind === 'on' && event.layer === layer.id ? [[event.tick, (ends.get(event.note) ?? -1) - event.tick, event.pitch, event.velocity]] : []));
          const track = back.tracks.find(({ name }) => name === layer.name);
          const byTickAndKey = (a: number[], b: number[]): number => (a[0] ?? 0) - (b[0] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0);
          expect(track?.notes.map((note) => [note.ticks, note.durationTicks, note.midi, Math.round(note.velocity * 127)]).toSorted(byTickAndKey), `layer ${index}`).toEqual(notes.toSorted(byTickAndKey));
        }
        expect(back.header.tempos.map(({ ticks, bpm }) => [ticks, Math.round(60_000_000 / bpm)])).toEqual(tempo.map((segment) => [segment.tick, segment.microsPerQuarter]));
      }),
      { numRuns: 5 },
    );
  });
});
