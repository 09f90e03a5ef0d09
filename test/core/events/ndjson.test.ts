import { describe, expect, it } from 'vitest';
import type { ScoreEvent } from '../../../core/events/event.ts';
import { eventLine } from '../../../core/events/ndjson.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';

const base = { t: micros(1_500_000), tick: tick(1440), layer: 'pad' };
const cause = { rule: 'breath', signals: { unity: 0.2, depth: 0.5 } };

describe('eventLine', () => {
  it('writes each kind with its fields in a fixed order', () => {
    const events: ScoreEvent[] = [
      { ...base, kind: 'note', pitch: midiNote(60), velocity: 64, ticks: 960, cause },
      { ...base, kind: 'control', parameter: 'level', value: 8192, cause: { rule: 'hand' } },
      { ...base, layer: 'score', kind: 'tempo', microsPerQuarter: 1_000_000, cause },
      { ...base, layer: 'score', kind: 'scene', scene: 'deep', name: 'Deep', cause },
      { ...base, layer: 'score', kind: 'cue', cue: 'fade', cause },
      { ...base, layer: 'score', kind: 'cue', cue: 'story', text: 'one\ntwo', cause: { rule: 'hand' } },
    ];
    const because = '"cause":{"rule":"breath","signals":{"depth":0.5,"unity":0.2}}}';
    expect(events.map(eventLine)).toEqual([
      `{"t":1500000,"tick":1440,"kind":"note","layer":"pad","pitch":60,"velocity":64,"ticks":960,${because}`,
      '{"t":1500000,"tick":1440,"kind":"control","layer":"pad","parameter":"level","value":8192,"cause":{"rule":"hand"}}',
      `{"t":1500000,"tick":1440,"kind":"tempo","layer":"score","microsPerQuarter":1000000,${because}`,
      `{"t":1500000,"tick":1440,"kind":"scene","layer":"score","scene":"deep","name":"Deep",${because}`,
      `{"t":1500000,"tick":1440,"kind":"cue","layer":"score","cue":"fade",${because}`,
      '{"t":1500000,"tick":1440,"kind":"cue","layer":"score","cue":"story","text":"one\\ntwo","cause":{"rule":"hand"}}',
    ]);
  });

  it('is the same line however the event was put together', () => {
    const one: ScoreEvent = { ...base, kind: 'note', pitch: midiNote(60), velocity: 64, ticks: 960, cause };
    const other: ScoreEvent = { cause: { signals: { depth: 0.5, unity: 0.2 }, rule: 'breath' }, ticks: 960, velocity: 64, pitch: midiNote(60), kind: 'note', layer: 'pad', tick: tick(1440), t: micros(1_500_000) };
    expect(eventLine(one)).toBe(eventLine(other));
  });
});
