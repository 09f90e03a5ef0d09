import { TWO_PI, atan2, cos, sin } from '../../math/elementary.ts';
import { butterworth, thinned } from './filter.ts';
import type { BreathReading, Sensed } from './reading.ts';
import { createRing } from './ring.ts';

/** Breath from a raw signal as it comes. */
export interface BreathReader {
  /** Any number of samples, in any unit; an offset does not matter. */
  push(samples: ArrayLike<number>): void;
  /** Rate of the last half minute and the phase now. Null before 12 s, and where nothing breathes. */
  read(): Sensed<BreathReading> | null;
}

/**
 * What the signal goes with. `effort`: how full the chest is (a belt, an accelerometer on it, a mattress), more is fuller: the
 * in-breath begins at the trough. `flow`: air through nose and mouth (cannula), inwards is up: the in-breath begins where it
 * rises through zero. A thermistor is cooled by the in-breath: its sign is its maker's, give it turned where that is down.
 */
export type BreathKind = 'effort' | 'flow';

/** Thinned out to about this many samples a second. */
const RATE = 5;
const WINDOW_SECONDS = 30;
const FIRST_SECONDS = 12;
/** Breaths of 1.4 to 10 s, .1 to .7 Hz: at slower ones stand the swings of breath that stops and starts (apnoea). */
const SHORTEST_SECONDS = 1.4;
const LONGEST_SECONDS = 10;
/** The phase is that of a sine laid through the last one and a half breaths. */
const PHASE_BREATHS = 1.5;
/** The first crest of the autocorrelation as high as this share of the highest is one breath; later ones are several. */
const FIRST_CREST = 0.85;
/** Correlation of a breath with the next: from here on quality rises ... */
const NOISE = 0.2;
/** ... to 1. */
const CLEAR = 0.7;

/** Takes mean and straight line out of the first `count` values, in place. Returns their mean square. */
const straighten = (values: Float64Array, count: number): number => {
  let [mean, slope] = [0, 0];
  const centre = (count - 1) / 2;
  const moment = (count * (count * count - 1)) / 12;
  for (let i = 0; i < count; i += 1) {
    mean += values[i]! / count;
    slope += (values[i]! * (i - centre)) / moment;
  }
  let power = 0;
  for (let i = 0; i < count; i += 1) {
    values[i] = values[i]! - mean - slope * (i - centre);
    power += (values[i]! * values[i]!) / count;
  }
  return power;
};

