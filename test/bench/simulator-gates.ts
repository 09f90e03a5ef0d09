import type { Stage } from '../../core/signal/stages.ts';
import { nightStatistics } from '../../nexus/simulator/night-statistics.ts';
import { simulateNight } from '../../nexus/simulator/simulated-night.ts';
import { readSleepModel } from '../../nexus/simulator/sleep-model.ts';

const EPOCHS = 960;
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** One figure of the simulator beside what it must lie within and what hand-scored nights show. */
export interface GateFigure {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly data: string;
}

/** Nights of 8 h in bed, one sleeper each. */
export const simulatedNights = (nights: number, seed: number): Stage[][] => {
  const model = readSleepModel();
  return Array.from({ length: nights }, (_, sleeper) => {
    const night = simulateNight(model, seed, sleeper);
    return Array.from({ length: EPOCHS }, (__, epoch) => night.stage(epoch));
  });
};

/** The figures of many seeded nights, each with its gate. */
export const gateFigures = (nights: number, seed: number): GateFigure[] => {
  const all = simulatedNights(nights, seed).map(nightStatistics);
  const sleep = mean(all.map((n) => n.totalSleep));
  const percent = (stage: 'N1' | 'N2' | 'N3' | 'R'): number => (100 * mean(all.map((n) => n.stageMinutes[stage]))) / sleep;
  return [
    { name: 'total sleep, min', value: sleep, low: 390, high: 450, data: '436+-70' },
    { name: 'sleep latency, median min', value: median(all.map((n) => n.sleepLatency)), low: 10, high: 20, data: '13-16.5' },
    { name: 'wake after onset, median min', value: median(all.map((n) => n.wakeAfterOnset)), low: 25, high: 50, data: '28-30' },
    { name: 'N1, %', value: percent('N1'), low: 4.8, high: 10.8, data: '7-8' },
    { name: 'N2, %', value: percent('N2'), low: 49.6, high: 55.6, data: '52-56' },
    { name: 'N3, %', value: percent('N3'), low: 13, high: 19, data: '16-17' },
    { name: 'R, %', value: percent('R'), low: 20.6, high: 26.6, data: '22-23' },
    { name: 'REM latency, median min', value: median(known(all.map((n) => n.remLatency))), low: 75, high: 110, data: '94' },
    { name: 'cycle, min', value: mean(all.flatMap((n) => n.cycles)), low: 90, high: 110, data: '100+-35' },
    { name: 'REM episodes', value: mean(all.map((n) => n.remEpisodes)), low: 4, high: 5, data: '3.9-4.2' },
    { name: 'N3 in first third, %', value: 100 * mean(known(all.map((n) => n.deepInFirstThird))), low: 50, high: 100, data: '62' },
    { name: 'R in last third, %', value: 100 * mean(known(all.map((n) => n.remInLastThird))), low: 42, high: 100, data: '50' },
    { name: 'stage shifts an hour', value: mean(all.map((n) => n.shiftsAnHour)), low: 12, high: 22, data: '13-14' },
  ];
};
