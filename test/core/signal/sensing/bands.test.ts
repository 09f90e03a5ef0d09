/** Band powers as sensors send them become shares. */
import { describe, expect, it } from 'vitest';
import { averageMoments, horseshoeQuality, momentOf, momentOfFive, powerOfBels, sensedNumber, SIGMA_OF_BETA } from '../../../../core/signal/sensing/bands.ts';
import { createBandWindow } from '../../../../core/signal/sensing/band-window.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('powers', () => {
  it('become shares of five bands, with gamma against them', () => {
    const moment = momentOf({ delta: 50, theta: 20, alpha: 10, sigma: 10, beta: 10, gamma: 25 });
    expect(moment).toEqual({ bands: [0.5, 0.2, 0.1, 0.1, 0.1], gamma: 0.25, power: 100 });
  });
  it('without a sigma of their own lend it a third of beta', () => {
    const moment = momentOf({ delta: 60, theta: 10, alpha: 0, sigma: null, beta: 30, gamma: null });
    expect(moment?.bands[3]).toBeCloseTo(0.3 * SIGMA_OF_BETA, 12);
    expect(moment?.bands[4]).toBeCloseTo(0.3 * (1 - SIGMA_OF_BETA), 12);
    expect(moment?.gamma).toBeNull();
  });
  it.each([[Number.NaN], [-1], [Infinity]])('with %s among them are none', (delta) => {
    expect(momentOf({ delta, theta: 1, alpha: 1, sigma: 1, beta: 1, gamma: 1 })).toBeNull();
  });
  it('of nothing are none', () => {
    expect(momentOf({ delta: 0, theta: 0, alpha: 0, sigma: 0, beta: 0, gamma: 1 })).toBeNull();
  });
  it('in Bels are powers of ten, and what is no number is none', () => {
    expect(powerOfBels(1)).toBe(10);
    expect(powerOfBels(-0.5)).toBeCloseTo(0.316_227_766, 9);
    for (const none of ['nan', '1', Number.NaN, Infinity, null, undefined, 400]) expect(powerOfBels(none)).toBeNull();
    expect(sensedNumber('nan')).toBeNull();
  });
  it('in the order of most programs may miss gamma and nothing else', () => {
    expect(momentOfFive([4, 2, 1, 3, null])?.bands[0]).toBe(0.4);
    expect(momentOfFive([4, 2, null, 3, 1])).toBeNull();
    expect(momentOfFive([])).toBeNull();
  });
});

describe('electrodes together', () => {
  const slow = momentOf({ delta: 8, theta: 1, alpha: 1, sigma: 0, beta: 0, gamma: 0 });
  const fast = momentOf({ delta: 0, theta: 1000, alpha: 1000, sigma: 0, beta: 8000, gamma: 0 });
  it('give each its voice by trust and not by loudness', () => {
    expect(averageMoments([slow, fast], [1, 1])?.moment.bands[0]).toBeCloseTo(0.4, 12);
    expect(averageMoments([slow, fast], [1, 0])?.moment.bands[0]).toBeCloseTo(0.8, 12);
    expect(averageMoments([slow, fast], [1, 0.5])?.moment.bands[0]).toBeCloseTo(0.8 / 1.5, 12);
  });
  it('are to be trusted with one good of four, and not with none', () => {
    expect(averageMoments([slow, null, null, null], [1, 1, 1, 1])?.quality).toBeCloseTo(0.625, 12);
    expect(averageMoments([slow, slow, slow, slow], [1, 1, 1, 1])?.quality).toBeCloseTo(1, 12);
    expect(averageMoments([slow, slow], [0, 0])).toBeNull();
    expect(averageMoments([null], [1])).toBeNull();
  });
  it('are trusted as the horseshoe says', () => {
    expect([1, 2, 3, 4, undefined, 'nan'].map(horseshoeQuality)).toEqual([1, 0.5, 0, 0, 1, 1]);
  });
});

describe('the window', () => {
  const at = (delta: number, gamma: number | null = 1) => momentOf({ delta, theta: 1, alpha: 1, sigma: 1, beta: 1, gamma })!;
  it('averages ten a second over the last half minute and forgets the rest', () => {
    const window = createBandWindow();
    for (let tick = 0; tick < 600; tick += 1) window.add(at(tick < 300 ? 96 : 6), 1, tick * 100);
    const reading = window.reading(60_000);
    expect(reading?.value.bands[0]).toBeCloseTo(0.6, 9);
    expect(reading?.value.gamma).toBeCloseTo(0.1, 9);
    expect(sum(reading?.value.bands ?? [])).toBeCloseTo(1, 12);
    expect(reading?.quality).toBe(1);
  });
  it('gives a second with more packets no louder voice', () => {
    const window = createBandWindow();
    for (let second = 0; second < 30; second += 1) for (let k = 0; k < (second < 15 ? 1 : 20); k += 1) window.add(at(second < 15 ? 0 : 8), 1, second * 1_000 + k);
    expect(window.reading(29_900)?.value.bands[0]).toBeCloseTo(8 / 16, 9);
  });
  it('is silent before there is enough, unsure with little, and empty after a gap', () => {
    const window = createBandWindow();
    for (let second = 0; second < 4; second += 1) window.add(at(1), 1, second * 1_000);
    expect(window.reading(4_000)).toBeNull();
    for (let second = 4; second < 10; second += 1) window.add(at(1), 1, second * 1_000);
    expect(window.reading(10_000)?.quality).toBe(0.5);
    expect(window.reading(45_000)).toBeNull();
  });
  it('tells the last whole second for arousals, and nothing where that is gone', () => {
    const window = createBandWindow();
    window.add(at(96), 1, 1_200);
    window.add(at(6), 0.5, 2_200);
    expect(window.rhythm(3_000)).toMatchObject({ quality: 0.5 });
    expect(window.rhythm(3_000)?.value[0]).toBeCloseTo(0.6, 9);
    expect(window.rhythm(6_000)).toBeNull();
  });
  it('knows no gamma where most of it was told without', () => {
    const window = createBandWindow();
    for (let second = 0; second < 20; second += 1) window.add(at(1, second < 5 ? 1 : null), 1, second * 1_000);
    expect(window.reading(20_000)?.value.gamma).toBeNull();
  });
});
