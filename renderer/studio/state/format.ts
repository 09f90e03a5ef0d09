/** Numbers as people read them in the studio. */

const two = (value: number): string => String(value).padStart(2, '0');

/** `3:07:05` or `7:05` of seconds. */
export const clockTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};

/** `03:07:05`, always in full, for fields. */
export const fullTime = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
};

/** Seconds of `h:mm`, `h:mm:ss`; null for what is no time. */
export const parseTime = (words: string): number | null => {
  const match = /^\s*(\d{1,2}):([0-5]?\d)(?::([0-5]?\d))?\s*$/.exec(words);
  if (match === null) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return seconds <= 24 * 3600 ? seconds : null;
};

/** A length in words: `45 s`, `3 min`, `1 h 20 min`. */
export const spanWords = (seconds: number): string => {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 || whole > 600 ? `${Math.round(whole / 60)} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round((whole % 3600) / 60);
  return minutes === 0 ? `${Math.floor(whole / 3600)} h` : `${Math.floor(whole / 3600)} h ${minutes} min`;
};

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** `+12%`, `−8%`, with a true minus. */
export const signedPercent = (offset: number): string => `${offset < 0 ? '−' : '+'}${Math.round(Math.abs(offset) * 100)}%`;

export const decibels = (db: number): string => (db <= -96 ? '−∞ dB' : `${db < 0 ? '−' : ''}${Math.abs(db).toFixed(1)} dB`);

/** Share of a meter's length: -60 dB is empty, 0 dB full. */
export const meterShare = (db: number): number => Math.min(1, Math.max(0, (db + 60) / 60));

const NAMES = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B'] as const;
export const pitchClassName = (pitchClass: number): string => NAMES[((pitchClass % 12) + 12) % 12] ?? '';
/** `C4` for 60. */
export const noteName = (key: number): string => `${pitchClassName(key)}${Math.floor(key / 12) - 1}`;
