import { MICROS_PER_SECOND, micros, type Micros } from '../core/units.ts';
import { UsageFault } from './exit.ts';

const CLOCK = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/;

/** A span of the night as people write it, `hh:mm` or `hh:mm:ss` from the start, at most 24:00. @throws UsageFault naming the option */
export const parseClockTime = (text: string, option: string): Micros => {
  const match = CLOCK.exec(text);
  const seconds = match === null ? Number.NaN : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (!(seconds <= 24 * 3600)) {
    throw new UsageFault('this is not a time', `${option} ${text}`, 'write hh:mm or hh:mm:ss from the start, up to 24:00, such as 01:30');
  }
  return micros(seconds * MICROS_PER_SECOND);
};

/** Microseconds as `h:mm:ss`, for people. */
export const clockText = (time: number): string => {
  const seconds = Math.round(time / MICROS_PER_SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
