import { Fault } from '../../core/fault.ts';
import { createHeartReader } from '../../core/signal/sensing/heart.ts';
import type { Bands, HeartReading, Sensed } from '../../core/signal/sensing/reading.ts';
import { createStager } from '../../core/signal/sensing/stager.ts';
import { EPOCH_SECONDS, type PerStage } from '../../core/signal/stages.ts';
import { MAXIMUM_EPOCHS } from '../hypnogram/limits.ts';
import type { Table } from '../hypnogram/rows.ts';
import { toleratedDamage } from '../hypnogram/table.ts';
import type { FeatureSeries } from './night.ts';
import { findColumns, type Columns, type Field } from './series-columns.ts';
import { createSeriesWriter, type Row } from './series-writer.ts';

const LONGEST_SECONDS = MAXIMUM_EPOCHS * EPOCH_SECONDS;
/** A value holds until the next, or for one and a half times the usual step, this at most. */
const LONGEST_HOLD = 120;
/** Closer together than this, heart rates are single beats. */
const BEATS_APART = 2.5;
/** Activity counts have no unit: 1 is what a twentieth of the recording exceeds. */
const LIVELY = 0.95;
/** Where a density's sigma is missing: its bands are 8-13 and 13-30 Hz, each taken as even. */
const ALPHA_TO_13 = 5;
const BETA_FROM_13 = 17;

interface Sample {
  readonly time: number;
  /** Values by field; those that the row does not tell are absent. */
  readonly values: ReadonlyMap<Field, number>;
}

const UNKNOWN = /^(|n\/?a|nan|null|none|-)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Rows as numbers, in order of time. @throws Fault where too many are damaged, or time runs back */
const samplesOf = ({ header, rows }: Table, columns: Columns, name: string): Sample[] => {
  const samples: Sample[] = [];
  let damaged = 0;
  let firstDamaged = 2;
  for (const { cells, line } of rows) {
    const values = new Map<Field, number>();
    let whole = cells.length === header.length;
    for (const [field, { index, scale }] of columns.fields) {
      const cell = cells[index] ?? '';
      if (NUMBER.test(cell)) values.set(field, Number(cell) * scale);
      else if (!UNKNOWN.test(cell)) whole = false;
    }
    const time = values.get('time');
    if (!whole || time === undefined || !(time >= 0 && Number.isFinite(time))) {
      if (damaged === 0) firstDamaged = line;
      damaged += 1;
      continue;
    }
    if (time > LONGEST_SECONDS) throw new Fault('the night is too long', `${name}, line ${line} (${Math.round(time / 3_600)} h)`, `cut it to ${LONGEST_SECONDS / 3_600} h or less`);
    if (time < (samples.at(-1)?.time ?? 0)) throw new Fault('the rows are not in order of time', `${name}, line ${line}`, 'sort the rows by time, one night a file');
    samples.push({ time, values });
  }
  if (damaged > toleratedDamage(rows.length)) throw new Fault(`${damaged} of ${rows.length} rows are damaged`, `${name}, line ${firstDamaged}`, 'export the table again');
  return samples;
};

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

/** Relative bands of a row; null where one is missing or they make no sense. */
const bandsOf = (values: ReadonlyMap<Field, number>, density: boolean): Bands | null => {
  const of = (field: Field): number => values.get(field) ?? Number.NaN;
  let powers = [of('delta'), of('theta'), of('alpha'), of('sigma'), of('beta')];
  if (density && values.has('sigma')) powers = powers.map((value, k) => value * ([3.5, 4, 4, 4, 14][k] ?? 0));
  if (!values.has('sigma')) {
    // Powers of 8-13 and 13-30 Hz, or their densities times their widths, parted at 12 and 16 Hz.
    const [alpha, beta] = density ? [of('alpha') * ALPHA_TO_13, of('beta') * BETA_FROM_13] : [of('alpha'), of('beta')];
    powers = [of('delta') * (density ? 3.5 : 1), of('theta') * (density ? 4 : 1), (alpha * 4) / ALPHA_TO_13, alpha / ALPHA_TO_13 + (beta * 3) / BETA_FROM_13, (beta * 14) / BETA_FROM_13];
  }
  const whole = powers.reduce((a, b) => a + b, 0);
  if (!(whole > 0) || !Number.isFinite(whole) || powers.some((power) => power < 0)) return null;
  const share = (k: number): number => (powers[k] ?? 0) / whole;
  return [share(0), share(1), share(2), share(3), share(4)];
};

