import type { HeartReading, Sensed } from './reading.ts';

/** One heart, from beats, beat-to-beat intervals or a ready rate: whatever the sensor has. Times in milliseconds, never running back. */
export interface HeartReader {
  /** A beat (an R peak, a pulse wave) at this time. */
  beat(atMs: number): void;
  /** The time since the beat before, as Bluetooth belts send it; several of one moment come in their order. */
  interval(rrMs: number, atMs: number): void;
  /** A rate without beats. */
  rate(bpm: number, atMs: number): void;
  /** Null before there is a rate, and 10 s after the last of anything. */
  read(atMs: number): Sensed<HeartReading> | null;
}

interface Interval {
  readonly at: number;
  readonly ms: number;
  readonly sound: boolean;
  /** The one just before it was heard and sound too: the two have a difference. */
  readonly difference: number | null;
}

const SHORTEST_MS = 300;
const LONGEST_MS = 2_000;
/** Farther than this from the median of its neighbours: a missed beat, a beat too many, an ectopic one. */
const OFF_MEDIAN = 0.2;
const NEIGHBOURS = 11;
const MEMORY_MS = 60_000;
/** RMSSD wants three quarters of its minute and so many differences. */
const LEAST_SPAN_MS = 45_000;
const LEAST_DIFFERENCES = 20;
const RATE_MS = 15_000;
const SILENT_MS = 10_000;
const MOST_KEPT = 300;
const READY_QUALITY = 0.8;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/**
 * Heart rate over 15 s and RMSSD over 60 s (Task Force of ESC and NASPE 1996, Circulation 93:1043). An interval outside 300 to
 * 2000 ms, or a fifth off the median of the last eleven, is an artefact: it counts in neither, nor do the differences to its neighbours.
 * Quality is the share of the last 15 s that sound intervals cover.
 */
export const createHeartReader = (): HeartReader => {
  let intervals: Interval[] = [];
  let recent: number[] = [];
  let lastBeat: number | null = null;
  let rate: { readonly bpm: number; readonly at: number } | null = null;

  const take = (ms: number, at: number, follows: boolean): void => {
    const possible = ms >= SHORTEST_MS && ms <= LONGEST_MS;
    if (possible) recent = [...recent.slice(1 - NEIGHBOURS), ms];
    const sound = possible && Math.abs(ms - median(recent)) <= OFF_MEDIAN * median(recent);
    const before = intervals.at(-1);
    const difference = sound && follows && before?.sound === true ? ms - before.ms : null;
    intervals.push({ at, ms, sound, difference });
    if (intervals.length > MOST_KEPT || (intervals[0]?.at ?? at) < at - 2 * MEMORY_MS) intervals = intervals.filter((each) => each.at >= at - MEMORY_MS).slice(-MOST_KEPT);
  };

  const variability = (kept: readonly Interval[]): number | null => {
    const differences = kept.map(({ difference }) => difference).filter((difference) => difference !== null);
    const span = kept.reduce((sum, { ms, sound }) => sum + (sound ? ms : 0), 0);
    if (span < LEAST_SPAN_MS || differences.length < LEAST_DIFFERENCES) return null;
    return Math.sqrt(differences.reduce((sum, difference) => sum + difference * difference, 0) / differences.length);
  };

  return {
    beat: (at) => {
      if (!Number.isFinite(at) || (lastBeat !== null && at <= lastBeat)) return;
      // After a silence there is no interval, and the next one has none before it.
      if (lastBeat !== null) take(at - lastBeat, at, at - lastBeat <= LONGEST_MS);
      lastBeat = at;
    },
    interval: (ms, at) => {
      if (!Number.isFinite(ms) || !Number.isFinite(at)) return;
      const before = intervals.at(-1);
      // Intervals come in packets, so a gap shows only where more time passed than they account for.
      take(ms, at, before !== undefined && at - before.at <= LONGEST_MS + ms);
    },
    rate: (bpm, at) => {
      if (bpm >= 20 && bpm <= 250 && Number.isFinite(at)) rate = { bpm, at };
    },
    read: (now) => {
      const minute = intervals.filter(({ at }) => at > now - MEMORY_MS && at <= now);
      const latest = minute.filter(({ at }) => at > now - RATE_MS);
      const sound = latest.filter((each) => each.sound);
      const last = minute.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
      const ready = rate !== null && now - rate.at <= SILENT_MS ? rate : null;
      if (sound.length >= 3 && now - last <= SILENT_MS) {
        const total = sound.reduce((sum, { ms }) => sum + ms, 0);
        const begun = Math.min(RATE_MS, now - (intervals[0]?.at ?? now) + (intervals[0]?.ms ?? 0));
        return { value: { hrBpm: (60_000 * sound.length) / total, rmssdMs: variability(minute) }, quality: Math.min(1, total / Math.max(1, begun)) };
      }
      return ready === null ? null : { value: { hrBpm: ready.bpm, rmssdMs: null }, quality: READY_QUALITY };
    },
  };
};
