import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Take } from '../../core/engine/take.ts';
import { micros } from '../../core/units.ts';
import { collectiveLine } from '../../core/signal/ndjson.ts';
import { recordingHeadLine } from '../../core/signal/collective-recording.ts';
import { privateHeadLine, privateLine } from '../../core/signal/private-bin.ts';
import { publishedHead, publishedLine, type PublishedFrame } from '../../core/signal/published-frame.ts';
import { frame } from '../support/engine.ts';
import { podFrame } from '../support/pods.ts';
import { firstLight } from '../support/score.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A take with a frame every quarter second, of so many pods each; a negative number is gated. */
const take = (pods: readonly number[], changes: Partial<Take> = {}): string => {
  const inputs = pods.map((n, seq) => ({ seq, effective: seq * 250_000, input: { kind: 'frame', frame: frame({ t: seq * 250_000, n: Math.abs(n), gated: n < 0 }) } }));
  const whole = { format: 'dreamscore-take', version: 1, score: firstLight(), seed: 1, source: { kind: 'live' }, minimumPods: 5, length: pods.length * 250_000, inputs, ...changes };
  writeFileSync(folder.at('take.json'), JSON.stringify(whole));
  return folder.at('take.json');
};
const lines = (name: string, ...text: readonly string[]): string => {
  writeFileSync(folder.at(name), text.map((line) => `${line}\n`).join(''));
  return folder.at(name);
};
const report = z.looseObject({ kind: z.string(), about: z.string(), singlePerson: z.boolean(), verdict: z.string(), problems: z.array(z.string()), frames: z.looseObject({ least: z.number().nullable() }).nullable() });
const json = async (path: string) => {
  const run = await runCli(['privacy', '--json', path]);
  expect(run).toMatchObject({ code: 0, errors: [] });
  return report.parse(JSON.parse(run.stdout));
};
const said = async (path: string): Promise<string> => {
  const run = await runCli(['privacy', path]);
  expect(run).toMatchObject({ code: 0, errors: [] });
  expect(run.stdout.trimEnd().split('\n').at(-1)).toMatch(/^Verdict: /);
  return run.stdout;
};

describe('dreamscore privacy of a take', () => {
  it('of simulated sleepers is about nobody', async () => {
    const path = take([3, 3], { source: { kind: 'simulate', pods: 3, seed: 1 }, minimumPods: 1 });
    expect(await said(path)).toMatch(/nobody: 3 simulated sleepers[\s\S]*Verdict: about nobody, so it may be published/);
    expect(await json(path)).toMatchObject({ about: 'nobody', verdict: 'publish', singlePerson: false });
  });

  it('of one recorded night is that sleeper\'s own', async () => {
    const path = take([1, 1, 1], { source: { kind: 'night', files: ['anna.edf'], align: 'onset' }, minimumPods: 1 });
    expect(await said(path)).toMatch(/YES: there are frames of one sleeper alone[\s\S]*Verdict: not for others than those whose nights these are/);
    expect(await json(path)).toMatchObject({ about: 'own nights', singlePerson: true, verdict: 'own' });
  });

  it('of a room stays with those who agreed, and says why it is not for publishing', async () => {
    const words = await said(take([-3, 6, 7, 7, 9, 8, 12], { substituted: 2 }));
    for (const part of [/people in a room/, /heard from 5 on; 1 of 7 frames were gated/, /sum over 6 to 12 sleepers/, /5 of 7 frames are of fewer than 10/, /once one sleeper alone came, once one sleeper alone went/, /2 frames hold only those who agreed to be recorded: it re-renders the music of those/, /Verdict: not for publishing\. Keep it, and give it to those who agreed/]) expect(words).toMatch(part);
    expect(await json(folder.at('take.json'))).toMatchObject({ verdict: 'consented', substituted: 2, frames: { least: 6, most: 12, gated: 1, belowPublishing: 5, joinsOfOne: 1, leavesOfOne: 1 } });
    expect(await said(take([6, 8]))).toMatch(/all who were heard had agreed/);
  });

  it('of a room of few, or of one\'s own devices, is for nobody else', async () => {
    expect(await json(take([1, 2, 3], { minimumPods: 1 }))).toMatchObject({ verdict: 'own', singlePerson: true, problems: [] });
    expect(await json(take([-3, -2, -1]))).toMatchObject({ verdict: 'consented', singlePerson: false });
  });

  it('that contradicts itself is vouched for by nobody', async () => {
    const words = await said(take([5, 3, 6], { substituted: 9 }));
    expect(words).toMatch(/it says that 5 pods had to be live, and has a frame of 3[\s\S]*9 frames were substituted, and has 3[\s\S]*Verdict: not for others: what does not fit/);
  });

  it('that cannot be read ends with code 1', async () => {
    for (const [name, text] of [['cut.json', readFileSync(take([6])).subarray(0, 900).toString()], ['other.json', '{"format":"dreamscore-take","version":2}'], ['empty.json', '']] as const) {
      expect(await runCli(['privacy', lines(name, text)])).toMatchObject({ code: 1, stdout: '', errors: [expect.stringContaining(name)] });
    }
    expect(await runCli(['privacy', folder.at('none.json')])).toMatchObject({ code: 1, errors: [expect.stringMatching(/no such file/)] });
    expect(await runCli(['privacy'])).toMatchObject({ code: 2, errors: [expect.stringMatching(/a file is missing/)] });
    expect(await runCli(['privacy', '--loud', 'x'])).toMatchObject({ code: 2, errors: [expect.stringMatching(/no such option: --loud/)] });
  });
});

