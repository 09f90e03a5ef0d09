import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../core/engine/advance.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import { initialState, type EngineState } from '../../core/engine/state.ts';
import { BAR_HORIZON, CONTROL_HORIZON } from '../../core/engine/timing.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { Score } from '../../core/score/schema.ts';
import { micros } from '../../core/units.ts';
import { anyInput, anyJournal } from '../support/journals.ts';
import { firstLight } from '../support/score.ts';

const score = firstLight();
const SPAN = 60_000_000;
const anySeed = fc.integer({ min: 0, max: 0xffff_ffff });
const anyTime = fc.integer({ min: 0, max: SPAN });

const play = (of: Score, seed: number, journal: readonly StampedInput[], until = SPAN): readonly ScoreEvent[] => advance(initialState(of, seed), journal, micros(until)).events;

const ofLayer = (events: readonly ScoreEvent[], layer: string): readonly ScoreEvent[] => events.filter((event) => event.layer === layer);

describe('laws of the engine', () => {
  it('split invariance: in one go or in pieces, the same events and the same state', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), fc.array(anyTime, { maxLength: 8 }), (seed, journal, cuts) => {
        const whole = advance(initialState(score, seed), journal, micros(SPAN));
        let state = initialState(score, seed);
        const pieces: ScoreEvent[] = [];
        for (const cut of [...cuts].sort((a, b) => a - b).concat(SPAN)) {
          const piece = advance(state, journal, micros(cut));
          pieces.push(...piece.events);
          state = piece.state;
        }
        expect(pieces).toEqual(whole.events);
        expect(state).toEqual(whole.state);
      }),
      { numRuns: 40 },
    );
  });

  it('causality: an input changes nothing that was decided before it came', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), anyInput(score), anyTime, (seed, journal, input, at) => {
        const earlier = journal.filter(({ effective }) => effective <= at);
        const later = [...earlier, { seq: earlier.length, effective: at, input }];
        // What sounds up to `at` was decided at least the shorter horizon before it.
        const heard = (events: readonly ScoreEvent[]): readonly ScoreEvent[] =>
          events.filter((event) => event.t <= at + (event.kind === 'control' || event.kind === 'cue' ? CONTROL_HORIZON : 0));
        expect(heard(play(score, seed, later))).toEqual(heard(play(score, seed, earlier)));
        expect(BAR_HORIZON).toBeGreaterThan(CONTROL_HORIZON);
      }),
      { numRuns: 40 },
    );
  });

  it('live sees only the past: with the journal so far the same events as with the whole', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), anyTime, (seed, journal, now) => {
        const past = journal.filter(({ effective }) => effective < now);
        expect(play(score, seed, past, now)).toEqual(play(score, seed, journal, now));
      }),
      { numRuns: 40 },
    );
  });

  it('layer independence: muting, changing or removing a layer changes no other', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), fc.constantFrom(...score.layers), (seed, journal, layer) => {
        const without: Score = {
          ...score,
          layers: score.layers.filter(({ id }) => id !== layer.id),
          scenes: score.scenes.map((scene) => ({ ...scene, layers: Object.fromEntries(Object.entries(scene.layers).filter(([id]) => id !== layer.id)) })),
          mappings: score.mappings.filter((mapping) => mapping.layer !== layer.id),
          macros: score.macros.map((macro) => ({ ...macro, targets: macro.targets.filter((target) => target.layer !== layer.id) })),
        };
        const muted: Score = { ...score, layers: score.layers.map((other) => (other.id === layer.id ? { ...other, muted: true } : other)) };
        const all = play(score, seed, journal);
        const others = score.layers.filter(({ id }) => id !== layer.id).map(({ id }) => id).concat('score');
        for (const changed of [play(without, seed, journal), play(muted, seed, journal)]) {
          for (const other of others) expect(ofLayer(changed, other)).toEqual(ofLayer(all, other));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('snapshot and resume: a state that went through JSON goes on as if nothing had happened', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), anyTime, (seed, journal, cut) => {
        const first = advance(initialState(score, seed), journal, micros(cut));
        const restored: EngineState = JSON.parse(JSON.stringify(first.state));
        const rest = advance(restored, journal, micros(SPAN));
        expect([...first.events, ...rest.events]).toEqual(play(score, seed, journal));
      }),
      { numRuns: 40 },
    );
  });

  it('the same score, seed and inputs give the same bytes, another seed another night', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), (seed, journal) => {
        expect(JSON.stringify(play(score, seed, journal))).toBe(JSON.stringify(play(score, seed, journal)));
      }),
      { numRuns: 10 },
    );
    expect(play(score, 1, [])).not.toEqual(play(score, 2, []));
  });

  it('everything in an event is whole: ticks, microseconds, keys, velocities, values', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), (seed, journal) => {
        for (const event of play(score, seed, journal)) {
          const numbers = [event.t, event.tick, ...(event.kind === 'note' ? [event.pitch, event.velocity, event.ticks] : []), ...(event.kind === 'control' ? [event.value] : [])];
          expect(numbers.every(Number.isSafeInteger)).toBe(true);
          expect(event.cause.rule).not.toBe('');
        }
      }),
      { numRuns: 20 },
    );
  });

  it('every note lies in the range of its layer', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), (seed, journal) => {
        for (const event of play(score, seed, journal)) {
          if (event.kind !== 'note') continue;
          const [low, high] = score.layers.find(({ id }) => id === event.layer)?.range ?? [0, -1];
          expect(event.pitch).toBeGreaterThanOrEqual(low);
          expect(event.pitch).toBeLessThanOrEqual(high);
        }
      }),
      { numRuns: 20 },
    );
  });
});
