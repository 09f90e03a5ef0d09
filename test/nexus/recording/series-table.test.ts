import { describe, expect, it } from 'vitest';
import { Fault } from '../../../core/fault.ts';
import { stagesOf } from '../../../nexus/recording/night.ts';
import { readRecordingBytes } from '../../../nexus/recording/read-recording.ts';

const read = (text: string, name = 'night.csv', sidecar: string | null = null) => readRecordingBytes(new TextEncoder().encode(text), name, sidecar);
const faultOf = async (text: string, name = 'night.csv', sidecar: string | null = null): Promise<Fault> => {
  const error: unknown = await read(text, name, sidecar).then(() => null, (reason: unknown) => reason);
  if (error instanceof Fault) return error;
  throw error instanceof Error ? error : new Error('it was read');
};
const rows = (count: number, row: (i: number) => string): string => Array.from({ length: count }, (_, i) => row(i)).join('\n');
const at = (column: Float32Array | undefined, second: number): number => column?.[second] ?? Number.NaN;

describe('tables of features', () => {
  it('hold each value until the next, and let go of it after one and a half steps', async () => {
    const { series, hypnogram } = await read(`time_s,hr_bpm,rmssd_ms,resp_per_min,motion\n${rows(10, (i) => `${i * 30},${60 + i},${40 + i},15,0.${i}`)}\n1000,90,,,\n`);
    expect(hypnogram).toBeNull();
    expect(at(series?.heart?.bpm, 29)).toBe(60);
    expect(at(series?.heart?.bpm, 31)).toBe(61);
    expect(at(series?.heart?.rmssdMs, 300)).toBe(49);
    expect(at(series?.breath?.hertz, 100)).toBe(0.25);
    expect(at(series?.motion?.amount, 100)).toBeCloseTo(0.3, 6);
    expect(at(series?.heart?.bpm, 320)).toBeNaN();
    expect(at(series?.heart?.quality, 320)).toBe(0);
    expect(at(series?.heart?.rmssdMs, 1_010)).toBeNaN();
    expect(series?.eeg).toBeNull();
  });

  it('take heart rates less than 2.5 s apart for beats', async () => {
    const { series } = await read(`t_s,hr_bpm\n${rows(200, (i) => `${(i * 1.0).toFixed(2)},${i % 2 === 0 ? 61.2245 : 58.8235}`)}\n`);
    expect(at(series?.heart?.rmssdMs, 150)).toBeCloseTo(40, 0);
    expect(at(series?.heart?.bpm, 150)).toBeCloseTo(60, 0);
    const intervals = await read(`t_s\trr_ms\n${rows(200, (i) => `${i}\t${i % 2 === 0 ? 980 : 1_020}`)}\n`, 'rr.tsv');
    expect(at(intervals.series?.heart?.rmssdMs, 150)).toBeCloseTo(40, 3);
  });

  it('make bands relative, tell stages from them, and read stages beside them', async () => {
    const header = 'onset_s;delta;theta;alpha;sigma;beta;stage';
    const { series, hypnogram } = await read(`${header}\n${rows(60, (i) => `${i * 30};80;10;5;3;2;${i < 30 ? 'N3' : 'R'}`)}\n`);
    expect(series?.eeg?.bands.subarray(5 * 100, 5 * 100 + 5)).toEqual(Float32Array.of(0.8, 0.1, 0.05, 0.03, 0.02));
    expect(hypnogram?.epochs.slice(29, 31)).toEqual(['N3', 'R']);
    const unscored = await read(`${header.replace(';stage', '')}\n${rows(60, (i) => `${i * 30};80;10;5;3;2`)}\n`);
    expect(unscored.hypnogram).toBeNull();
    expect(stagesOf(unscored).filter((stage) => stage !== null).length).toBeGreaterThan(50);
  });

  it('part densities of 8-13 and 13-30 Hz at 12 and 16 Hz', async () => {
    const { series } = await read(`onset_s,fpz_delta_uV2perHz,fpz_theta_uV2perHz,fpz_alpha_uV2perHz,fpz_beta_uV2perHz,fpz_gamma_uV2perHz,pz_delta_uV2perHz\n${rows(4, (i) => `${i * 30},1,1,1,1,9,77`)}\n`);
    // Even density: as much as each band is wide, of 29.5 Hz.
    [3.5, 4, 4, 4, 14].forEach((width, k) => expect(at(series?.eeg?.bands, 5 * 50 + k)).toBeCloseTo(width / 29.5, 6));
  });

  it('measure activity counts by the recording itself', async () => {
    const { series } = await read(`time_h,activity_count\n${rows(100, (i) => `${(i / 120).toFixed(6)},${i}`)}\n`);
    expect(at(series?.motion?.amount, 50 * 30 + 5)).toBeCloseTo(50 / 94, 1);
    expect(at(series?.motion?.amount, 99 * 30 + 5)).toBe(1);
  });

  it('come as JSON too', async () => {
    const { series } = await read(JSON.stringify(Array.from({ length: 100 }, (_, i) => ({ time: i * 5, hr: 55, note: null }))), 'night.json');
    expect(at(series?.heart?.bpm, 200)).toBe(55);
  });

  it.each([
    ['time,hr\n10,60\n5,60\n', 'the rows are not in order of time', 'night.csv, line 3'],
    ['time,hr\n0,60\n9e9,60\n', 'the night is too long', 'night.csv, line 3 (2500000 h)'],
    [`time,hr\n0,60\n${'1,fast\n'.repeat(3)}`, '3 of 4 rows are damaged', 'night.csv, line 3'],
    ['time,hr\n', 'the table has no rows', 'night.csv'],
    ['hr,rmssd\n60,40\n', 'the columns of this table are not those of a hypnogram', 'night.csv'],
    ['time,"hr\n0,60\n', 'the table cannot be read', 'night.csv, line'],
  ])('%j is refused', async (text, what, where) => {
    const fault = await faultOf(text);
    expect(fault.what).toBe(what);
    expect(fault.where).toContain(where);
  });
});

