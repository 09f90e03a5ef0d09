import { describe, expect, it } from 'vitest';
import { ruleHolds, ruleProgress, sleepersLead } from '../../../core/compose/scenes.ts';
import { micros } from '../../../core/units.ts';
import { frame, frames, play, scenesOf, type Arrival } from '../../support/engine.ts';
import { rule, scene, smallScore } from '../../support/small-score.ts';

const dreaming = { dream: 0.8 };
const withRule = (changes: Parameters<typeof rule>[1]) => smallScore({ rules: [rule('to-b', changes)] });
/** Second in which scene b begins; null where it never does. */
const beginsB = (score: ReturnType<typeof smallScore>, arrivals: readonly Arrival[], seconds = 120): number | null =>
  scenesOf(play(score, arrivals, seconds).events).find((played) => played.scene === 'b')?.at ?? null;

describe('rules of scenes', () => {
  it('change the scene on the first bar after they have held long enough, and are its cause', () => {
    const { events } = play(withRule({ to: 'b', forSeconds: 10 }), frames(0, 60, dreaming), 60);
    expect(scenesOf(events)).toEqual([
      { scene: 'a', at: 0, rule: 'the opening' },
      // Heard from second 1 on, held at 11, and the bars lie 4 s apart.
      { scene: 'b', at: 12, rule: 'to-b' },
    ]);
  });

  it('must hold without a break', () => {
    const broken = [...frames(0, 8, dreaming), ...frames(8, 9), ...frames(9, 60, dreaming)];
    expect(beginsB(withRule({ to: 'b', forSeconds: 10 }), broken)).toBe(20);
    const always = Array.from({ length: 12 }, (_, at) => [...frames(at * 10, at * 10 + 9, dreaming), ...frames(at * 10 + 9, at * 10 + 10)]).flat();
    expect(beginsB(withRule({ to: 'b', forSeconds: 10 }), always)).toBeNull();
  });

  it('wait for their bar: only bars whose number is a multiple', () => {
    expect(beginsB(withRule({ to: 'b', forSeconds: 10, atBars: 8 }), frames(0, 120, dreaming))).toBe(32);
    expect(beginsB(withRule({ to: 'b', forSeconds: 33, atBars: 8 }), frames(0, 120, dreaming))).toBe(64);
  });

  it('leave only their own scene, and only after it has dwelt', () => {
    expect(beginsB(withRule({ from: 'b', to: 'b', forSeconds: 0 }), frames(0, 120, dreaming))).toBeNull();
    const score = smallScore({ scenes: [scene('a', { dwellSeconds: 50 }), scene('b')], rules: [rule('to-b', { from: 'a', to: 'b', forSeconds: 0 })] });
    expect(beginsB(score, frames(0, 120, dreaming))).toBe(52);
  });

  it('need all their conditions; the first rule written wins', () => {
    const both = rule('both', { to: 'b', when: [{ signal: 'dream', is: 'above', value: 0.5 }, { signal: 'shareN3', is: 'below', value: 0.1 }] });
    expect(ruleHolds(both, frame(dreaming))).toBe(false);
    expect(ruleHolds(both, frame({ dream: 0.8, share: [0.2, 0.2, 0.2, 0.05, 0.35] }))).toBe(true);
    expect(ruleHolds(both, frame({ dream: 0.5, share: [0.2, 0.2, 0.2, 0.05, 0.35] }))).toBe(false);
    const score = smallScore({ scenes: [scene('a'), scene('b'), scene('c')], rules: [rule('first', { to: 'c', forSeconds: 5 }), rule('second', { to: 'b', forSeconds: 5 })] });
    expect(scenesOf(play(score, frames(0, 10, dreaming), 9).events).at(-1)?.rule).toBe('first');
  });

  it('show how far they have come', () => {
    const { state } = play(withRule({ to: 'b', forSeconds: 100 }), frames(0, 60, dreaming), 51);
    const [open] = state.score.rules;
    if (open === undefined) throw new Error('the score has a rule');
    expect(ruleProgress(state, open, micros(51_000_000))).toBeCloseTo(0.5, 2);
    expect(ruleProgress(play(withRule({ to: 'b', forSeconds: 100 }), frames(0, 60), 51).state, open, micros(51_000_000))).toBe(0);
  });
});

