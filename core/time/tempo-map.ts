import { micros, tick, TICKS_PER_QUARTER, type Micros, type Tick } from '../units.ts';

/** From `tick` (at `micros`) on, a quarter note lasts `microsPerQuarter`, a whole number. */
export interface TempoSegment {
  readonly tick: Tick;
  readonly micros: Micros;
  readonly microsPerQuarter: number;
}

/** Append-only, first segment at tick 0; never empty. Both conversions start from a segment's beginning, so nothing accumulates. */
export type TempoMap = readonly [TempoSegment, ...TempoSegment[]];

/** A tempo map that begins with this tempo. */
export const tempoMap = (microsPerQuarter: number): TempoMap => [{ tick: tick(0), micros: micros(0), microsPerQuarter }];

/** The index of the last segment whose `key` is at or before `value`. */
const segmentAt = (map: TempoMap, key: 'tick' | 'micros', value: number): TempoSegment => {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle] ?? map[0])[key] <= value) low = middle;
    else high = middle - 1;
  }
  return map[low] ?? map[0];
};

/** Clock time of a tick, to the nearest microsecond. Ticks below 2^33 keep it exact (a product below 2^53). */
export const microsAt = (map: TempoMap, at: Tick): Micros => {
  const segment = segmentAt(map, 'tick', at);
  return micros(segment.micros + Math.round(((at - segment.tick) * segment.microsPerQuarter) / TICKS_PER_QUARTER));
};

/** The last tick at or before a clock time. */
export const tickAt = (map: TempoMap, time: Micros): Tick => {
  const segment = segmentAt(map, 'micros', time);
  const guess = segment.tick + Math.floor(((time - segment.micros) * TICKS_PER_QUARTER) / segment.microsPerQuarter);
  return tick(microsAt(map, tick(guess + 1)) <= time ? guess + 1 : guess);
};

/**
 * The map with a new tempo from a tick on, no earlier than its last segment. A tempo that does not
 * change adds nothing.
 * @throws RangeError when the tick lies before the last segment.
 */
export const changeTempo = (map: TempoMap, at: Tick, microsPerQuarter: number): TempoMap => {
  const last = map[map.length - 1] ?? map[0];
  if (at < last.tick) throw new RangeError(`the tempo map is already written up to tick ${last.tick}, got ${at}`);
  if (last.microsPerQuarter === microsPerQuarter) return map;
  return [...map, { tick: at, micros: microsAt(map, at), microsPerQuarter }];
};
