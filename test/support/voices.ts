/**
 * How far each voice moves from one voicing to the next, in semitones, voices matched from the bottom
 * up. Where voices come or go each one of the smaller voicing is matched with its nearest in the other.
 */
export const motionOf = (from: readonly number[], to: readonly number[]): readonly number[] => {
  if (from.length === 0 || to.length === 0) return [];
  if (from.length === to.length) return to.map((key, voice) => Math.abs(key - (from[voice] ?? key)));
  const [fewer, more] = from.length < to.length ? [from, to] : [to, from];
  return fewer.map((key) => Math.min(...more.map((other) => Math.abs(other - key))));
};
