import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventLine } from '../../../core/events/ndjson.ts';
import { compareEvents } from '../../../core/events/order.ts';
import type { ScoreEvent } from '../../../core/events/event.ts';
import { micros, midiNote, tick } from '../../../core/units.ts';
import { frames, play } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';

const base = fc.record({ t: fc.integer({ min: 0, max: 3 }).map(micros), tick: fc.constant(tick(0)), layer: fc.constantFrom('bells', 'pad', 'é'), cause: fc.constant({ rule: 'r' }) });
const small = fc.integer({ min: 1, max: 3 });
const anyEvent: fc.Arbitrary<ScoreEvent> = fc.oneof(
  fc.tuple(base, small, small).map(([event, pitch, ticks]): ScoreEvent => ({ ...event, kind: 'note', pitch: midiNote(pitch), velocity: 64, ticks })),
  fc.tuple(base, fc.constantFrom('level', 'room'), small).map(([event, parameter, value]): ScoreEvent => ({ ...event, kind: 'control', parameter, value })),
  base.map((event): ScoreEvent => ({ ...event, kind: 'tempo', microsPerQuarter: 1_000_000 })),
  base.map((event): ScoreEvent => ({ ...event, kind: 'scene', scene: 'a', name: 'A' })),
  fc.tuple(base, fc.constantFrom('fade', 'panic')).map(([event, cue]): ScoreEvent => ({ ...event, kind: 'cue', cue })),
);

describe('the order of events', () => {
  it('is antisymmetric', () => {
    fc.assert(
      fc.property(anyEvent, anyEvent, (a, b) => {
        expect(Math.sign(compareEvents(a, b)) + Math.sign(compareEvents(b, a))).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is transitive, also where events tie', () => {
    fc.assert(
      fc.property(anyEvent, anyEvent, anyEvent, (a, b, c) => {
        if (compareEvents(a, b) <= 0 && compareEvents(b, c) <= 0) {
          expect(compareEvents(a, c)).toBeLessThanOrEqual(0);
          if (compareEvents(a, b) < 0 || compareEvents(b, c) < 0) expect(compareEvents(a, c)).toBeLessThan(0);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('sorts any shuffle into one list', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (events, draws) => {
        const shuffled = events.map((event) => ({ event, key: draws.next().value ?? 0 })).toSorted((a, b) => a.key - b.key).map(({ event }) => event);
        const told = (all: readonly ScoreEvent[]): (string | number)[] => all.map((event) => `${event.t} ${event.kind} ${event.layer} ${event.kind === 'note' ? `${event.pitch} ${event.ticks}` : ''}`);
        expect(told(shuffled.toSorted(compareEvents))).toEqual(told(events.toSorted(compareEvents)));
      }),
    );
  });

  it('at one moment has the whole first: tempo, scene, cue, control, note', () => {
    const at = { t: micros(5), tick: tick(0), layer: 'pad', cause: { rule: 'r' } };
    const [note, control, cue, scene, tempo]: ScoreEvent[] = [
      { ...at, kind: 'note', pitch: midiNote(60), velocity: 1, ticks: 1 }, { ...at, kind: 'control', parameter: 'level', value: 0 },
      { ...at, kind: 'cue', cue: 'panic' }, { ...at, kind: 'scene', scene: 'a', name: 'A' }, { ...at, kind: 'tempo', microsPerQuarter: 1 },
    ];
    expect([note, control, cue, scene, tempo].filter((event) => event !== undefined).toSorted(compareEvents).map(({ kind }) => kind)).toEqual(['tempo', 'scene', 'cue', 'control', 'note']);
  });

  it('leaves no two different events of a composed stretch tied', () => {
    const sorted = play(firstLight(), frames(0, 180, { dream: 0.5, unity: 0.2, synchrony: 0.8 }), 180).events.toSorted(compareEvents);
    expect(sorted.length).toBeGreaterThan(100);
    const ties = sorted.filter((event, index) => {
      const before = sorted[index - 1];
      return before !== undefined && compareEvents(before, event) === 0 && eventLine(before) !== eventLine(event);
    });
    expect(ties.map(eventLine)).toEqual([]);
  });
});

describe('a line of events.ndjson', () => {
  it('has its fields in one order, however the cause was put together', () => {
    const event: ScoreEvent = { cause: { signals: { unity: 0.1, depth: 0.5 }, rule: 'r' }, kind: 'note', ticks: 480, velocity: 64, pitch: midiNote(60), layer: 'pad', tick: tick(960), t: micros(1_000_000) };
    expect(eventLine(event)).toBe('{"t":1000000,"tick":960,"kind":"note","layer":"pad","pitch":60,"velocity":64,"ticks":480,"cause":{"rule":"r","signals":{"depth":0.5,"unity":0.1}}}');
    expect(eventLine({ t: micros(0), tick: tick(0), kind: 'cue', layer: 'score', cue: 'panic', cause: { rule: 'a hand' } })).toBe('{"t":0,"tick":0,"kind":"cue","layer":"score","cue":"panic","cause":{"rule":"a hand"}}');
  });
});
