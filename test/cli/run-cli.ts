import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../../cli/main.ts';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Lines of stderr that are neither progress nor empty. */
  readonly errors: readonly string[];
}

/** Runs the command within this process. */
export const runCli = async (argv: readonly string[], signal: AbortSignal = new AbortController().signal, onStderr: (text: string) => void = () => undefined): Promise<CliRun> => {
  let stdout = '';
  let stderr = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      stderr += chunk.toString();
      onStderr(chunk.toString());
      done();
    },
  });
  const code = await main(argv, {
    root: projectRoot,
    print: (text) => {
      stdout += text;
    },
    stderr: stream,
    workers: { url: null, count: 0 },
    signal,
  });
  const errors = stderr.split('\n').filter((line) => line !== '' && !/^(Composing|Rendering|Finishing): \d+ %/.test(line));
  return { code, stdout, stderr, errors };
};

/** A folder that is removed after use. */
export const temporaryFolder = (): { readonly path: string; readonly at: (...names: string[]) => string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'dreamscore-test-'));
  return { path, at: (...names) => join(path, ...names), remove: () => rmSync(path, { recursive: true, force: true }) };
};
