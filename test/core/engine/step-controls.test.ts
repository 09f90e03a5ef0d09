import { describe, expect, it } from 'vitest';
import { CONTROL_STEP } from '../../../core/engine/timing.ts';
import type { ScoreEvent } from '../../../core/events/event.ts';
import { frames, play, type Arrival } from '../../support/engine.ts';
import { layer, rule, scene, smallScore } from '../../support/small-score.ts';

const controls = (events: readonly ScoreEvent[], parameter: string, of = 'ground') =>
  events.flatMap((event) => (event.kind === 'control' && event.parameter === parameter && event.layer === of ? [{ at: event.t / 1_000_000, value: event.value, cause: event.cause }] : []));
const cues = (events: readonly ScoreEvent[]) => events.flatMap((event) => (event.kind === 'cue' ? [{ cue: event.cue, at: event.t / 1_000_000 }] : []));
const HALF = Math.round(0.5 * 16_383);

describe('the control grid', () => {
  it('says every sound parameter once at the start and is silent while nothing moves', () => {
    const { events } = play(smallScore(), [], 30);
    const all = events.filter((event) => event.kind === 'control');
    expect(all.map((event) => (event.kind === 'control' ? [event.parameter, event.value, event.t] : []))).toEqual([['level', HALF, 0], ['brightness', HALF, 0], ['motion', HALF, 0], ['room', HALF, 0]]);
  });

  it('answers a knob on the next step of the grid, at least a tenth of a second ahead', () => {
    const { events } = play(smallScore(), [[10.01, { kind: 'parameter', layer: 'ground', parameter: 'brightness', value: 0.9 }]], 20);
    const [, moved] = controls(events, 'brightness');
    expect(moved?.value).toBe(Math.round(0.9 * 16_383));
    expect(moved?.at).toBeGreaterThan(10.1);
    expect(moved?.at).toBeLessThanOrEqual(10.11 + CONTROL_STEP / 1_000_000);
    expect(events.every((event) => event.kind !== 'control' || event.t % CONTROL_STEP === 0)).toBe(true);
  });

  it('leaves out moves too small to hear, but always arrives at the very ends', () => {
    const knob = (at: number, value: number): Arrival => [at, { kind: 'parameter', layer: 'ground', parameter: 'room', value }];
    const { events } = play(smallScore(), [knob(1, 0.503), knob(2, 0.505), knob(3, 0.998), knob(4, 1), knob(5, 0.002), knob(6, 0)], 10);
    expect(controls(events, 'room').map(({ value }) => value)).toEqual([HALF, Math.round(0.505 * 16_383), Math.round(0.998 * 16_383), 16_383, 33, 0]);
  });

  it('follows a mapped signal with its smoothing, and names signal and mapping as the cause', () => {
    const score = smallScore({ mappings: [{ id: 'depth-room', signal: 'depth', layer: 'ground', parameter: 'room', curve: 'linear', range: [0, 0.4], polarity: '+', smoothingSeconds: 10 }] });
    const moves = controls(play(score, [...frames(0, 20, { depth: 0 }), ...frames(20, 120, { depth: 1 })], 120).events, 'room');
    const at = (second: number): number => moves.findLast((move) => move.at <= second)?.value ?? 0;
    // One time constant after the change, 63% of the way; after six, there.
    expect(at(19)).toBeLessThan(HALF + 600);
    expect(at(30.2) / 16_383).toBeCloseTo(0.5 + 0.4 * (1 - Math.exp(-1)), 1);
    expect(at(100) / 16_383).toBeCloseTo(0.9, 1);
    expect(moves.at(-1)?.cause.rule).toBe('depth-room');
    expect(moves.at(-1)?.cause.signals).toHaveProperty('depth');
    moves.slice(1).forEach((move, index) => expect(Math.abs(move.value - (moves[index]?.value ?? 0))).toBeGreaterThanOrEqual(64));
  });

  it('takes 8 s to cross from the sleepers to a hand', () => {
    const score = smallScore({ mappings: [{ id: 'depth-room', signal: 'depth', layer: 'ground', parameter: 'room', curve: 'linear', range: [0, 0.4], polarity: '+', smoothingSeconds: 0 }] });
    const moves = controls(play(score, [...frames(0, 60, { depth: 1 }), [20, { kind: 'mode', mode: 'lead' }]], 60).events, 'room');
    const half = moves.findLast((move) => move.at <= 24.1)?.value ?? 0;
    expect(half / 16_383).toBeCloseTo(0.7, 1);
    expect(moves.findLast((move) => move.at <= 28.3)?.value).toBeLessThan(HALF + 64);
    expect(moves.findLast((move) => move.at <= 20)?.value).toBe(Math.round(0.9 * 16_383));
  });
});