/** Correlation of a signal with itself `lag` samples on, -1..1. */
const correlationAt = (values: Float64Array, count: number, lag: number): number => {
  let [both, first, second] = [0, 0, 0];
  for (let i = lag; i < count; i += 1) {
    const [a, b] = [values[i - lag]!, values[i]!];
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return first > 0 && second > 0 ? both / Math.sqrt(first * second) : 0;
};

/** Length of a breath in samples and how alike one is to the next, or null. */
const findPeriod = (values: Float64Array, count: number, rate: number): { period: number; likeness: number } | null => {
  const from = Math.max(1, Math.floor(SHORTEST_SECONDS * rate));
  const to = Math.min(Math.ceil(LONGEST_SECONDS * rate), Math.floor(count * 0.55));
  const correlation = Array.from({ length: to + 2 }, (_, lag) => (lag < from - 1 ? 0 : correlationAt(values, count, lag)));
  const at = (lag: number): number => correlation[lag] ?? 0;
  const crests: number[] = [];
  for (let lag = from; lag <= to; lag += 1) if (at(lag) > 0 && at(lag) >= at(lag - 1) && at(lag) > at(lag + 1)) crests.push(lag);
  const highest = crests.reduce((most, lag) => Math.max(most, at(lag)), 0);
  const lag = crests.find((crest) => at(crest) >= FIRST_CREST * highest);
  if (lag === undefined) return null;
  const bend = at(lag - 1) - 2 * at(lag) + at(lag + 1);
  const between = bend < 0 ? (at(lag - 1) - at(lag + 1)) / (2 * bend) : 0;
  return { period: lag + Math.min(0.5, Math.max(-0.5, between)), likeness: at(lag) };
};

/** Phase now of the sine a cos + b sin + c + d t laid through the last values by least squares; 0 where it rises through its middle. */
const sinePhase = (values: Float64Array, count: number, period: number): number | null => {
  const length = Math.min(count, Math.round(PHASE_BREATHS * period));
  const sums = Array.from({ length: 4 }, () => new Float64Array(5));
  for (let i = 0; i < length; i += 1) {
    const back = i - (length - 1);
    const turn = (TWO_PI * back) / period;
    const row = [cos(turn), sin(turn), 1, back / period, values[count - length + i]!];
    for (let r = 0; r < 4; r += 1) for (let c = 0; c < 5; c += 1) sums[r]![c]! += row[r]! * row[c]!;
  }
  // Gauss's elimination without a choice of pivots: the matrix is one of squares, and positive.
  for (let k = 0; k < 4; k += 1) {
    const pivot = sums[k]![k]!;
    if (!(pivot > 1e-9)) return null;
    for (let r = 0; r < 4; r += 1) {
      if (r === k) continue;
      const times = sums[r]![k]! / pivot;
      for (let c = k; c < 5; c += 1) sums[r]![c]! -= times * sums[k]![c]!;
    }
  }
  const a = sums[0]![4]! / sums[0]![0]!;
  const b = sums[1]![4]! / sums[1]![1]!;
  // a cos + b sin = A sin(turn + phase): phase is what it has at turn 0, which is now.
  return a === 0 && b === 0 ? null : atan2(a, b);
};

/**
 * Rate by the autocorrelation of the last 30 s after a band pass (.05-.7 Hz), phase by a sine of that rate laid through the last
 * breath and a half, so that it is neither late nor early. Phase 0 is the start of the in-breath. Quality is how alike one breath is to the next.
 * @param sampleRate samples a second, 2 to 2 000 @throws RangeError outside
 */
export const createBreathReader = (sampleRate: number, kind: BreathKind = 'effort'): BreathReader => {
  if (!(sampleRate >= 2 && sampleRate <= 2_000)) throw new RangeError(`a breath signal at ${sampleRate} samples a second: 2 to 2000 are wanted`);
  const factor = Math.max(1, Math.round(sampleRate / RATE));
  const rate = sampleRate / factor;
  const size = Math.round(WINDOW_SECONDS * rate);
  const high = butterworth('high', 0.05, rate);
  const low = butterworth('low', Math.min(0.7, rate * 0.4), rate);
  const plain = createRing(size);
  const smooth = createRing(size);
  const values = new Float64Array(size);
  let last = 0;
  let [since, begun] = [0, false];
  const take = thinned(factor, (sample) => {
    plain.push(sample);
    smooth.push(low(high(sample)));
    since = 0;
  });

  return {
    push: (samples) => {
      for (let i = 0; i < samples.length; i += 1) {
        const sample = samples[i]!;
        if (Number.isFinite(sample)) [last, begun] = [sample, true];
        if (!begun) continue;
        since += 1;
        take(last);
      }
    },
    read: () => {
      if (smooth.length < FIRST_SECONDS * rate) return null;
      const count = smooth.last(size, values);
      if (!(straighten(values, count) > 1e-12)) return null;
      const found = findPeriod(values, count, rate);
      if (found === null || found.likeness <= NOISE) return null;
      plain.last(size, values);
      straighten(values, count);
      const rising = sinePhase(values, count, found.period);
      // From the middle of the last thinned sample to now, when the next one is due; a trough comes a quarter turn before the rise.
      const late = (since + (factor + 1) / 2) / sampleRate;
      const hertz = rate / found.period;
      const phase = rising === null ? null : rising + TWO_PI * hertz * late + (kind === 'effort' ? TWO_PI / 4 : 0);
      const turned = phase === null ? null : phase - TWO_PI * Math.floor(phase / TWO_PI);
      const respPhase = turned === null || turned < TWO_PI ? turned : 0;
      return { value: { respHz: hertz, respPhase }, quality: Math.min(1, (found.likeness - NOISE) / (CLEAR - NOISE)) };
    },
  };
};