describe('sidecars', () => {
  const table = `onset\tduration\tphase\n${rows(6, (i) => `${i * 30}\t30\t${i}`)}\n`;
  const sidecar = (levels: Record<string, unknown>): string => JSON.stringify({ onset: { Description: 'seconds' }, phase: { Levels: levels } });

  it('give a column its codes, whatever they are', async () => {
    const levels = { '0': 'Wake', '1': 'REM', '2': { Description: 'N1' }, '3': 'Stage 2', '4': 'NREM 3', '5': 'Artefact' };
    expect((await read(table, 'a_events.tsv', sidecar(levels))).hypnogram?.epochs).toEqual(['W', 'R', 'N1', 'N2', 'N3', null]);
  });

  it('decide for a column that would be ambiguous, and say what they do not know', async () => {
    const staged = table.replace('phase', 'stage');
    expect((await faultOf(staged, 'a_events.tsv')).what).toBe('the stage codes are ambiguous');
    const known = sidecar({ '0': 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'R', '5': 'unscored' }).replace('phase', 'stage');
    expect((await read(staged, 'a_events.tsv', known)).hypnogram?.epochs).toEqual(['W', 'N1', 'N2', 'N3', 'R', null]);
    expect((await faultOf(staged, 'a_events.tsv', sidecar({ '0': 'W', '1': 'N1' }).replace('phase', 'stage'))).what).toBe('the sleep stage "2" is unknown');
  });

  it.each(['', '{', '[]', '{"phase":{"Levels":{"0":"left","1":"right"}}}', '{"phase":{"Levels":{"0":"W"}}}', '{"phase":{"Levels":7}}'])('are left alone where they are %j', async (text) => {
    expect((await faultOf(table, 'a_events.tsv', text)).what).toContain('columns');
  });
});