describe('hands and scenes', () => {
  it('a wish wins over rules, dwell and mode, at the next bar', () => {
    const score = smallScore({ scenes: [scene('a', { dwellSeconds: 1_000 }), scene('b')] });
    for (const mode of ['follow', 'freeze', 'lead'] as const) {
      const { events, state } = play(score, [...frames(0, 30), [3, { kind: 'mode', mode }], [5, { kind: 'scene', scene: 'b' }]], 30);
      expect(scenesOf(events).at(-1)).toEqual({ scene: 'b', at: 8, rule: 'asked for by hand' });
      expect(state.hands.scene).toBeNull();
    }
  });

  it('a wish for a scene that is not there, or that plays, changes nothing', () => {
    for (const wish of ['nowhere', 'a']) {
      const { events, state } = play(smallScore(), [[1, { kind: 'scene', scene: wish }]], 30);
      expect(scenesOf(events).length).toBe(1);
      expect(state.hands.scene).toBeNull();
    }
  });

  it('in lead mode rules rest, and wake when the sleepers lead again', () => {
    const score = withRule({ to: 'b', forSeconds: 10 });
    const lead: Arrival = [2, { kind: 'mode', mode: 'lead' }];
    expect(beginsB(score, [lead, ...frames(0, 120, dreaming)])).toBeNull();
    expect(beginsB(score, [lead, ...frames(0, 120, dreaming), [50, { kind: 'mode', mode: 'follow' }]])).toBe(52);
  });
});

describe("the score's own arc", () => {
  const hours = 3_600;
  const arc = smallScore({ scenes: [scene('a', { arc: 0, tempo: [20, 20] }), scene('b', { arc: 0.1, tempo: [20, 20] }), scene('c', { arc: 0.5, tempo: [20, 20] })], rules: [rule('never', { to: 'c', forSeconds: 0 })] });

  it('leads while too few pods are live, by the clock of an eight-hour night', () => {
    const gated = Array.from({ length: 60 }, (_, at): Arrival => [at * 60, { kind: 'frame', frame: frame({ gated: true, dream: 0.9 }) }]);
    const played = scenesOf(play(arc, gated, hours).events);
    expect(played.map((each) => each.scene)).toEqual(['a', 'b']);
    expect(played[1]?.rule).toBe("the score's own arc");
    expect(played[1]?.at).toBeGreaterThanOrEqual(0.8 * hours);
    expect(played[1]?.at).toBeLessThan(0.8 * hours + 13);
  });

  it('leads when nothing was heard for three minutes, not before', () => {
    const { state } = play(arc, frames(0, 10), 300);
    expect(sleepersLead(state, micros(188_000_000))).toBe(true);
    expect(sleepersLead(state, micros(190_000_000))).toBe(false);
    expect(sleepersLead(play(arc, [], 5).state, micros(0))).toBe(false);
  });

  it('leaves the opening alone while the first frames are on their way', () => {
    const late = smallScore({ scenes: [scene('a'), scene('b', { arc: 0.5 })], opening: 'b' });
    expect(scenesOf(play(late, frames(20, 60), 60).events)).toEqual([{ scene: 'b', at: 0, rule: 'the opening' }]);
    expect(scenesOf(play(late, [], 300).events).at(-1)).toEqual({ scene: 'a', at: 180, rule: "the score's own arc" });
  });

  it('does not take over what is frozen: it stays as it last was, for as long as a hand wants', () => {
    const { state, events } = play(arc, [...frames(0, 600, { depth: 0.9 }), [10, { kind: 'mode', mode: 'freeze' }]], 600);
    expect(scenesOf(events).length).toBe(1);
    expect(state.senses.slow.depth).toBeGreaterThan(0.85);
    expect(sleepersLead(state, micros(600_000_000))).toBe(true);
    const thawed = play(arc, [...frames(0, 400, { depth: 0.9 }), [10, { kind: 'mode', mode: 'freeze' }], [399.5, { kind: 'mode', mode: 'follow' }]], 400);
    expect(sleepersLead(thawed.state, micros(400_000_000))).toBe(true);
  });
});
