/**
 * Euclidean rhythm E(k, n): k strokes spread over n steps as evenly as can be (Toussaint 2005), first
 * step struck.
 * @example euclid(3, 8) gives x..x..x.
 * @returns n booleans; all false where k is 0
 */
export const euclid = (strokes: number, steps: number): readonly boolean[] =>
  Array.from({ length: steps }, (_, step) => (step * strokes) % steps < strokes && strokes > 0);
