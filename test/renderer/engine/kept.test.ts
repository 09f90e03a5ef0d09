import { describe, expect, it } from 'vitest';
import { advance } from '../../../core/engine/advance.ts';
import type { RecordedInput } from '../../../core/engine/input.ts';
import { initialState } from '../../../core/engine/state.ts';
import { eventLine } from '../../../core/events/ndjson.ts';
import type { ScoreEvent } from '../../../core/events/event.ts';
import { micros } from '../../../core/units.ts';
import { createRunner, type Runner } from '../../../renderer/engine/runner.ts';
import { frame } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';

const score = firstLight();
const SECOND = 1_000_000;
/** Everyone lies deep; those who agreed to be recorded dream. */
const everyone = (t: number) => frame({ t, n: 12, depth: 0.95, dream: 0, share: [0.02, 0.02, 0.02, 0.92, 0.02] });
const agreed = (t: number) => frame({ t, n: 7, depth: 0.2, dream: 0.900_04, share: [0.02, 0.02, 0.02, 0.02, 0.92] });

interface Lived {
  readonly runner: Runner;
  readonly events: ScoreEvent[];
  readonly kept: RecordedInput[];
}
const lived = (runner: Runner): Lived => ({ runner, events: [], kept: [] });

/** Frames four times a second; between `from` and `to` seconds someone is there who did not agree to be recorded. */
const live = (into: Lived, start: number, end: number, substitutes: boolean): Lived => {
  for (let t = start * SECOND; t < end * SECOND; t += 250_000) {
    into.runner.accept({ kind: 'frame', frame: everyone(t) }, t, substitutes ? agreed(t) : undefined);
    into.events.push(...into.runner.pump(t).events);
    into.kept.push(...into.runner.takeNew());
  }
  return into;
};
const lines = (events: readonly ScoreEvent[]): string[] => events.map(eventLine);

describe('consent to be recorded', () => {
  it('leaves the music to all who sleep and the take to those who agreed', () => {
    const without = live(lived(createRunner({ score, seed: 5, resume: null })), 0, 40, false);
    const withKept = live(lived(createRunner({ score, seed: 5, resume: null })), 0, 40, true);
    expect(lines(withKept.events)).toEqual(lines(without.events));
    expect(withKept.kept).toHaveLength(160);
    for (const { input, effective, seq, substituted } of withKept.kept) {
      expect(input).toEqual({ kind: 'frame', frame: { ...agreed(effective), dream: 0.9 } });
      expect([seq, substituted]).toEqual([effective / 250_000, true]);
    }
    expect(without.kept.every((entry) => entry.substituted === undefined)).toBe(true);
  });

  it('makes other music of the take: that of those who agreed', () => {
    const { kept, events } = live(lived(createRunner({ score, seed: 5, resume: null })), 0, 40, true);
    const offline = advance(initialState(score, 5), kept, micros(40 * SECOND)).events;
    const same = live(lived(createRunner({ score, seed: 5, resume: null })), 0, 40, false);
    expect(lines(offline)).not.toEqual(lines(events));
    const againOffline = advance(initialState(score, 5), same.kept, micros(39_750_000)).events;
    expect(lines(againOffline)).toEqual(lines(same.events));
  });

  it('plays on from a snapshot and the tail that was kept, with no decision twice and none left out', () => {
    const first = live(lived(createRunner({ score, seed: 5, resume: null })), 0, 20, true);
    const snapshot = first.runner.snapshot();
    live(first, 20, 24, true);
    const elapsed = 24 * SECOND;
    const second = lived(createRunner({ score, seed: 5, resume: { snapshot, inputs: first.kept.slice(snapshot.seq - 1), elapsed } }));
    live(second, 24, 40, true);
    expect(second.kept[0]?.seq).toBe(96);
    expect(second.runner.state().bar).toBeGreaterThan(first.runner.state().bar);
    expect(second.events.some(({ kind }) => kind === 'note')).toBe(true);
    expect(second.events.every(({ t }) => t >= elapsed)).toBe(true);
  });
});
