import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { projectRoot, runCli, temporaryFolder } from './run-cli.ts';

const program = join(projectRoot, 'out', 'main', 'dreamscore.js');
const built = existsSync(program);
if (!built) console.warn(`Skipped: tests of the built command; there is no ${program} (npm run build).`);

const folder = temporaryFolder();
afterAll(folder.remove);

/** Runs the built command in a process of its own; `onStderr` may send it a signal. */
const runBuilt = (argv: readonly string[], onStderr: (text: string, interrupt: () => void) => void = () => undefined) =>
  new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      onStderr(stderr, () => child.kill('SIGINT'));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

describe.skipIf(!built)('the built command', () => {
  it('ends with the right codes', async () => {
    expect(await runBuilt(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await runBuilt(['sing'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^dreamscore: there is no such command: sing: [^\n]+\n$/) });
    expect(await runBuilt(['check', folder.at('none.edf')])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^dreamscore: [^\n]+none\.edf[^\n]+\n$/) });
  });

  it('renders in worker threads the bytes that one thread renders', async () => {
    const argv = ['render', '--score', join(projectRoot, 'presets', 'first-light.json'), '--simulate', '4', '--seed', '2', '--to', '00:00:03', '--out'];
    expect(await runBuilt([...argv, folder.at('workers')])).toMatchObject({ code: 0 });
    expect(await runCli([...argv, folder.at('alone')])).toMatchObject({ code: 0 });
    const sums = (name: string): string[] =>
      readdirSync(folder.at(name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
        .map((entry) => `${entry.name} ${createHash('sha256').update(readFileSync(join(entry.parentPath, entry.name))).digest('hex')}`)
        .sort();
    expect(sums('workers').length).toBeGreaterThan(5);
    expect(sums('workers')).toEqual(sums('alone'));
  });

  it.skipIf(process.platform === 'win32')('Ctrl+C while rendering removes what was begun, ends with code 1 and says so', async () => {
    const run = await runBuilt(['render', '--simulate', '4', '--to', '00:02', '--out', folder.at('deep', 'interrupted')], (text, interrupt) => {
      if (text.match(/Rendering/g)?.length === 1) interrupt();
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/dreamscore: cancelled: nothing was written/);
    expect(existsSync(folder.at('deep'))).toBe(false);
  });
});