describe('slow hands of the mixer', () => {
  it('a mute closes and opens in .4 s, without a jump', () => {
    const { events } = play(smallScore(), [[10, { kind: 'mute', layer: 'ground', muted: true }], [20, { kind: 'mute', layer: 'ground', muted: false }]], 30);
    const levels = controls(events, 'level');
    const closing = levels.filter(({ at }) => at > 5 && at < 15);
    const opening = levels.filter(({ at }) => at > 15);
    expect(closing.at(-1)?.value).toBe(0);
    expect((closing.at(-1)?.at ?? 0) - (closing[0]?.at ?? 0)).toBeCloseTo(0.35, 6);
    expect(opening.at(-1)?.value).toBe(HALF);
    levels.slice(1).forEach((level, index) => expect(Math.abs(level.value - (levels[index]?.value ?? 0))).toBeLessThanOrEqual(Math.ceil(HALF / 8)));
    // A muted layer writes no notes, and goes on from where it would be.
    expect(events.some((event) => event.kind === 'note' && event.t >= 12_000_000 && event.t < 20_000_000)).toBe(false);
  });

  it("a scene's level arrives over up to 15 s", () => {
    const score = smallScore({ scenes: [scene('a', { layers: { ground: 1 } }), scene('b', { layers: { ground: 0 } })], rules: [rule('never', { to: 'b', forSeconds: 7_000 })] });
    const levels = controls(play(score, [...frames(0, 40), [4, { kind: 'scene', scene: 'b' }]], 40).events, 'level').filter(({ at }) => at > 0);
    // Scene b is decided half a second before its bar at 8 s.
    expect(levels[0]?.at).toBeGreaterThanOrEqual(7.4);
    expect(levels.at(-1)?.value).toBe(0);
    expect((levels.at(-1)?.at ?? 0) - (levels[0]?.at ?? 0)).toBeGreaterThan(14.5);
    expect((levels.at(-1)?.at ?? 0) - (levels[0]?.at ?? 0)).toBeLessThan(15.1);
  });
});

describe('gentle stop, panic, playing on', () => {
  it.each([0.5, 5, 60])('a gentle stop is at 0 after its %d s, says so, and writes nothing more', (seconds) => {
    const { events, state } = play(smallScore(), [[10, { kind: 'fade', seconds }]], 90);
    const levels = controls(events, 'level').filter(({ at }) => at > 5);
    const stopped = cues(events).find(({ cue }) => cue === 'stopped')?.at ?? 0;
    expect(cues(events).map(({ cue }) => cue)).toEqual(['fade', 'stopped']);
    expect(levels.at(-1)?.value).toBe(0);
    expect(stopped - (levels.at(-1)?.at ?? 0)).toBeLessThanOrEqual(0.051);
    expect(Math.abs(stopped - 10.1 - seconds)).toBeLessThanOrEqual(0.11);
    expect(state.transport).toBe('stopped');
    expect(events.some((event) => event.kind === 'note' && event.t > stopped * 1_000_000 + 4_500_000)).toBe(false);
    // It falls evenly and never rises.
    levels.slice(1).forEach((level, index) => expect(level.value).toBeLessThan(levels[index]?.value ?? 0));
  });

  it('a panic is at 0 at once, a resume opens over 3 s', () => {
    const { events } = play(smallScore(), [[10.02, { kind: 'panic' }], [20, { kind: 'resume' }]], 40);
    const levels = controls(events, 'level');
    expect(cues(events).map(({ cue }) => cue)).toEqual(['panic', 'resume']);
    expect(levels.find(({ at }) => at > 5)).toMatchObject({ value: 0, at: expect.closeTo(10.15, 6) });
    const back = levels.filter(({ at }) => at > 15);
    expect(back.at(-1)?.value).toBe(HALF);
    expect((back.at(-1)?.at ?? 0) - (back[0]?.at ?? 0)).toBeCloseTo(2.95, 6);
  });

  it('a gentle stop taken back in time never stops', () => {
    const { events, state } = play(smallScore(), [[10, { kind: 'fade', seconds: 20 }], [20, { kind: 'resume' }]], 60);
    expect(cues(events).map(({ cue }) => cue)).toEqual(['fade', 'resume']);
    expect(controls(events, 'level').at(-1)?.value).toBe(HALF);
    expect(Math.min(...controls(events, 'level').map(({ value }) => value))).toBeGreaterThan(0.4 * HALF);
    expect(state.transport).toBe('playing');
  });

  it('fades every layer alike', () => {
    const { events } = play(smallScore({ layers: [layer('ground'), layer('sky', { range: [60, 80] })] }), [[10, { kind: 'fade', seconds: 5 }]], 30);
    expect(controls(events, 'level', 'sky').map(({ at, value }) => [at, value])).toEqual(controls(events, 'level').map(({ at, value }) => [at, value]));
  });
});
