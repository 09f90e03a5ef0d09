import type { PodFrame } from './pod-frame.ts';

const FRAME_KEYS = 19;

const between = (value: unknown, low: number, high: number): value is number => typeof value === 'number' && value >= low && value <= high;
const whole = (value: unknown, high: number): value is number => Number.isSafeInteger(value) && between(value, 0, high);
const orNull = (value: unknown, low: number, high: number): value is number | null => value === null || between(value, low, high);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const keys = (value: object): number => Object.keys(value).length;

type Five = PodFrame['bands'];
/** undefined: neither five shares nor null. */
const five = (value: unknown): Five | undefined => {
  if (value === null) return null;
  if (!Array.isArray(value) || value.length !== 5) return undefined;
  const [a, b, c, d, e]: readonly unknown[] = value;
  return between(a, 0, 1) && between(b, 0, 1) && between(c, 0, 1) && between(d, 0, 1) && between(e, 0, 1) ? [a, b, c, d, e] : undefined;
};
const sumsToOne = (p: Five): boolean => p === null || Math.abs(p[0] + p[1] + p[2] + p[3] + p[4] - 1) <= 0.01;

const quality = (value: unknown): PodFrame['q'] | null => {
  if (!isObject(value) || keys(value) !== 4) return null;
  const { eeg, hr, resp, motion } = value;
  return between(eeg, 0, 1) && between(hr, 0, 1) && between(resp, 0, 1) && between(motion, 0, 1) ? { eeg, hr, resp, motion } : null;
};

const consentOf = (value: unknown): PodFrame['consent'] | null => {
  if (!isObject(value) || keys(value) !== 5) return null;
  const { live, record, soloVoice, publish, expiresAt } = value;
  if (typeof live !== 'boolean' || typeof record !== 'boolean' || typeof soloVoice !== 'boolean' || typeof publish !== 'boolean') return null;
  return expiresAt === null || whole(expiresAt, Number.MAX_SAFE_INTEGER) ? { live, record, soloVoice, publish, expiresAt } : null;
};

const SID = /^[0-9a-f]{16}$/;

/**
 * Reads a pod frame, version 1, as `podFrameSchema` does (a test holds them together), without saying what is wrong with one
 * that is none: null. Some fifteen times faster, for a door at which ten thousand pods knock each second. The frame that is given is
 * a new one throughout, and always of one shape.
 */
export const readPodFrame = (input: unknown): PodFrame | null => {
  if (!isObject(input) || keys(input) !== FRAME_KEYS) return null;
  const { v, sid, seq, tMono, epochIdx, stageAgeS, spindlePerMin, soPerMin, hrBpm, rmssdMs, respHz, respPhase, motion, dTempC, arousal } = input;
  if (v !== 1 || typeof sid !== 'string' || !SID.test(sid) || !whole(seq, 0xffff_ffff) || !whole(tMono, Number.MAX_SAFE_INTEGER)) return null;
  if (epochIdx !== null && !whole(epochIdx, 1_000_000)) return null;
  if (!orNull(stageAgeS, 0, 86_400) || !orNull(spindlePerMin, 0, 60) || !orNull(soPerMin, 0, 120)) return null;
  if (!orNull(hrBpm, 20, 250) || !orNull(rmssdMs, 0, 1_000) || !orNull(respHz, 0.02, 2)) return null;
  if (!orNull(respPhase, 0, 6.283185307179587) || respPhase === 6.283185307179587) return null;
  if (!orNull(motion, 0, 1) || !orNull(dTempC, -20, 20)) return null;
  if (arousal !== null && arousal !== 0 && arousal !== 1) return null;
  const pStage = five(input['pStage']);
  const bands = five(input['bands']);
  const q = quality(input['q']);
  const consent = consentOf(input['consent']);
  if (pStage === undefined || !sumsToOne(pStage) || bands === undefined || q === null || consent === null) return null;
  return { v, sid, seq, tMono, epochIdx, pStage, stageAgeS, bands, spindlePerMin, soPerMin, hrBpm, rmssdMs, respHz, respPhase, motion, dTempC, arousal, q, consent };
};