const collective = (t: number, n: number, gated = false): string => collectiveLine(micros(t), frame({ n, gated }));
const published: PublishedFrame = { t: 0, n: 10, share: [0.2, 0.2, 0.2, 0.2, 0.2], depth: 0.5, dream: 0.2, discord: 0.5, unity: 0.1, synchrony: null };

describe('dreamscore privacy of a stream', () => {
  it('knows a recording by its head, and believes no more of it than its frames bear out', async () => {
    const head = { format: 'dreamscore-collective', version: 1, source: 'a room', minimumPods: 5 } as const;
    expect(await said(lines('room.ndjson', recordingHeadLine(head), collective(0, 4, true), collective(250_000, 11), collective(500_000, 13)))).toMatch(/people in a room[\s\S]*sum over 11 to 13[\s\S]*Verdict: not for publishing/);
    expect(await json(lines('liar.ndjson', recordingHeadLine(head), collective(0, 2)))).toMatchObject({ verdict: 'own', problems: [expect.stringMatching(/has a frame of 2/)] });
    expect(await json(lines('crowd.ndjson', recordingHeadLine({ ...head, source: '24 simulated sleepers', minimumPods: 1 }), collective(0, 24)))).toMatchObject({ about: 'nobody', verdict: 'publish' });
    expect(await json(lines('sly.ndjson', recordingHeadLine({ ...head, source: 'me and 24 simulated sleepers', minimumPods: 1 }), collective(0, 1)))).toMatchObject({ about: 'a room', verdict: 'own' });
  });

  it('takes bare frames for people', async () => {
    expect(await json(lines('collective.ndjson', collective(0, 8), collective(250_000, 9)))).toMatchObject({ kind: 'collective', about: 'unknown', verdict: 'consented' });
  });

  it('lets a published stream be published, if every frame of it is one', async () => {
    expect(await said(lines('published.ndjson', publishedHead(), publishedLine(published), publishedLine({ ...published, t: 60_000_000, n: 15 })))).toMatch(/Verdict: it may be published/);
    for (const [name, wrong] of [['few.ndjson', { n: 5 }], ['fine.ndjson', { depth: 0.123 }], ['exact.ndjson', { n: 11 }]] as const) {
      expect(await runCli(['privacy', lines(name, publishedHead(), publishedLine({ ...published, ...wrong }))])).toMatchObject({ code: 1, errors: [expect.stringContaining(`${name}, line 2`)] });
    }
    expect(await runCli(['privacy', lines('fast.ndjson', publishedHead(), publishedLine(published), publishedLine(published))])).toMatchObject({ code: 1, errors: [expect.stringMatching(/out of order/)] });
  });

  it('reckons a private stream\'s claim anew', async () => {
    const head = { format: 'dreamscore-private', version: 1, epsilon: 4, delta: 1e-6, sigma: 5.613, minutes: 30, bins: 16 } as const;
    const bin = privateLine({ t: 0, n: 140, counts: [20.1, -3.2, 80, 20, 23.1] });
    expect(await said(lines('private.ndjson', privateHeadLine(head), bin))).toMatch(/epsilon 4 for each sleeper[\s\S]*Verdict: it may be published/);
    expect(await json(lines('thin.ndjson', privateHeadLine({ ...head, sigma: 1 }), bin))).toMatchObject({ verdict: 'own', problems: [expect.stringMatching(/claims epsilon 4, and its noise gives 29/)] });
  });

  it('refuses frames of single sleepers, endless lines and noise', async () => {
    expect(await runCli(['privacy', lines('pods.ndjson', JSON.stringify(podFrame()))])).toMatchObject({ code: 1, errors: [expect.stringMatching(/frames of single sleepers/)] });
    expect(await runCli(['privacy', lines('long.ndjson', 'x'.repeat(300_000))])).toMatchObject({ code: 1, errors: [expect.stringMatching(/too long.*line 1/)] });
    const noise = await runCli(['privacy', lines('noise.ndjson', '{"\u001b[31mred":1}')]);
    expect(noise).toMatchObject({ code: 1, errors: [expect.stringContaining('noise.ndjson')] });
    expect(noise.stderr).not.toContain('\u001b');
  });
});