const within = (value: number | undefined, low: number, high: number): number | null => (value !== undefined && value >= low && value <= high ? value : null);

/** The rows at one moment, from single samples: the last value of each field while it holds, heart beats through a reader. */
const createHolder = (columns: Columns, hold: number, beats: boolean, lively: number) => {
  const heart = createHeartReader();
  const stager = createStager();
  const latest = new Map<Field, { readonly value: number; readonly at: number }>();
  let bands: { readonly value: Bands; readonly at: number; readonly pStage: PerStage<number> } | null = null;

  const current = (field: Field, now: number): number | undefined => {
    const kept = latest.get(field);
    return kept !== undefined && now - kept.at <= hold ? kept.value : undefined;
  };

  const heartRow = (now: number): Sensed<HeartReading> | null => {
    if (beats) return heart.read(now * 1_000);
    const hrBpm = within(current('hrBpm', now), 20, 250);
    return hrBpm === null ? null : { value: { hrBpm, rmssdMs: within(current('rmssdMs', now), 0, 1_000) }, quality: 1 };
  };

  return {
    take: ({ time, values }: Sample): void => {
      for (const [field, value] of values) latest.set(field, { value, at: time });
      const interval = values.get('rrMs') ?? 60_000 / (values.get('hrBpm') ?? Number.NaN);
      if (beats && Number.isFinite(interval)) heart.interval(interval, time * 1_000);
      const value = bandsOf(values, columns.density);
      if (value !== null) bands = { value, at: time, pStage: stager.hear({ bands: value }, time * 1_000) };
    },
    row: (now: number): Row => {
      const eeg = bands !== null && now - bands.at <= hold ? bands : null;
      const respHz = within(current('respHz', now), 0.02, 2);
      const activity = current('activity', now);
      const motion = current('motion', now) ?? (activity === undefined ? undefined : activity / lively);
      return {
        eeg: eeg === null ? null : { value: { bands: eeg.value, spindlePerMin: within(current('spindlePerMin', now), 0, 60), soPerMin: within(current('soPerMin', now), 0, 120) }, quality: 1 },
        pStage: eeg?.pStage ?? null,
        heart: heartRow(now),
        breath: respHz === null ? null : { value: { respHz, respPhase: within(current('respPhase', now), 0, 6.283185) }, quality: 1 },
        motion: motion === undefined || motion < 0 ? null : { value: Math.min(1, motion), quality: 1 },
      };
    },
  };
};

/** True where a table has a column of time and one of a feature. */
export const isSeriesTable = (header: readonly string[]): boolean => {
  const { fields } = findColumns(header);
  return fields.has('time') && fields.size > 1;
};

/**
 * Features from a table with a column of time (s, min, h or ms) and any of: heart rate or beat-to-beat intervals, RMSSD, breath, motion or
 * activity counts, band powers. Rows may come at any step; heart rates less than 2.5 s apart are taken as beats. @throws Fault
 */
export const readSeriesTable = (table: Table, name: string): FeatureSeries => {
  const columns = findColumns(table.header);
  const samples = samplesOf(table, columns, name);
  const last = samples.at(-1);
  if (last === undefined) throw new Fault('the table has no rows', name, 'choose a table with one row for each moment');
  const steps = samples.slice(1).map(({ time }, i) => time - (samples[i]?.time ?? 0));
  const step = quantile(steps, 0.5);
  const has = (...fields: readonly Field[]): boolean => fields.some((field) => columns.fields.has(field));
  const beats = has('rrMs') || (has('hrBpm') && !has('rmssdMs') && steps.length > 0 && step < BEATS_APART);
  const lively = quantile(samples.flatMap(({ values }) => values.get('activity') ?? []), LIVELY);
  const hold = Math.min(LONGEST_HOLD, Math.max(2, 1.5 * step));
  const holder = createHolder(columns, hold, beats, lively > 0 ? lively : 1);
  const writer = createSeriesWriter();
  const seconds = Math.min(LONGEST_SECONDS, Math.ceil(last.time + Math.max(1, Math.min(step, LONGEST_HOLD))));
  let next = 0;
  for (let second = 0; second < seconds; second += 1) {
    for (let sample = samples[next]; sample !== undefined && sample.time < second + 1; sample = samples[next]) {
      holder.take(sample);
      next += 1;
    }
    writer.add(holder.row(second + 1));
  }
  return writer.finish({ eeg: has('delta'), heart: has('hrBpm', 'rrMs'), breath: has('respHz'), motion: has('motion', 'activity') });
};
