import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot, runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const preset = join(projectRoot, 'presets', 'first-light.json');

describe('dreamscore check', () => {
  it('says what a score is', async () => {
    const run = await runCli(['check', preset]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/first-light\.json: a score, ".+": \d+ layers, \d+ scenes, \d+ rules, \d+ mappings; /);
  });

  it('says what a take is', async () => {
    expect((await runCli(['compose', '--simulate', '3', '--seed', '9', '--to', '00:01', '--out', folder.at('out')])).code).toBe(0);
    const run = await runCli(['check', folder.at('out', 'take.json')]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/a take of 0:01:00, ".+", seed 9: 240 collective frames, 0 inputs by hand\n$/);
    const manifest = await runCli(['check', folder.at('out', 'manifest.json')]);
    expect(manifest).toMatchObject({ code: 1, errors: [expect.stringMatching(/the manifest of an export/)] });
  });

  it('names the field of a score that is wrong', async () => {
    const score = z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(preset, 'utf8')));
    const cases: readonly (readonly [string, unknown, RegExp])[] = [
      ['beatsPerBar', 99, /beatsPerBar/],
      ['colour', 'blue', /colour/],
      ['opening', 'nowhere', /there is no scene "nowhere".*opening/],
      ['layers', [], /layers/],
    ];
    for (const [field, value, line] of cases) {
      writeFileSync(folder.at('wrong.json'), JSON.stringify({ ...score, [field]: value }));
      for (const argv of [['check', folder.at('wrong.json')], ['compose', '--score', folder.at('wrong.json'), '--simulate', '2', '--out', folder.at('wrong-out')]]) {
        const run = await runCli(argv);
        expect(run).toMatchObject({ code: 1, errors: [expect.stringMatching(line)] });
        expect(run.errors[0]).toContain('wrong.json');
      }
    }
  });

  it('keeps to one line whatever the file holds', async () => {
    writeFileSync(folder.at('lines.json'), '{"format":\n"\u001b[31m\nred"}');
    const run = await runCli(['check', folder.at('lines.json')]);
    expect(run.code).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.stderr).not.toContain('\u001b');
  });

  it('says what is missing', async () => {
    expect(await runCli(['check', folder.at('none.json')])).toMatchObject({ code: 1, errors: [expect.stringMatching(/there is no such file: .*none\.json/)] });
    expect(await runCli(['check', folder.path])).toMatchObject({ code: 1, errors: [expect.stringMatching(/this is a folder/)] });
  });
});
