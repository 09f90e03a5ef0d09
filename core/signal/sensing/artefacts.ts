import { TWO_PI, cos, sin } from '../../math/elementary.ts';

/** Tells, second by second, whether an EEG is sound. */
export interface ArtefactWatch {
  /** One sample in microvolts. @param lost it stands for one that never came */
  push(microvolts: number, lost: boolean): void;
  /** True where each of the last whole seconds was sound. */
  soundSince(seconds: number): boolean;
  /** Sound seconds among the last so many (60 at most). */
  soundSeconds(among: number): number;
  /** Of a second counted from the first sample, within the last minute. */
  isSound(second: number): boolean;
  /** 0..1 over the last 30 s. */
  quality(): number;
}

const KEPT_SECONDS = 64;
const QUALITY_SECONDS = 30;
/** An electrode that is off or shorted moves less than this in a second, microvolts from lowest to highest. */
const FLAT_MICROVOLTS = 0.5;
/** Farther from the second's mean than any brain gets at the scalp. */
const LOUD_MICROVOLTS = 500;
/** More of a second than this spent at exactly its highest or lowest value: the amplifier clips. */
const CLIPPED_SHARE = 0.05;
/** A quiet signal in coarse steps returns to one value often, and does not clip. */
const CLIPPING_MICROVOLTS = 50;
const LOST_SHARE = 0.1;
/** Mains: above this share of all power quality begins to fall, at the second it is nothing. */
const HUM_FROM = 0.5;
const HUM_TO = 0.98;

/** Power of one frequency in a block, as a share of the block's variance (Goertzel's sum over one second). */
const createTone = (hertz: number, rate: number) => {
  const [stepCos, stepSin] = [cos((TWO_PI * hertz) / rate), sin((TWO_PI * hertz) / rate)];
  let [c, s, re, im] = [1, 0, 0, 0];
  return {
    push: (value: number): void => {
      re += value * c;
      im += value * s;
      [c, s] = [c * stepCos - s * stepSin, s * stepCos + c * stepSin];
    },
    take: (count: number): number => {
      const power = (2 * (re * re + im * im)) / (count * count);
      [c, s, re, im] = [1, 0, 0, 0];
      return power;
    },
  };
};

/**
 * Watches one EEG signal for what is no brain: a second is unsound where it is flat (below .5 uV), loud (500 uV from its mean), clipped
 * or a tenth of it lost. Mains hum (50 or 60 Hz) lies outside the bands and only lowers the quality.
 */
export const createArtefactWatch = (rate: number): ArtefactWatch => {
  const sound: boolean[] = [];
  const hums: number[] = [];
  // A hum above half the rate would have folded onto what is no hum.
  const tones = [50, 60].filter((hertz) => hertz <= rate / 2).map((hertz) => createTone(hertz, rate));
  let seconds = 0;
  let [count, due] = [0, rate];
  let [low, high, atLow, atHigh, sum, squares, lostCount, offset] = [0, 0, 0, 0, 0, 0, 0, Number.NaN];

  const begin = (): void => {
    [low, high, atLow, atHigh, sum, squares, lostCount, count] = [Infinity, -Infinity, 0, 0, 0, 0, 0, 0];
  };
  begin();

  const end = (): void => {
    const mean = sum / count;
    const variance = Math.max(0, squares / count - mean * mean);
    const flat = high - low < FLAT_MICROVOLTS;
    const loud = Math.max(high - mean, mean - low) > LOUD_MICROVOLTS;
    const clipped = high - low > CLIPPING_MICROVOLTS && Math.max(atLow, atHigh) > Math.max(3, CLIPPED_SHARE * count);
    sound.push(!flat && !loud && !clipped && lostCount <= LOST_SHARE * count);
    hums.push(variance > 0 ? Math.min(1, Math.max(0, ...tones.map((tone) => tone.take(count))) / variance) : 0);
    if (sound.length > KEPT_SECONDS) sound.shift();
    if (hums.length > QUALITY_SECONDS) hums.shift();
    seconds += 1;
    due += rate;
    offset += mean;
    begin();
  };

  let heard = 0;
  let before = Number.NaN;
  let alike = 0;
  return {
    push: (microvolts, lost) => {
      if (offset !== offset) offset = microvolts;
      const value = microvolts - offset;
      // From the third alike on: a wave may have a crest of two samples again and again, but does not stay there.
      alike = value === before ? alike + 1 : 0;
      if (value < low) [low, atLow] = [value, 0];
      else if (value === low && alike >= 2) atLow += 1;
      if (value > high) [high, atHigh] = [value, 0];
      else if (value === high && alike >= 2) atHigh += 1;
      before = value;
      sum += value;
      squares += value * value;
      lostCount += lost ? 1 : 0;
      for (const tone of tones) tone.push(value);
      count += 1;
      heard += 1;
      if (heard >= due - 0.5) end();
    },
    soundSince: (wanted) => sound.length >= wanted && sound.slice(-wanted).every(Boolean),
    soundSeconds: (among) => sound.slice(-among).filter(Boolean).length,
    isSound: (second) => sound[sound.length - (seconds - second)] ?? sound.at(-1) ?? false,
    quality: () => {
      const held = sound.slice(-QUALITY_SECONDS);
      if (held.length === 0) return 0;
      const share = held.filter(Boolean).length / held.length;
      const hum = hums.reduce((a, b) => a + b, 0) / hums.length;
      return share * Math.min(1, Math.max(0, (HUM_TO - hum) / (HUM_TO - HUM_FROM)));
    },
  };
};
