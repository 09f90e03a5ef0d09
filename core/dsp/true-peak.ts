/**
 * Interpolation by four as in ITU-R BS.1770-4, annex 2: 48 taps in four phases of twelve. Phase 3
 * is phase 0 backwards, phase 2 is phase 1 backwards.
 */
const PHASE_0 = [0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125] as const;
const PHASE_1 = [-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375] as const;

/** Taps of a phase: how many samples of the past the interpolation needs, itself included. */
export const TRUE_PEAK_TAPS = 12;
/** No interpolated value is greater than this times the greatest sample around it: the largest sum of |taps|. */
export const TRUE_PEAK_BOUND = 2.03;

/** Greatest |interpolated value| of the four phases that end at `signal[at]`; needs TRUE_PEAK_TAPS samples up to there. */
export const truePeakAt = (signal: Float64Array | Float32Array, at: number): number => {
  let a = 0, b = 0, c = 0, d = 0;
  for (let k = 0; k < TRUE_PEAK_TAPS; k += 1) {
    const sample = signal[at - k] as number;
    a += sample * (PHASE_0[k] as number);
    b += sample * (PHASE_1[k] as number);
    c += sample * (PHASE_1[TRUE_PEAK_TAPS - 1 - k] as number);
    d += sample * (PHASE_0[TRUE_PEAK_TAPS - 1 - k] as number);
  }
  return Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d));
};
