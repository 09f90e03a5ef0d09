/** How much a phone moves, from its accelerometer. */
export interface MotionMeter {
  /** One sample in m/s², gravity included. @param now milliseconds */
  add(x: number, y: number, z: number, now: number): void;
  /** 0..1 over the last second or two, or null where no samples come. */
  read(now: number): number | null;
}

/** Sensor noise of phones at rest, and a turn of the whole body on a mattress, m/s² RMS (choices). */
const STILL = 0.04;
const TURNING = 1;
const MEMORY_MS = 1_000;
const SILENT_MS = 2_500;

/** The magnitude's RMS about its own slow mean, so that neither gravity nor how the phone lies matters. */
export const createMotionMeter = (): MotionMeter => {
  let level: number | null = null;
  let power = 0;
  let last = 0;
  return {
    add: (x, y, z, now) => {
      const magnitude = Math.sqrt(x * x + y * y + z * z);
      if (!Number.isFinite(magnitude)) return;
      const elapsed = Math.max(0, now - last);
      last = now;
      if (level === null || elapsed > SILENT_MS) {
        level = magnitude;
        power = 0;
        return;
      }
      level += (magnitude - level) * (1 - Math.exp(-elapsed / (3 * MEMORY_MS)));
      power += ((magnitude - level) ** 2 - power) * (1 - Math.exp(-elapsed / MEMORY_MS));
    },
    read: (now) => (level === null || now - last > SILENT_MS ? null : Math.min(1, Math.max(0, (Math.sqrt(power) - STILL) / (TURNING - STILL)))),
  };
};
