import { exp } from '../../core/math/elementary.ts';
import { gaussian } from '../../core/random/gaussian.ts';
import { hashText, uniform } from '../../core/random/keyed.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';

/**
 * What goes wrong in a real room, seeded: people come late, pods fall silent and come back (or do not), electrodes
 * and belts lose contact. The figures are engineering choices, of the order that users of headbands report.
 */
const LATE_SHARE = 0.3;
const LATEST_SECONDS = 2_400;
/** Silences an hour for each pod, their median length in seconds, and the share that lasts for the rest of the night. */
const SILENCES_AN_HOUR = 0.4;
const SILENCE_SECONDS = 90;
const FOR_GOOD = 0.08;
/** Lost contacts an hour for each sensor, and their median length in seconds. */
const LOST_AN_HOUR = 0.5;
const LOST_SECONDS = 240;
const SPREAD = 0.9;

/** Changes a simulated pod's frame of one second; null where nothing arrives. */
export type Mishaps = (frame: PodFrame, second: number) => PodFrame | null;

interface Trouble {
  silentUntil: number;
  readonly lostUntil: { eeg: number; hr: number; resp: number; motion: number };
}

const SENSORS = ['eeg', 'hr', 'resp', 'motion'] as const;

/** Makes the mishaps of a night. Each call keeps to the order of seconds; the same seed brings the same. */
export const createMishaps = (seed: number): Mishaps => {
  const troubles = new Map<string, Trouble>();
  const begun = (key: number): Trouble => ({
    silentUntil: uniform(seed, key, 0, 'late', 0) < LATE_SHARE ? Math.floor(LATEST_SECONDS * uniform(seed, key, 0, 'late', 1)) : 0,
    lostUntil: { eeg: 0, hr: 0, resp: 0, motion: 0 },
  });
  const lasting = (median: number, key: number, second: number, purpose: string): number =>
    Math.max(3, Math.round(median * exp(SPREAD * gaussian(seed, key, second, purpose, 0))));
  return (frame, second) => {
    const key = hashText(frame.sid);
    const trouble = troubles.get(frame.sid) ?? begun(key);
    troubles.set(frame.sid, trouble);
    if (second < trouble.silentUntil) return null;
    if (uniform(seed, key, second, 'silence', 0) < SILENCES_AN_HOUR / 3_600) {
      const forGood = uniform(seed, key, second, 'for-good', 0) < FOR_GOOD;
      trouble.silentUntil = forGood ? Number.POSITIVE_INFINITY : second + lasting(SILENCE_SECONDS, key, second, 'silence-length');
      return null;
    }
    const q = { ...frame.q };
    SENSORS.forEach((sensor, index) => {
      if (uniform(seed, key, second, 'lost', index) < LOST_AN_HOUR / 3_600) trouble.lostUntil[sensor] = second + lasting(LOST_SECONDS, key, second, sensor);
      if (second < trouble.lostUntil[sensor]) q[sensor] *= 0.2 * uniform(seed, key, second, 'contact', index);
    });
    return { ...frame, q };
  };
};