describe('dreamscore privacy of an export', () => {
  beforeAll(async () => {
    expect((await runCli(['compose', '--simulate', '12', '--to', '00:01', '--out', folder.at('whole')])).code).toBe(0);
  });
  const spoilt = async (spoil: (at: (...names: string[]) => string) => void): Promise<z.infer<typeof report>> => {
    const name = 'spoilt';
    rmSync(folder.at(name), { recursive: true, force: true });
    cpSync(folder.at('whole'), folder.at(name), { recursive: true });
    spoil((...names) => folder.at(name, ...names));
    return json(folder.at(name));
  };
  const edit = (path: string, from: string | RegExp, to: string): void => {
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  };

  it('checks every file, by the folder as by its manifest', async () => {
    const words = await said(folder.at('whole'));
    expect(words).toMatch(/whole: an export with its take, 0:01:00\n {2}About whom +nobody: 12 simulated sleepers[\s\S]*Files +score\.mid, events\.ndjson, collective\.ndjson, take\.json\nVerdict: about nobody/);
    expect((await runCli(['privacy', folder.at('whole', 'manifest.json')])).stdout).toBe(words);
    const both = await runCli(['privacy', '--json', folder.at('whole'), folder.at('whole', 'take.json')]);
    expect(both.stdout.trimEnd().split('\n').map((line) => report.parse(JSON.parse(line)).kind)).toEqual(['export', 'take']);
  });

  it('names what is not as it was written, is missing, or does not belong', async () => {
    expect(await spoilt((at) => appendFileSync(at('score.mid'), 'x'))).toMatchObject({ verdict: 'own', problems: [expect.stringMatching(/score\.mid is not as it was written: \d+ bytes/)] });
    expect((await spoilt((at) => edit(at('events.ndjson'), '"velocity":6', '"velocity":5'))).problems).toEqual([expect.stringMatching(/events\.ndjson .* SHA-256/)]);
    expect((await spoilt((at) => rmSync(at('score.mid')))).problems).toEqual(['score.mid is in the manifest and not there']);
    expect((await spoilt((at) => { mkdirSync(at('more')); writeFileSync(at('more', 'pods.ndjson'), ''); })).problems).toEqual(['more/pods.ndjson is not in the manifest, and was not looked at']);
    expect((await spoilt((at) => { rmSync(at('score.mid')); symlinkSync(folder.at('whole', 'score.mid'), at('score.mid')); })).problems).toEqual(['score.mid is no plain file']);
  });

  it('believes the take and not the manifest', async () => {
    const told = await spoilt((at) => edit(at('manifest.json'), '"minimumPods": 1', '"minimumPods": 5'));
    expect(told.problems).toEqual(['the manifest names another gate than the take']);
    const other = await spoilt((at) => edit(at('manifest.json'), '"pods": 12', '"pods": 13'));
    expect(other.problems).toEqual(['the manifest names another source than the take']);
    const live = await spoilt((at) => edit(at('take.json'), /"source":\{[^}]*\}/, '"source":{"kind":"live"}'));
    expect(live).toMatchObject({ about: 'a room', verdict: 'own' });
  });

  it('sees fields of single sleepers in the events', async () => {
    const found = await spoilt((at) => {
      edit(at('events.ndjson'), '{"t":0', '{"sid":"00000000000000a1","t":0');
      const bytes = readFileSync(at('events.ndjson'));
      const sum = createHash('sha256').update(bytes).digest('hex');
      edit(at('manifest.json'), /"events\.ndjson",\s*"bytes": \d+,\s*"sha256": "[0-9a-f]+"/, `"events.ndjson", "bytes": ${bytes.length}, "sha256": "${sum}"`);
    });
    expect(found.problems).toEqual(['events.ndjson has fields of single sleepers']);
  });

  it('refuses a folder that is no export', async () => {
    expect(await runCli(['privacy', folder.path])).toMatchObject({ code: 1, errors: [expect.stringMatching(/no export/)] });
    rmSync(folder.at('spoilt'), { recursive: true, force: true });
    cpSync(folder.at('whole'), folder.at('spoilt'), { recursive: true });
    edit(folder.at('spoilt', 'manifest.json'), '"score.mid"', '"../../etc/passwd"');
    expect(await runCli(['privacy', folder.at('spoilt')])).toMatchObject({ code: 1, errors: [expect.stringMatching(/no name of a file that Dreamscore writes/)] });
  });
});
