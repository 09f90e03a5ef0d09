import { TRUE_PEAK_TAPS, truePeakAt } from '../core/dsp/true-peak.ts';

/** What a listener hears of a stereo stream, by ITU-R BS.1770-4 and EBU R 128. */
export interface Loudness {
  /** Integrated loudness in LUFS; -Infinity for silence. */
  readonly integrated: number;
  /** Greatest loudness over 400 ms, in LUFS. */
  readonly momentaryMax: number;
  /** Loudness range in LU (EBU Tech 3342). */
  readonly range: number;
  /** Greatest rise of the momentary loudness within a second, in LU, of what lies above -60 LUFS. */
  readonly rise: number;
  /** Greatest true peak in dBTP, oversampled by four. */
  readonly truePeak: number;
}

export interface LoudnessMeter {
  add(left: Float32Array, right: Float32Array, frames: number): void;
  result(): Loudness;
}

const STEP = 4_800;
const lufs = (power: number): number => (power > 0 ? -0.691 + 10 * Math.log10(power) : -Infinity);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The two K-weighting filters at 48 kHz with the coefficients of BS.1770-4, tables 1 and 2. */
const makeWeighting = (): ((x: number) => number) => {
  let [a1, a2, b1, b2] = [0, 0, 0, 0];
  return (x) => {
    const a = x + 1.69065929318241 * a1 - 0.73248077421585 * a2;
    const shelf = 1.53512485958697 * a - 2.69169618940638 * a1 + 1.19839281085285 * a2;
    a2 = a1;
    a1 = a;
    const b = shelf + 1.99004745483398 * b1 - 0.99007225036621 * b2;
    const high = b - 2 * b1 + b2;
    b2 = b1;
    b1 = b;
    return high;
  };
};

const gatedLoudness = (powers: readonly number[], relative: number): { level: number; kept: number[] } => {
  const loud = powers.filter((power) => lufs(power) > -70);
  const gate = lufs(meanOf(loud)) + relative;
  const kept = loud.filter((power) => lufs(power) > gate);
  return { level: kept.length > 0 ? lufs(meanOf(kept)) : -Infinity, kept };
};

const windows = (steps: readonly number[], length: number): number[] =>
  steps.slice(length - 1).map((_, i) => meanOf(steps.slice(i, i + length)));

const rangeOf = (steps: readonly number[]): number => {
  const levels = gatedLoudness(windows(steps, 30), -20).kept.map(lufs).sort((a, b) => a - b);
  const at = (share: number): number => levels[Math.round(share * (levels.length - 1))] ?? 0;
  return at(0.95) - at(0.1);
};

const riseOf = (momentary: readonly number[]): number => {
  const levels = momentary.map((power) => Math.max(-60, lufs(power)));
  return levels.reduce((most, level, i) => Math.max(most, level - (levels[i - 10] ?? level)), 0);
};

/** A meter for 48 kHz stereo; it keeps one number per 100 ms. */
export const createLoudnessMeter = (): LoudnessMeter => {
  const weightings = [makeWeighting(), makeWeighting()] as const;
  const recent = [new Float64Array(2 * TRUE_PEAK_TAPS), new Float64Array(2 * TRUE_PEAK_TAPS)] as const;
  const steps: number[] = [];
  let sum = 0;
  let count = 0;
  let slot = 0;
  let peak = 0;
  /** Keeps the taps twice, so that the latest twelve are always in one piece. */
  const remember = (side: 0 | 1, sample: number): void => {
    recent[side][slot] = sample;
    recent[side][slot + TRUE_PEAK_TAPS] = sample;
    peak = Math.max(peak, Math.abs(sample), truePeakAt(recent[side], slot + TRUE_PEAK_TAPS));
  };
  return {
    add: (left, right, frames) => {
      for (let i = 0; i < frames; i += 1) {
        const l = left[i] ?? 0;
        const r = right[i] ?? 0;
        remember(0, l);
        remember(1, r);
        slot = (slot + 1) % TRUE_PEAK_TAPS;
        const wl = weightings[0](l);
        const wr = weightings[1](r);
        sum += wl * wl + wr * wr;
        count += 1;
        if (count === STEP) {
          steps.push(sum / STEP);
          sum = 0;
          count = 0;
        }
      }
    },
    result: () => {
      const momentary = windows(steps, 4);
      return {
        integrated: gatedLoudness(momentary, -10).level,
        momentaryMax: momentary.reduce((most, power) => Math.max(most, lufs(power)), -Infinity),
        range: rangeOf(steps),
        rise: riseOf(momentary),
        truePeak: 20 * Math.log10(peak),
      };
    },
  };
};
