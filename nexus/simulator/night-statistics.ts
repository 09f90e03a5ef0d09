import type { Stage } from '../../core/signal/stages.ts';

/** What a sleep laboratory would report of one night; minutes unless said otherwise. */
export interface NightStatistics {
  readonly totalSleep: number;
  readonly sleepLatency: number;
  readonly wakeAfterOnset: number;
  /** Minutes in each stage of sleep. */
  readonly stageMinutes: Readonly<Record<Exclude<Stage, 'W'>, number>>;
  /** From sleep onset to the first R; null in a night without R. */
  readonly remLatency: number | null;
  /** From the end of one REM episode to the end of the next, the first from sleep onset. */
  readonly cycles: readonly number[];
  readonly remEpisodes: number;
  /** Share of N3 in the first third of the time from onset to the end, share of R in the last third. */
  readonly deepInFirstThird: number | null;
  readonly remInLastThird: number | null;
  readonly shiftsAnHour: number;
}

/** REM episodes (start, end) in epochs: R no more than 15 min apart is one episode (Feinberg and Floyd 1979). */
export const remEpisodes = (epochs: readonly (Stage | null)[]): (readonly [number, number])[] => {
  const episodes: [number, number][] = [];
  epochs.forEach((stage, epoch) => {
    if (stage !== 'R') return;
    const last = episodes.at(-1);
    if (last !== undefined && epoch - last[1] < 30) last[1] = epoch + 1;
    else episodes.push([epoch, epoch + 1]);
  });
  return episodes;
};

const shareWithin = (epochs: readonly (Stage | null)[], stage: Stage, from: number, to: number): number | null => {
  const all = epochs.filter((s) => s === stage).length;
  return all === 0 ? null : epochs.slice(from, to).filter((s) => s === stage).length / all;
};

/** Statistics of a night in 30 s epochs; a night without sleep has only latency. */
export const nightStatistics = (epochs: readonly (Stage | null)[]): NightStatistics => {
  const asleep = (stage: Stage | null): boolean => stage !== null && stage !== 'W';
  const found = epochs.findIndex(asleep);
  const onset = found < 0 ? epochs.length : found;
  const minutes = (stage: Stage): number => epochs.filter((s) => s === stage).length / 2;
  const stageMinutes = { N1: minutes('N1'), N2: minutes('N2'), N3: minutes('N3'), R: minutes('R') };
  const episodes = remEpisodes(epochs);
  const third = Math.round((epochs.length - onset) / 3);
  let shifts = 0;
  for (let i = onset + 1; i < epochs.length; i += 1) if (epochs[i] !== epochs[i - 1]) shifts += 1;
  return {
    totalSleep: stageMinutes.N1 + stageMinutes.N2 + stageMinutes.N3 + stageMinutes.R,
    sleepLatency: onset / 2,
    wakeAfterOnset: epochs.slice(onset).filter((s) => s === 'W').length / 2,
    stageMinutes,
    remLatency: episodes[0] === undefined ? null : (episodes[0][0] - onset) / 2,
    cycles: episodes.map(([, end], i) => (end - (episodes[i - 1]?.[1] ?? onset)) / 2),
    remEpisodes: episodes.length,
    deepInFirstThird: shareWithin(epochs, 'N3', onset, onset + third),
    remInLastThird: shareWithin(epochs, 'R', epochs.length - third, epochs.length),
    shiftsAnHour: shifts / Math.max(1 / 120, (epochs.length - onset) / 120),
  };
};
