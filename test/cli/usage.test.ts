import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parseGatheringArguments } from '../../cli/arguments.ts';
import { clockText, parseClockTime } from '../../cli/clock-time.ts';
import { UsageFault } from '../../cli/exit.ts';
import { leftText } from '../../cli/progress.ts';
import { version } from '../../package.json';
import { runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const out = (): string => folder.at('out');

describe('help and version', () => {
  it('prints the overview and the help of each command', async () => {
    const overview = await runCli(['--help']);
    expect(overview).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['compose', 'render', 'studio', 'check', 'privacy']) {
      expect(overview.stdout).toContain(`dreamscore ${command}`);
      const help = await runCli([command, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toMatch(new RegExp(`^dreamscore ${command}: `));
      expect(help.stdout.split('\n').every((line) => line.length <= 100)).toBe(true);
      expect((await runCli([command, '--night', 'x', '-h'])).stdout).toBe(help.stdout);
    }
  });
  it('prints the version of the package', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('wrong use', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /a command is missing/],
    ['an unknown command', ['sing'], /no such command: sing: take one of compose, render, studio,.* check, privacy/],
    ['a command named like a property of every object', ['constructor'], /no such command/],
    ['no source', ['compose', '--out', out()], /nothing to compose from.*--simulate N, --night FILE or --take FILE/],
    ['two sources', ['compose', '--simulate', '3', '--take', 'take.json', '--out', out()], /exclude each other: --simulate and --take/],
    ['no folder', ['compose', '--simulate', '3'], /folder for the files is missing.*--out DIR/],
    ['pods that are no number', ['compose', '--simulate', 'many', '--out', out()], /whole number.*--simulate many: give one from 1/],
    ['no pods', ['compose', '--simulate', '0', '--out', out()], /--simulate 0/],
    ['a time that is none', ['compose', '--simulate', '3', '--to', '90', '--out', out()], /not a time: --to 90: write hh:mm/],
    ['minutes past the hour', ['compose', '--simulate', '3', '--to', '00:61', '--out', out()], /--to 00:61/],
    ['a span that is empty', ['compose', '--simulate', '3', '--from', '01:00', '--to', '01:00', '--out', out()], /span is empty: --from 01:00 --to 01:00/],
    ['an unknown option', ['compose', '--simulate', '3', '--tempo', '60', '--out', out()], /no such option: --tempo/],
    ['an option of every object', ['compose', '--simulate', '3', '--constructor', '--out', out()], /no such option: --constructor/],
    ['a stray word', ['compose', 'night.edf', '--out', out()], /belongs to no option: night.edf/],
    ['a missing value', ['compose', '--simulate', '--out', out()], /a value is missing: --simulate/],
    ['a missing last value', ['compose', '--simulate', '3', '--out'], /a value is missing: --out/],
    ['an option twice', ['compose', '--simulate', '3', '--simulate', '4', '--out', out()], /given twice: --simulate/],
    ['an unknown alignment', ['compose', '--night', 'a.edf', '--align', 'end', '--out', out()], /--align end: give onset or start/],
    ['an alignment of simulated sleepers', ['compose', '--simulate', '3', '--align', 'onset', '--out', out()], /--align is for recorded nights/],
    ['another seed for a take', ['compose', '--take', 'take.json', '--seed', '3', '--out', out()], /a take holds its own score and seed/],
    ['a seed out of range', ['compose', '--simulate', '3', '--seed', '4294967296', '--out', out()], /--seed 4294967296/],
    ['check without a file', ['check'], /a file is missing/],
    ['privacy of nothing', ['privacy'], /a file is missing/],
    ['check of two files', ['check', 'a', 'b'], /one file at a time: b/],
  ];
  it.each(cases)('%s ends with code 2 and one line', async (_name, argv, line) => {
    const run = await runCli(argv);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.errors).toHaveLength(1);
    expect(run.stderr).toMatch(line);
    expect(existsSync(out())).toBe(false);
  });
});

describe('failures', () => {
  it('names the presets where one is unknown', async () => {
    const run = await runCli(['compose', '--score', 'second-light', '--simulate', '3', '--out', out()]);
    expect(run.code).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/no such preset: second-light: take one of .*first-light/)]);
    expect(existsSync(out())).toBe(false);
  });
  it('names the file that is missing, and writes nothing', async () => {
    for (const argv of [['--night', folder.at('none.edf')], ['--take', folder.at('none.json')], ['--simulate', '2', '--score', folder.at('none.json')]]) {
      const run = await runCli(['compose', ...argv, '--out', out()]);
      expect(run.code).toBe(1);
      expect(run.errors).toHaveLength(1);
      expect(run.stderr).toContain(argv.at(-1));
      expect(existsSync(out())).toBe(false);
    }
  });
  it('refuses a folder that holds other things, unless forced', async () => {
    const full = folder.at('full');
    mkdirSync(full);
    writeFileSync(folder.at('full', 'diary.txt'), 'dear diary');
    const argv = ['compose', '--simulate', '2', '--to', '00:01', '--out', full];
    const refused = await runCli(argv);
    expect(refused).toMatchObject({ code: 1, errors: [expect.stringMatching(/holds other things: .*full: .*--force/)] });
    expect(readdirSync(full)).toEqual(['diary.txt']);
    expect((await runCli([...argv, '--force'])).code).toBe(0);
    expect(readdirSync(full).sort()).toEqual(['collective.ndjson', 'diary.txt', 'events.ndjson', 'manifest.json', 'score.mid', 'take.json']);
    // What is a former export now may be written again without force.
    expect((await runCli(argv)).code).toBe(0);
  });
  it('says where a folder cannot be made', async () => {
    writeFileSync(folder.at('a-file'), '');
    const run = await runCli(['compose', '--simulate', '2', '--to', '00:01', '--out', folder.at('a-file', 'out')]);
    expect(run).toMatchObject({ code: 1, errors: [expect.stringMatching(/a file stands where a folder is needed: .*a-file/)] });
  });
});

describe('arguments', () => {
  it('takes several nights after one flag and by several flags', () => {
    const { source } = parseGatheringArguments(['--night', 'a.edf', 'b.edf', '--align', 'start', '--night=c.edf', '--out', 'o'], 'compose');
    expect(source).toEqual({ kind: 'night', files: ['a.edf', 'b.edf', 'c.edf'], align: 'start' });
  });
  it('does not take a word after another option for a night', () => {
    expect(() => parseGatheringArguments(['--night', 'a.edf', '--out', 'o', 'b.edf'], 'compose')).toThrow(UsageFault);
  });
  it('reads times from the start', () => {
    expect(parseClockTime('01:30', '--to')).toBe(5400e6);
    expect(parseClockTime('0:00:07', '--to')).toBe(7e6);
    expect(parseClockTime('24:00', '--to')).toBe(86_400e6);
    expect(() => parseClockTime('24:00:01', '--to')).toThrow(UsageFault);
    expect(() => parseClockTime('-1:00', '--to')).toThrow(UsageFault);
    expect(clockText(5407e6)).toBe('1:30:07');
  });
  it('tells the time left in words', () => {
    expect([null, 0.2, 12, 185, 3720].map(leftText)).toEqual(['', '1 s left', '12 s left', '3 min 05 s left', '1 h 02 min left']);
  });
});
