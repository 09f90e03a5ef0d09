import { describe, expect, it } from 'vitest';
import { controlChange, noteOff, noteOn } from '../../../core/midi/messages.ts';
import { createMidiOut, sevenBits } from '../../../core/midi/out.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';

const at = { t: micros(5), tick: tick(1), cause: { rule: 'test' } };

describe('MIDI messages', () => {
  it('puts the channel in the status byte', () => {
    expect(noteOn(1, midiNote(60), 100)).toEqual([0x90, 60, 100]);
    expect(noteOff(16, midiNote(60))).toEqual([0x8f, 60, 0]);
    expect(controlChange(2, 74, 127)).toEqual([0xb1, 74, 127]);
  });

  it('refuses a channel that is none', () => {
    expect(() => noteOn(0, midiNote(60), 1)).toThrow(/channel/);
    expect(() => noteOn(17, midiNote(60), 1)).toThrow(/channel/);
  });

  it('never writes a note on with velocity 0, which would be a note off', () => {
    expect(noteOn(1, midiNote(60), 0)).toEqual([0x90, 60, 1]);
  });

  it('takes the upper 7 of 14 bits', () => {
    expect([0, 127, 128, 8192, 16_383].map(sevenBits)).toEqual([0, 0, 1, 64, 127]);
  });
});

describe('MIDI out', () => {
  it('sends a controller only when its 7 bits move', () => {
    const out = createMidiOut(() => 3);
    const control = (value: number) => out.message({ kind: 'control', ...at, layer: 'pad', parameter: 'brightness', value })?.bytes ?? null;
    expect(control(8192)).toEqual([0xb2, 74, 64]);
    expect(control(8200)).toBeNull();
    expect(control(8320)).toEqual([0xb2, 74, 65]);
    out.forget();
    expect(control(8320)).toEqual([0xb2, 74, 65]);
  });

  it('sends nothing for a layer without a channel, a tempo or a parameter of notes', () => {
    const out = createMidiOut((layer) => (layer === 'pad' ? 1 : null));
    expect(out.message({ kind: 'on', ...at, layer: 'other', note: 0, pitch: midiNote(60), velocity: 9 })).toBeNull();
    expect(out.message({ kind: 'tempo', ...at, layer: 'score', microsPerQuarter: 1_000_000 })).toBeNull();
    expect(out.message({ kind: 'control', ...at, layer: 'pad', parameter: 'density', value: 3 })).toBeNull();
  });
});
