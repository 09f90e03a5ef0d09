import { microsAt, tickAt, type TempoMap } from '../time/tempo-map.ts';
import { tick, TICKS_PER_QUARTER, type Micros, type Tick } from '../units.ts';

/** MIDI clocks a quarter note, and the ticks from one to the next. */
export const CLOCKS_PER_QUARTER = 24;
const STEP = TICKS_PER_QUARTER / CLOCKS_PER_QUARTER;

/** The first clock at or after a time, as a tick. */
const firstClock = (map: TempoMap, from: Micros): Tick => {
  const at = tickAt(map, from);
  const low = tick(Math.floor(at / STEP) * STEP);
  return microsAt(map, low) >= from ? low : tick(low + STEP);
};

/**
 * The times of the MIDI clocks (F8, 24 a quarter) in the half-open span [from, to), straight from
 * the tempo map: neighbouring spans neither miss nor repeat one, however the night is cut.
 */
export const clockTimes = (map: TempoMap, from: Micros, to: Micros): Micros[] => {
  const times: Micros[] = [];
  for (let at = firstClock(map, from); ; at = tick(at + STEP)) {
    const time = microsAt(map, at);
    if (time >= to) return times;
    times.push(time);
  }
};
