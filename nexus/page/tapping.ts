/** How strongly someone taps: 0..1, each tap adding, all of it fading within some seconds. */
export interface Tapping {
  tap(now: number): void;
  strength(now: number): number;
}

const TAP = 0.55;
const FADE_MS = 900;

export const createTapping = (): Tapping => {
  let level = 0;
  let at = 0;
  const strength = (now: number): number => level * Math.exp(-Math.max(0, now - at) / FADE_MS);
  return {
    tap: (now) => {
      level = Math.min(1, strength(now) + TAP);
      at = now;
    },
    strength,
  };
};

/** Loudness of a hum as strength. @param rms of the samples, 0..1; -50 dB full scale and below is silence, -14 dB a full voice */
export const humStrength = (rms: number): number => (rms <= 0 ? 0 : Math.min(1, Math.max(0, (20 * Math.log10(rms) + 50) / 36)));
