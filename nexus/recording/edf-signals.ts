import type { EdfHeader } from '../hypnogram/edf-header.ts';

/** How one signal's digits become what was measured. */
export interface EdfScale {
  /** Physical value = digital x gain + offset, in the signal's own unit. */
  readonly gain: number;
  readonly offset: number;
  readonly unit: string;
}

const SIGNAL_FIELDS = { unit: 96, physicalLow: 104, physicalHigh: 112, digitalLow: 120, digitalHigh: 128 } as const;

/**
 * The scale of each signal, in the header's order; null where the header gives none that makes sense (nothing there, or two ends that are
 * one). A physical range that runs backwards is allowed: the signal is turned over.
 */
export const readScales = (bytes: Uint8Array, { signals }: EdfHeader): (EdfScale | null)[] => {
  const count = signals.length;
  const text = (from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length)).replace(/[\0\s]+$/, '').trim();
  const number = (field: number, i: number): number => {
    const written = text(256 + field * count + i * 8, 8).replace(',', '.');
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(written) ? Number(written) : Number.NaN;
  };
  return signals.map((_, i) => {
    const [low, high] = [number(SIGNAL_FIELDS.physicalLow, i), number(SIGNAL_FIELDS.physicalHigh, i)];
    const [from, to] = [number(SIGNAL_FIELDS.digitalLow, i), number(SIGNAL_FIELDS.digitalHigh, i)];
    const gain = (high - low) / (to - from);
    if (!Number.isFinite(gain) || gain === 0) return null;
    return { gain, offset: low - from * gain, unit: text(256 + SIGNAL_FIELDS.unit * count + i * 8, 8) };
  });
};

/** Samples `from` to `to` (not itself) of a signal in a record, as physical values. Two bytes each in EDF, three in BDF; low byte first, signed. */
export const readSamples = (record: Uint8Array, first: number, sampleBytes: 2 | 3, scale: EdfScale, from: number, to: number): Float64Array => {
  const values = new Float64Array(Math.max(0, to - from));
  for (let i = 0; i < values.length; i += 1) {
    const at = first + (from + i) * sampleBytes;
    const digital = sampleBytes === 2
      ? ((record[at]! | (record[at + 1]! << 8)) << 16) >> 16
      : ((record[at]! | (record[at + 1]! << 8) | (record[at + 2]! << 16)) << 8) >> 8;
    values[i] = digital * scale.gain + scale.offset;
  }
  return values;
};
