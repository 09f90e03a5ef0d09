import { beforeAll, describe, expect, it } from 'vitest';
import type { NoteEvent, ScoreEvent } from '../../../core/events/event.ts';
import { TICKS_PER_QUARTER } from '../../../core/units.ts';
import { notesOf, simulatedFrames } from '../../support/composed.ts';
import { play, type Arrival } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';
import { motionOf } from '../../support/voices.ts';

/**
 * An hour of First Light over a simulated gathering: half of it in Deep with the frames of the first
 * deep sleep, half in Dream with those of a time of dreams. The rules rest, so that both are long enough to measure.
 */
const HALF = 30;
const score = { ...firstLight(), opening: 'deep', rules: [] };
const barTicks = score.beatsPerBar * TICKS_PER_QUARTER;
/** The first minutes of a scene are a way there: its signals, levels and tempo still glide. */
const SETTLED = 2;

let events: readonly ScoreEvent[] = [];
let notes: readonly NoteEvent[] = [];

beforeAll(() => {
  const hour: Arrival[] = [
    ...simulatedFrames(8, 7, 60, HALF),
    [HALF * 60, { kind: 'scene', scene: 'dream' }],
    ...simulatedFrames(8, 7, 125, HALF, HALF * 60),
  ];
  events = play(score, hour, 2 * HALF * 60, score.seed).events;
  notes = notesOf(events);
});

const between = (from: number, to: number): NoteEvent[] => notes.filter(({ t }) => t >= from * 60_000_000 && t < to * 60_000_000);
const deep = (): NoteEvent[] => between(SETTLED, HALF);
const dream = (): NoteEvent[] => between(HALF + SETTLED, 2 * HALF);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Chords of the pad in order, each from low to high. */
const voicings = (): number[][] => {
  const byBar = new Map<number, number[]>();
  for (const note of notes.filter(({ layer }) => layer === 'pad')) {
    const bar = Math.floor(note.tick / barTicks);
    byBar.set(bar, [...(byBar.get(bar) ?? []), note.pitch]);
  }
  return [...byBar.values()];
};

/** What a bar plays, without velocity or the small lateness of hands: layer, half beat, key, length in beats. */
const barContents = (): string[] => {
  const bars: string[][] = [];
  for (const { layer, tick, pitch, ticks } of notes) {
    const bar = Math.floor(tick / barTicks);
    (bars[bar] ??= []).push(`${layer} ${Math.round((tick % barTicks) / (TICKS_PER_QUARTER / 2))} ${pitch} ${Math.round(ticks / TICKS_PER_QUARTER)}`);
  }
  return Array.from(bars, (bar) => (bar ?? []).toSorted().join(', '));
};

describe('a composed hour', () => {
  it('is lower, sparser, slower and darker in Deep than in Dream', () => {
    const onsets = [deep().length, dream().length].map((count) => count / (HALF - SETTLED));
    const pitches = [deep(), dream()].map((part) => mean(part.map(({ pitch }) => pitch)));
    const tempo = (from: number, to: number): number => mean(events.flatMap((event) => (event.kind === 'tempo' && event.t >= from * 60e6 && event.t < to * 60e6 ? [60e6 / event.microsPerQuarter] : [])));
    const brightness = (from: number, to: number): number => mean(events.flatMap((event) => (event.kind === 'control' && event.layer === 'pad' && event.parameter === 'brightness' && event.t >= from * 60e6 && event.t < to * 60e6 ? [event.value] : [])));
    console.info(`Deep and Dream: ${onsets.map((x) => x.toFixed(1)).join(' and ')} onsets a minute, mean key ${pitches.map((x) => x.toFixed(1)).join(' and ')}`);
    expect(deep().length).toBeGreaterThan(60);
    expect(onsets[0]).toBeLessThan(0.75 * (onsets[1] ?? 0));
    expect(pitches[0]).toBeLessThan((pitches[1] ?? 0) - 2);
    expect(tempo(SETTLED, HALF)).toBeLessThan(tempo(HALF + SETTLED, 2 * HALF));
    expect(brightness(SETTLED, HALF)).toBeLessThan(brightness(HALF + SETTLED, 2 * HALF));
  });

  it('sings in dreams, and not in deep sleep', () => {
    expect(deep().filter(({ layer }) => layer === 'melody')).toEqual([]);
    expect(dream().filter(({ layer }) => layer === 'melody').length).toBeGreaterThan(60);
  });

  it('plays no passage of eight bars more than three times', () => {
    const bars = barContents();
    const heard = new Map<string, number[]>();
    for (let bar = 0; bar + 8 <= bars.length; bar += 1) {
      const passage = bars.slice(bar, bar + 8).join(' / ');
      const before = heard.get(passage) ?? [];
      // Windows that overlap are one passage.
      if (bar - (before.at(-1) ?? -8) >= 8) heard.set(passage, [...before, bar]);
    }
    const most = Math.max(...[...heard.values()].map((at) => at.length));
    console.info(`eight bars: the same passage ${most} times at most, in ${bars.length} bars`);
    expect(bars.length).toBeGreaterThan(500);
    expect(most).toBeLessThanOrEqual(3);
    // Nearly every window is another one: the hour does not go round in circles of nearly the same.
    expect(heard.size).toBeGreaterThan(400);
  });

  it('leads its chords by at most 1.5 semitones a voice on average, 4 at the 95th percentile, and never crosses', () => {
    const chords = voicings();
    const motions = chords.slice(1).flatMap((chord, index) => motionOf(chords[index] ?? [], chord)).toSorted((a, b) => a - b);
    const high = motions[Math.floor(motions.length * 0.95)] ?? 0;
    console.info(`voice leading over the hour: mean ${mean(motions).toFixed(2)} semitones, 95th percentile ${high}, ${chords.length} chords`);
    expect(chords.length).toBeGreaterThan(80);
    expect(mean(motions)).toBeLessThanOrEqual(1.5);
    expect(high).toBeLessThanOrEqual(4);
    // Voices are written from low to high: a crossing would be out of order.
    for (const chord of chords) expect(chord).toEqual(chord.toSorted((a, b) => a - b));
  });

  it('keeps every layer in its range, and shouts nowhere', () => {
    for (const { layer: id, pitch, velocity } of notes) {
      const [low, high] = score.layers.find((layer) => layer.id === id)?.range ?? [0, -1];
      expect(pitch).toBeGreaterThanOrEqual(low);
      expect(pitch).toBeLessThanOrEqual(high);
      expect(velocity).toBeLessThanOrEqual(110);
    }
  });
});
