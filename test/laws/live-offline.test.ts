import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../core/engine/advance.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import { initialState } from '../../core/engine/state.ts';
import { compareEvents } from '../../core/events/order.ts';
import { eventLine } from '../../core/events/ndjson.ts';
import { createPerformer } from '../../core/events/perform.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { Performed } from '../../core/events/performed.ts';
import { firstLight } from '../support/score.ts';
import { micros } from '../../core/units.ts';
import { createRunner, LOOKAHEAD, type Runner } from '../../renderer/engine/runner.ts';
import type { RunnerSnapshot } from '../../renderer/engine/snapshot.ts';

const score = firstLight();
const layer = score.layers[0]?.id ?? '';
const END = 60_000_000;

const frame = (t: number, depth: number) => ({
  t, n: 12, gated: false, share: [0.2, 0.2, 0.2, 0.2, 0.2], entropy: 1, depth, dream: 0.2, synchrony: 0.1, concordance: 0.1,
  discord: 0.5, unity: 0.1, novelty: depth / 2, heartBpm: 60, breathHz: 0.25, motion: 0.1, chant: 0,
});
const share = fc.double({ min: 0, max: 1, noNaN: true });
const input = fc.oneof(
  { weight: 6, arbitrary: fc.record({ t: fc.nat(), depth: share }).map(({ t, depth }) => ({ kind: 'frame', frame: frame(t, depth) })) },
  { weight: 2, arbitrary: share.map((value) => ({ kind: 'parameter', layer, parameter: 'brightness', value })) },
  { weight: 1, arbitrary: fc.constantFrom(...score.scenes.map(({ id }) => ({ kind: 'scene', scene: id }))) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'panic' }, { kind: 'resume' }, { kind: 'fade', seconds: 2 }) },
  { weight: 1, arbitrary: fc.boolean().map((muted) => ({ kind: 'mute', layer, muted })) },
);
/** Steps of a night on a bad machine: mostly short gaps, now and then a stall of seconds; inputs arrive in between. */
const steps = fc.array(
  fc.record({ gap: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 80_000 }) }, { weight: 1, arbitrary: fc.integer({ min: 300_000, max: 4_000_000 }) }), arrives: fc.option(input, { freq: 3 }) }),
  { minLength: 50, maxLength: 400 },
);

const offline = (journal: readonly StampedInput[], end: number) => {
  const { state, events } = advance(initialState(score, 7), journal, micros(end));
  const performed = createPerformer().perform(events, state.tempo, micros(end + LOOKAHEAD));
  return { events, performed };
};
const lines = (events: readonly ScoreEvent[]): string => events.toSorted(compareEvents).map(eventLine).join('\n');

