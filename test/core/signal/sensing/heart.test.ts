import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createHeartReader } from '../../../../core/signal/sensing/heart.ts';
import { recordings, recordingsFolder } from '../../../support/recordings.ts';

/** A reader after intervals, milliseconds, each one beat. */
const afterBeats = (intervals: readonly number[]) => {
  const reader = createHeartReader();
  let at = 10_000;
  reader.beat(at);
  for (const interval of intervals) reader.beat((at += interval));
  return { reader, at };
};

const alternating = (count: number, a: number, b: number): number[] => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? a : b));

describe('the heart', () => {
  it('has the rate of its last quarter minute and the RMSSD of its last minute', () => {
    const { reader, at } = afterBeats(alternating(100, 980, 1_020));
    const reading = reader.read(at);
    expect(reading?.value.hrBpm).toBeCloseTo(60, 0);
    // Every difference is 40 ms.
    expect(reading?.value.rmssdMs).toBeCloseTo(40, 9);
    expect(reading?.quality).toBeGreaterThan(0.9);
  });

  it('tells no RMSSD before there is most of a minute', () => {
    const { reader, at } = afterBeats(alternating(30, 980, 1_020));
    expect(reader.read(at)?.value).toMatchObject({ rmssdMs: null });
    expect(reader.read(at)?.value.hrBpm).toBeCloseTo(60, 0);
  });

  it('leaves out a missed beat, a beat too many and an ectopic one, with the differences beside them', () => {
    const clean = alternating(100, 980, 1_020);
    const hurt = [...clean];
    hurt.splice(90, 2, 2_000);
    hurt.splice(70, 1, 400, 580);
    hurt.splice(50, 2, 700, 1_300);
    const { reader, at } = afterBeats(hurt);
    expect(reader.read(at)?.value.rmssdMs).toBeCloseTo(40, 9);
    expect(reader.read(at)?.value.hrBpm).toBeCloseTo(60, 0);
  });

  it('follows a heart that really changes', () => {
    const { reader, at } = afterBeats([...alternating(60, 1_000, 1_000), ...alternating(40, 600, 600)]);
    expect(reader.read(at)?.value.hrBpm).toBeCloseTo(100, 0);
  });

  it('takes intervals in packets, as belts send them', () => {
    const reader = createHeartReader();
    for (let second = 0; second < 90; second += 2) for (const interval of [980, 1_020]) reader.interval(interval, second * 1_000);
    expect(reader.read(88_500)?.value).toMatchObject({ rmssdMs: 40 });
  });

  it('takes a rate without beats, which has no RMSSD, and prefers beats', () => {
    const reader = createHeartReader();
    expect(reader.read(0)).toBeNull();
    reader.rate(57, 1_000);
    expect(reader.read(2_000)?.value).toEqual({ hrBpm: 57, rmssdMs: null });
    expect(reader.read(12_000)).toBeNull();
    reader.rate(900, 12_000);
    reader.rate(Number.NaN, 12_000);
    expect(reader.read(12_000)).toBeNull();
    const { reader: beating, at } = afterBeats(alternating(20, 1_000, 1_000));
    beating.rate(90, at);
    expect(beating.read(at)?.value.hrBpm).toBeCloseTo(60, 6);
  });

  it('falls silent ten seconds after its last beat, and survives noise', () => {
    const { reader, at } = afterBeats(alternating(40, 1_000, 1_000));
    expect(reader.read(at + 9_000)).not.toBeNull();
    expect(reader.read(at + 11_000)).toBeNull();
    for (const wrong of [Number.NaN, Infinity, -5, at - 1]) reader.beat(wrong);
    reader.interval(Number.NaN, at);
    expect(reader.read(at)?.value.hrBpm).toBeCloseTo(60, 6);
  });
});

const data = recordingsFolder();
if (data === null) console.warn('SKIPPED: real recordings are not here (set DREAMSCORE_DATA), so the heart of real nights is not tested');

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Rates and RMSSD once a minute. */
const nightOf = (path: string): { rates: number[]; variabilities: number[] } => {
  const reader = createHeartReader();
  const rates: number[] = [];
  const variabilities: number[] = [];
  let next = 300;
  for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
    const [t = 0, bpm = 0] = line.split(',').map(Number);
    reader.interval(60_000 / bpm, t * 1_000);
    const reading = t < next ? null : reader.read(t * 1_000);
    if (reading === null) continue;
    next = t + 60;
    rates.push(reading.value.hrBpm);
    if (reading.value.rmssdMs !== null) variabilities.push(reading.value.rmssdMs);
  }
  return { rates, variabilities };
};

describe.skipIf(data === null)('hearts of the Apnea-ECG nights', () => {
  it('beat like sleepers', () => {
    for (const path of recordings(data ?? '', 'apnea-ecg-heart', '-heart.csv')) {
      const { rates, variabilities } = nightOf(path);
      expect(middle(rates), path).toBeGreaterThan(45);
      expect(middle(rates), path).toBeLessThan(95);
      expect(variabilities.length, path).toBeGreaterThan(rates.length * 0.5);
      expect(middle(variabilities), path).toBeGreaterThan(8);
      expect(middle(variabilities), path).toBeLessThan(120);
    }
  });
});
