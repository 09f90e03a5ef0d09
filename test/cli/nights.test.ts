import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { dataFolder, haveData, recordings } from './shared-data.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** One night of each kind that people have. */
const KINDS = haveData
  ? ([
      ['EDF+ hypnogram', join(dataFolder, 'sleep-edfx-hypnograms', 'SC4001EC-Hypnogram.edf')],
      ['annotation list', join(dataFolder, 'sleep-edfx-telemetry-txt', 'ST7011JP-Hypnogram_annotations.txt')],
      ['JSON list', recordings('dreem-dod/dodh/scorer_1', '.json')[0] ?? ''],
      ['table of BOAS', join(dataFolder, 'boas-ds005555', 'sub-1_task-Sleep_acq-psg_events.tsv')],
      ['table of EESM17', join(dataFolder, 'eesm17-ds004348', 'sub-001_task-sleep_acq-scoring_events.tsv')],
      ['table of Surrey', join(dataFolder, 'surrey-ds005207', 'sub-001_task-sleep_acq-PSGScoring_events.tsv')],
      ['table of Penn', join(dataFolder, 'penn-mri-naps-ds003768', 'sub-01-sleep-stage.tsv')],
      ['band powers with stages', recordings('sleep-edfx-bandpower', '.csv')[0] ?? ''],
      ['wrist with stages', join(dataFolder, 'apple-watch-sleep-accel', '1066528.csv')],
      ['polysomnogram', join(dataFolder, 'psg-eeg', 'Osas2002plusQRS.edf')],
      ['EEG that nobody scored', join(dataFolder, 'psg-eeg', 'dosed-9a3b2e69.edf')],
      ['heart alone', join(dataFolder, 'apnea-ecg-heart', 'c01-heart.csv')],
    ] as const)
  : [];

describe.skipIf(!haveData)('recorded nights', () => {
  it.each(KINDS)('%s composes, and check says what it is', async (_kind, file) => {
    const out = folder.at(basename(file));
    const run = await runCli(['compose', '--night', file, '--to', '00:08', '--out', out]);
    expect(run.errors).toEqual([]);
    expect(run.code).toBe(0);
    expect(readFileSync(join(out, 'events.ndjson'), 'utf8')).toContain('"kind":"note"');
    const checked = await runCli(['check', file]);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toMatch(/a recorded night of \d+:\d\d:\d\d, /);
  });

  it('five nights together, each a pod, the same bytes twice and from the take', async () => {
    const nights = recordings('sleep-edfx-hypnograms', '-Hypnogram.edf').slice(0, 5);
    const span = ['--from', '00:10', '--to', '00:16'];
    for (const name of ['five', 'five-again']) {
      expect(await runCli(['compose', '--night', ...nights, ...span, '--out', folder.at(name)])).toMatchObject({ code: 0, errors: [] });
    }
    expect(await runCli(['compose', '--take', folder.at('five', 'take.json'), ...span, '--out', folder.at('five-take')])).toMatchObject({ code: 0, errors: [] });
    const read = (name: string, file: string): string => readFileSync(folder.at(name, file), 'latin1');
    for (const file of readdirSync(folder.at('five'))) {
      expect(read('five-again', file), file).toBe(read('five', file));
      expect(read('five-take', file), file).toBe(read('five', file));
    }
    expect(read('five', 'collective.ndjson').split('\n').slice(0, -1).every((line) => line.includes('"n":5,'))).toBe(true);
    expect(read('five', 'take.json')).not.toContain(dataFolder);
  });

  it('a polysomnogram, a table and a hypnogram together: the same bytes twice and from the take, and its own heart', async () => {
    const nights = ['psg-eeg/Osas2002plusQRS.edf', 'sleep-edfx-bandpower/SC4001-bandpower.csv', 'sleep-edfx-hypnograms/SC4002EC-Hypnogram.edf'].map((name) => join(dataFolder, name));
    const span = ['--from', '00:15', '--to', '00:20'];
    for (const name of ['mixed', 'mixed-again']) {
      expect(await runCli(['compose', '--night', ...nights, ...span, '--out', folder.at(name)])).toMatchObject({ code: 0, errors: [] });
    }
    expect(await runCli(['compose', '--take', folder.at('mixed', 'take.json'), ...span, '--out', folder.at('mixed-take')])).toMatchObject({ code: 0, errors: [] });
    const read = (name: string, file: string): string => readFileSync(folder.at(name, file), 'latin1');
    for (const file of readdirSync(folder.at('mixed'))) {
      expect(read('mixed-again', file), file).toBe(read('mixed', file));
      expect(read('mixed-take', file), file).toBe(read('mixed', file));
    }
    // The heart of the polysomnogram alone is measured: 79 a minute where a modelled sleeper has 60.
    await runCli(['compose', '--night', nights[0] ?? '', ...span, '--out', folder.at('own-heart')]);
    const hearts = [...readFileSync(folder.at('own-heart', 'collective.ndjson'), 'utf8').matchAll(/"heartBpm":([\d.]+)/g)].map(([, bpm]) => Number(bpm));
    expect(hearts.reduce((a, b) => a + b, 0) / hearts.length).toBeGreaterThan(70);
  });

  it('aligned by onset all fall asleep a quarter of an hour in; by start they need not', async () => {
    const nights = recordings('sleep-edfx-hypnograms', '-Hypnogram.edf').slice(0, 3);
    for (const align of ['onset', 'start']) {
      const run = await runCli(['compose', '--night', ...nights, '--align', align, '--to', '00:25', '--out', folder.at(align)]);
      expect(run.code).toBe(0);
    }
    const depthAtEnd = (name: string): number => Number(/"depth":([\d.]+)/.exec(readFileSync(folder.at(name, 'collective.ndjson'), 'utf8').trimEnd().split('\n').at(-1) ?? '')?.[1]);
    // The recordings themselves begin in the afternoon, hours before sleep.
    expect(depthAtEnd('start')).toBeLessThan(0.1);
    expect(depthAtEnd('onset')).toBeGreaterThan(0.25);
  });

  it('a night that ends before --to is said to', async () => {
    const nap = folder.at('nap.json');
    writeFileSync(nap, JSON.stringify([0, 0, 1, 1, 2, 2, 2, 2, 1, 0]));
    const run = await runCli(['compose', '--night', nap, '--align', 'start', '--to', '01:00', '--out', folder.at('nap')]);
    expect(run).toMatchObject({ code: 0, errors: ['The source ends at 0:05:00, before --to 1:00:00; so do the files.'] });
    const late = await runCli(['compose', '--night', nap, '--align', 'start', '--from', '00:05', '--out', folder.at('late')]);
    expect(late).toMatchObject({ code: 1, errors: [expect.stringMatching(/begins after the end of the gathering: it lasts 300 s/)] });
    expect(existsSync(folder.at('late'))).toBe(false);
  });
});