describe('law: live = offline', () => {
  it('gives the same events and the same performance under a jittered clock', () => {
    fc.assert(
      fc.property(steps, (wakes) => {
        const runner = createRunner({ score, seed: 7, resume: null });
        const events: ScoreEvent[] = [];
        const performed: Performed[] = [];
        const journal: StampedInput[] = [];
        let now = 0;
        let stale = 0;
        const pump = (): void => {
          const pumped = runner.pump(now);
          events.push(...pumped.events);
          performed.push(...pumped.performed);
          stale += pumped.stale;
          journal.push(...runner.takeNew());
        };
        for (const { gap, arrives } of wakes) {
          now += gap;
          if (arrives !== null) runner.accept(arrives, now - 1_000);
          pump();
        }
        now = Math.max(now, END);
        pump();
        const expected = offline(journal, now);
        expect(lines(events)).toBe(lines(expected.events));
        const timely = stale === 0 ? expected.performed : expected.performed.filter((event) => event.kind !== 'on' || performed.includes(event) || performed.some((live) => live.kind === 'on' && live.note === event.note));
        expect(JSON.stringify(performed)).toBe(JSON.stringify(timely));
        expect(expected.performed.length - performed.length).toBe(stale);
      }),
      { numRuns: 30 },
    );
  });

  it('resumes a take where it stood: the same events from then on', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1_000_000, max: 40_000_000 }), (wakes, crash) => {
        const first = createRunner({ score, seed: 7, resume: null });
        let now = 0;
        for (const { gap, arrives } of wakes) {
          if (now + gap > crash) break;
          now += gap;
          if (arrives !== null) first.accept(arrives, now);
          first.pump(now);
        }
        first.pump(crash);
        const inputs = first.takeNew();
        const second = createRunner({ score, seed: 7, resume: { snapshot: null, inputs, elapsed: crash } });
        const after = second.pump(END);
        const whole = offline(inputs, END);
        const tail = whole.events.slice(offline(inputs, crash).events.length);
        expect(lines(after.events)).toBe(lines(tail));
        const open = new Set(second.standing.flatMap((event) => (event.kind === 'on' ? [event.note] : [])));
        const ended = new Set(whole.performed.flatMap((event) => (event.kind === 'off' ? [event.note] : [])));
        for (const note of open) if (ended.has(note)) expect(after.performed.some((event) => event.kind === 'off' && event.note === note)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('snapshot and tail, the whole journal, an engine that never fell: the same events, the same performance', () => {
    /** What comes about at each step: snapshots and crashes, each of which is out for as long as the step lasts. */
    const told = fc.array(
      fc.record({
        gap: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 200_000 }) }, { weight: 1, arbitrary: fc.integer({ min: 300_000, max: 4_000_000 }) }),
        arrives: fc.option(input, { freq: 3 }),
        comes: fc.oneof({ weight: 20, arbitrary: fc.constant('nothing') }, { weight: 3, arbitrary: fc.constant('snapshot') }, { weight: 1, arbitrary: fc.constant('crash') }),
      }),
      { minLength: 50, maxLength: 300 },
    );
    fc.assert(
      fc.property(told, (wakes) => {
        const steady = createRunner({ score, seed: 7, resume: null });
        const journal: StampedInput[] = [];
        let fallen = steady;
        let kept: RunnerSnapshot | null = null;
        let now = 0;
        const crash = (): void => {
          const whole: Runner = createRunner({ score, seed: 7, resume: { snapshot: null, inputs: journal, elapsed: now } });
          const inputs = kept === null ? journal : journal.slice(Math.max(0, kept.seq - 1));
          fallen = createRunner({ score, seed: 7, resume: { snapshot: kept, inputs, elapsed: now } });
          expect(fallen.standing).toEqual(whole.standing);
          expect(fallen.snapshot()).toEqual(JSON.parse(JSON.stringify(whole.snapshot())));
          expect(fallen.shown.chordAt(now)).toBe(whole.shown.chordAt(now));
          // An end that was handed out ahead of its time is no longer in the snapshot, so the views may lose its key up to a lookahead early.
          expect(fallen.shown.soundingAt(now + LOOKAHEAD)).toEqual(whole.shown.soundingAt(now + LOOKAHEAD));
        };
        const step = (arrives: unknown, comes: string): void => {
          const down = comes === 'crash';
          if (!down && arrives !== null) {
            const stamped = steady.accept(arrives, now - 1_000);
            if (fallen !== steady) expect(fallen.accept(arrives, now - 1_000)).toEqual(stamped);
            journal.push(stamped);
          }
          const expected = steady.pump(now);
          if (down) return crash();
          const pumped = fallen === steady ? expected : fallen.pump(now);
          expect(pumped).toEqual(expected);
          if (comes === 'snapshot') kept = JSON.parse(JSON.stringify(fallen.snapshot()));
        };
        for (const { gap, arrives, comes } of wakes) {
          now += gap;
          step(arrives, comes);
        }
        now += 1_000_000;
        step(null, 'crash');
        now = Math.max(now, END);
        step(null, 'nothing');
      }),
      { numRuns: 20 },
    );
  });

  it('a snapshot and a journal that do not belong together are refused', () => {
    const runner = createRunner({ score, seed: 7, resume: null });
    for (let second = 1; second <= 5; second += 1) {
      runner.accept({ kind: 'resume' }, second * 1e6);
      runner.pump(second * 1e6);
    }
    const snapshot = runner.snapshot();
    const inputs = runner.takeNew();
    expect(snapshot.seq).toBe(4);
    // A wall that is behind what is decided takes nothing of it back.
    expect(createRunner({ score, seed: 7, resume: { snapshot, inputs, elapsed: 2e6 } }).snapshot()).toEqual(snapshot);
    expect(() => createRunner({ score, seed: 7, resume: { snapshot, inputs: inputs.slice(0, 2), elapsed: 6e6 } })).toThrow(/does not go on from entry 4/);
    expect(() => createRunner({ score, seed: 7, resume: { snapshot: { ...snapshot, seq: 2 }, inputs: inputs.slice(3), elapsed: 6e6 } })).toThrow(RangeError);
  });
});
