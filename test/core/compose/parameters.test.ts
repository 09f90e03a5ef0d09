import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bend, isMuted, mappingOffset, offsetsOf, parameterValue } from '../../../core/compose/parameters.ts';
import { initialState, type EngineState } from '../../../core/engine/state.ts';
import { CURVES, type Mapping } from '../../../core/score/schema.ts';
import { layer, smallScore } from '../../support/small-score.ts';

const mapping = (changes: Partial<Mapping> = {}): Mapping => ({
  id: 'm', signal: 'depth', layer: 'ground', parameter: 'brightness', curve: 'linear', range: [-0.2, 0.4], polarity: '+', smoothingSeconds: 0, ...changes,
});
const unit = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000);

/** The value of the ground's brightness with signals and hands as given. */
const brightness = (state: EngineState): number => parameterValue(state, offsetsOf(state), state.score.layers[0] ?? layer('ground'), 'brightness');

describe('curves', () => {
  it.each(CURVES)('%s runs from 0 to 1 and never falls', (curve) => {
    expect(bend(curve, 0)).toBe(0);
    expect(bend(curve, 1)).toBe(1);
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        expect(bend(curve, Math.min(a, b))).toBeLessThanOrEqual(bend(curve, Math.max(a, b)));
      }),
    );
  });

  it('early answers before late; smooth is slow at both ends', () => {
    expect(bend('early', 0.5)).toBe(0.75);
    expect(bend('linear', 0.5)).toBe(0.5);
    expect(bend('late', 0.5)).toBe(0.25);
    expect(bend('smooth', 0.5)).toBe(0.5);
    expect(bend('smooth', 0.1)).toBeLessThan(0.1);
    expect(bend('smooth', 0.9)).toBeGreaterThan(0.9);
  });
});

describe('mappings', () => {
  it('reach from one end of the range to the other over their window, and stay beyond it', () => {
    const windowed = mapping({ window: [0.4, 0.8] });
    expect([0, 0.4, 0.6, 0.8, 1].map((value) => mappingOffset(windowed, value))).toEqual([-0.2, -0.2, expect.closeTo(0.1, 12), expect.closeTo(0.4, 12), expect.closeTo(0.4, 12)]);
    expect(mappingOffset(mapping(), 0.5)).toBeCloseTo(0.1, 12);
  });

  it('read the signal upside down with polarity -', () => {
    fc.assert(
      fc.property(unit, (value) => {
        expect(mappingOffset(mapping({ polarity: '-' }), value)).toBeCloseTo(mappingOffset(mapping(), 1 - value), 9);
      }),
    );
    expect(mappingOffset(mapping({ polarity: '-', curve: 'late' }), 0)).toBeCloseTo(0.4, 12);
  });

  it('add up, are kept within 0 and 1, and count as much as the sleepers lead', () => {
    const score = smallScore({ mappings: [mapping(), mapping({ id: 'n', signal: 'dream', range: [0, 0.3] })] });
    const start = initialState(score, 1);
    const heard = (depth: number, dream: number, follow: number): EngineState => ({ ...start, senses: { ...start.senses, mapped: { m: depth, n: dream } }, mixer: { ...start.mixer, follow } });
    expect(brightness(heard(0, 0, 1))).toBeCloseTo(0.3, 12);
    expect(brightness(heard(0.5, 0.5, 1))).toBeCloseTo(0.75, 12);
    expect(brightness(heard(1, 1, 1))).toBe(1);
    expect(brightness(heard(1, 1, 0.5))).toBeCloseTo(0.85, 12);
    expect(brightness(heard(1, 1, 0))).toBe(0.5);
    // A signal that was never heard moves nothing.
    expect(brightness(start)).toBe(0.5);
  });
});

describe('macros and hands', () => {
  const score = smallScore({ macros: [{ id: 'light', name: 'Light', value: 0.5, targets: [{ layer: 'ground', parameter: 'brightness', amount: 0.4 }] }] });
  const start = initialState(score, 1);

  it('a macro does nothing in the middle, and takes or adds its amount at the ends', () => {
    const turned = (value: number): number => brightness({ ...start, hands: { ...start.hands, macros: { light: value } } });
    expect(turned(0.5)).toBe(0.5);
    expect(turned(1)).toBeCloseTo(0.9, 12);
    expect(turned(0)).toBeCloseTo(0.1, 12);
    expect(turned(0.75)).toBeCloseTo(0.7, 12);
  });

  it("a hand's value takes the place of the score's own, and macros still move it", () => {
    const held: EngineState = { ...start, hands: { ...start.hands, parameters: { ground: { brightness: 0.2 } }, macros: { light: 0.75 } } };
    expect(brightness(held)).toBeCloseTo(0.4, 12);
  });

  it('a mute by hand wins over the score, both ways', () => {
    const quiet = layer('ground', { muted: true });
    expect(isMuted(start, quiet)).toBe(true);
    expect(isMuted({ ...start, hands: { ...start.hands, muted: { ground: false } } }, quiet)).toBe(false);
    expect(isMuted({ ...start, hands: { ...start.hands, muted: { ground: true } } }, layer('ground'))).toBe(true);
  });
});