describe('a file that is no night', () => {
  const odd = haveData ? [...recordings('odd', 'df'), ...recordings('odd/derived', '.edf')].map((file) => [basename(file), file] as const) : [];
  it.skipIf(!haveData)('has odd files to try', () => {
    expect(odd.length).toBeGreaterThan(8);
  });
  it.each(odd)('%s: check and compose agree, in one line', async (name, file) => {
    const checked = await runCli(['check', file]);
    const out = folder.at(`odd-${name}`);
    const composed = await runCli(['compose', '--night', file, '--align', 'start', '--to', '00:01', '--out', out]);
    expect(composed.code).toBe(checked.code);
    if (checked.code === 0) {
      expect(checked.stdout).toMatch(/a recorded night/);
      return;
    }
    expect(checked.code).toBe(1);
    expect(checked.errors).toEqual([expect.stringMatching(/^dreamscore: [^:]+.*: .*: .+/)]);
    expect(checked.errors[0]).toContain(name);
    expect(checked.errors[0]).not.toContain('fault of Dreamscore itself');
    expect(composed.errors).toEqual(checked.errors);
    expect(existsSync(out)).toBe(false);
  });

  const made: readonly (readonly [string, string, RegExp])[] = [
    ['cut.edf', '0       X X X X', /cut\.edf/],
    ['label.json', '[0, 1, 9]', /label\.json, epoch 3/],
    ['words.txt', 'a diary, not a night\n', /words\.txt/],
    ['nothing.tsv', '', /nothing\.tsv/],
  ];
  it.each(made)('%s names the place', async (name, content, place) => {
    writeFileSync(folder.at(name), content);
    const run = await runCli(['compose', '--night', folder.at(name), '--out', folder.at('from-bad')]);
    expect(run).toMatchObject({ code: 1, errors: [expect.stringMatching(place)] });
    expect(existsSync(folder.at('from-bad'))).toBe(false);
  });
});
