import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WMT from 'web-midi-test';
import { WebMidi } from 'webmidi';
import type { Input } from '../../../core/engine/input.ts';
import type { Performed } from '../../../core/events/performed.ts';
import type { Binding, Score } from '../../../core/score/schema.ts';
import { tempoMap } from '../../../core/time/tempo-map.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';
import { createMidi, type Midi } from '../../../renderer/engine/midi/midi.ts';
import { firstLight } from '../../support/score.ts';

/** What the outputs were given, with the times asked for. */
interface Sent {
  readonly bytes: readonly number[];
  readonly time: number;
}

const at = (t: number) => ({ t: micros(t), tick: tick(Math.round(t / 1_000)) });
const on = (t: number, note: number, pitch: number, layer: string): Performed => ({ kind: 'on', ...at(t), layer, note, pitch: midiNote(pitch), velocity: 80 });
const off = (t: number, note: number, pitch: number, layer: string): Performed => ({ kind: 'off', ...at(t), layer, note, pitch: midiNote(pitch) });

describe('MIDI through WEBMIDI.js', () => {
  const synth = new WMT.MidiDst('Synth');
  const knobs = new WMT.MidiSrc('Knobs');
  let midi: Midi;
  let inputs: Input[];
  let learned: Binding[];
  let sent: Sent[];
  let score: Score;
  const layer = firstLight().layers[0]?.id ?? '';
  /** The wall stands at 50 s; the gathering's 0 is heard 100 ms later. */
  const wall = 50_000;
  const heardAt = (t: number): number => wall + 100 + t / 1_000;

  /** Notes what goes to the port, and passes nothing on: no test waits for a time to come. */
  const listen = (): void => {
    const port = WebMidi.outputs.find(({ name }) => name === 'Synth');
    if (port !== undefined) vi.spyOn(port, 'send').mockImplementation((bytes, options) => {
      sent.push({ bytes: [...(bytes as number[])], time: Number(options?.time) });
      return port;
    });
  };

  beforeEach(async () => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('window', { navigator: {} });
    synth.connect();
    knobs.connect();
    inputs = [];
    learned = [];
    sent = [];
    midi = createMidi({
      webMidi: WebMidi,
      requestAccess: (options) => WMT.requestMIDIAccess(options) as unknown as Promise<MIDIAccess>,
      heardAt,
      wall: () => wall,
      present: { value: () => 0.5, muted: () => false },
      onInput: (input) => inputs.push(input),
      onLearned: (binding) => learned.push(binding),
    });
    const base = firstLight();
    score = { ...base, layers: base.layers.map((each) => (each.id === layer ? { ...each, route: { port: 'Synth', maker: 'undefined', channel: 3 } } : each)) };
    midi.setScore(score);
    await midi.open();
    listen();
  });

  afterEach(async () => {
    await midi.dispose();
    synth.disconnect();
    knobs.disconnect();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('finds the ports and says which routes are connected', () => {
    expect(midi.health()).toMatchObject({ state: 'running', outputs: [{ name: 'Synth', connected: true }], inputs: [{ name: 'Knobs', connected: true }] });
    expect(midi.route(layer)).toBe('connected');
    expect(midi.route('nowhere')).toBe('none');
  });

  it('sends notes with times in the future, at which they are heard', () => {
    midi.play([on(50_000, 0, 60, layer), off(80_000, 0, 60, layer)]);
    expect(sent).toEqual([{ bytes: [0x92, 60, 80], time: wall + 150 }, { bytes: [0x82, 60, 0], time: wall + 180 }]);
    expect(sent.every(({ time }) => time > wall)).toBe(true);
  });

  it('ends a note where it began, though the layer is routed elsewhere meanwhile', () => {
    midi.play([on(0, 0, 60, layer)]);
    midi.setScore({ ...score, layers: score.layers.map((each) => ({ ...each, route: { port: 'Elsewhere', maker: '', channel: 9 } })) });
    midi.play([off(10_000, 0, 60, layer)]);
    expect(sent.map(({ bytes }) => bytes)).toEqual([[0x92, 60, 80], [0x82, 60, 0]]);
  });

  it('sends clock to the chosen output, and starts and stops it', () => {
    midi.clockTo('Synth');
    midi.begin(0);
    midi.clock(tempoMap(1_000_000), 500_000);
    midi.clock(tempoMap(1_000_000), 1_000_000);
    midi.play([{ kind: 'cue', ...at(1_000_000), layer: 'score', cause: { rule: 'test' }, cue: 'panic' }]);
    expect(sent.map(({ bytes }) => bytes[0])).toEqual([0xfa, ...Array.from({ length: 24 }, () => 0xf8), 0xfc]);
    expect(sent[2]?.time).toBeCloseTo(wall + 100 + 41.667, 2);
  });

  it('silences every note and channel in use at a panic, now and after what is on its way', () => {
    midi.play([on(0, 0, 60, layer), on(0, 1, 64, layer)]);
    sent.length = 0;
    midi.panic();
    const now = sent.filter(({ time }) => time === wall).map(({ bytes }) => bytes);
    expect(now).toEqual([[0x82, 60, 0], [0x82, 64, 0], [0xb2, 123, 0], [0xb2, 120, 0]]);
    expect(sent.filter(({ time }) => time > wall + 100).map(({ bytes }) => bytes)).toEqual(now);
  });

  it('keeps a ghost of a port that goes, plays on, and tells it its controllers when it returns', async () => {
    midi.play([{ kind: 'control', ...at(0), layer, cause: { rule: 'test' }, parameter: 'brightness', value: 8_192 }]);
    synth.disconnect();
    await vi.waitFor(() => expect(midi.route(layer)).toBe('absent'));
    expect(midi.health().outputs).toMatchObject([{ name: 'Synth', connected: false }]);
    expect(() => midi.play([on(20_000, 5, 60, layer)])).not.toThrow();
    sent.length = 0;
    synth.connect();
    await vi.waitFor(() => expect(midi.route(layer)).toBe('connected'));
    midi.poll();
    expect(midi.health().outputs).toMatchObject([{ connected: true }]);
    expect(sent).toEqual([{ bytes: [0xb2, 74, 64], time: wall }]);
  });

  it('learns the next knob, and a bound knob moves its macro once it has caught it', () => {
    const macro = score.macros[0]?.id ?? '';
    midi.learn({ kind: 'macro', macro });
    expect(midi.learning()).toEqual({ kind: 'macro', macro });
    knobs.emit([0xb0, 21, 64]);
    expect(learned).toMatchObject([{ port: 'Knobs', message: 'controller', channel: 1, number: 21, target: { kind: 'macro', macro } }]);
    expect(midi.learning()).toBeNull();
    midi.setScore({ ...score, bindings: learned });
    knobs.emit([0xb0, 21, 10]);
    expect(inputs).toEqual([]);
    knobs.emit([0xb0, 21, 127]);
    expect(inputs).toEqual([{ kind: 'macro', macro, value: 1 }]);
  });
});

describe('where MIDI cannot be had', () => {
  const without = async (error: Error): Promise<Midi> => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('window', { navigator: {} });
    const midi = createMidi({
      webMidi: WebMidi, requestAccess: async () => { throw error; }, heardAt: (t) => t, wall: () => 0,
      present: { value: () => 0, muted: () => false }, onInput: () => undefined, onLearned: () => undefined,
    });
    midi.setScore(firstLight());
    await midi.open();
    vi.unstubAllGlobals();
    return midi;
  };

  it('says that there is none, and goes on', async () => {
    const midi = await without(new DOMException('no', 'InvalidStateError'));
    expect(midi.health().state).toBe('none');
    expect(() => midi.play([on(0, 0, 60, 'pad'), off(1, 0, 60, 'pad')])).not.toThrow();
    expect(() => midi.panic()).not.toThrow();
    expect(() => midi.poll()).not.toThrow();
  });

  it('says that it is denied', async () => {
    expect((await without(new DOMException('no', 'NotAllowedError'))).health().state).toBe('denied');
  });
});
