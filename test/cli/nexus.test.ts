import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRecordingFile } from '../../nexus/collective/recording-file.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'dreamscore-nexus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const logLine = z.looseObject({ time: z.iso.datetime(), level: z.enum(['info', 'warn']), event: z.string() });
const logOf = (stderr: string) => stderr.trim().split('\n').map((line) => logLine.parse(JSON.parse(line)));

describe('dreamscore nexus', () => {
  const recording = join(folder, 'night.ndjson');

  it('opens a room, prints how to join, logs lines that name nobody, and records the collective', async () => {
    const { code, stdout, stderr } = await runCli(['nexus', '--gathering', 'attic', '--simulate', '8', '--broker-port', '0', '--page-port', '0', '--for', '00:00:03', '--record', recording]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Phones join at\n {2}one: http:\/\/127\.0\.0\.1:\d+\/#\S+\nThe host's page: http:\/\/127\.0\.0\.1:\d+\/status\n/);
    const events = logOf(stderr).map(({ event }) => event);
    expect(events).toEqual(expect.arrayContaining(['open', 'way in', 'collective', 'closed']));
    // The token of the link is for those who are shown it.
    expect(stderr).not.toContain(/#(\S+)/.exec(stdout)?.[1] ?? '');
    const { head, frames } = await readRecordingFile(recording);
    expect(head).toMatchObject({ source: 'the room "attic"', minimumPods: 5 });
    expect(frames.length).toBeGreaterThanOrEqual(10);
    expect(frames.at(-1)).toMatchObject({ n: 8, gated: false });
    expect(readFileSync(recording, 'utf8')).not.toMatch(/sid|consent/);
  });

  it('plays a recording, and what is recorded of it is the same', async () => {
    const again = join(folder, 'again.ndjson');
    const { code, stderr } = await runCli(['nexus', '--play', recording, '--speed', '4', '--record', again]);
    expect(code).toBe(0);
    expect(logOf(stderr).at(-1)?.event).toBe('closed');
    const [first, second] = [await readRecordingFile(recording), await readRecordingFile(again)];
    const told = new Set(first.frames.map((frame) => JSON.stringify(frame)));
    expect(second.frames.every((frame) => told.has(JSON.stringify(frame)))).toBe(true);
    expect(second.head.minimumPods).toBe(5);
  });

  it.each([
    [['nexus', '--play', join(folder, 'none.ndjson')], 1, 'cannot be read'],
    [['nexus', '--record', join(folder, 'no', 'where.ndjson'), '--mine'], 1, 'cannot be written'],
    [['nexus', '--config', join(folder, 'none.json')], 1, 'none.json'],
    [['nexus', '--simulate', '0'], 2, 'not a number in range'],
  ])('refuses %j in one line', async (argv, wanted, words) => {
    const { code, stderr } = await runCli(argv);
    expect(code).toBe(wanted);
    expect(stderr).toMatch(/^dreamscore: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });
});
