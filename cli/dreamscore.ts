import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { workerBeside } from '../export/worker-beside.ts';
import { main } from './main.ts';

// Built to out/main/dreamscore.js: the project's folder is two up.
const root = fileURLToPath(new URL('../..', import.meta.url));
const abort = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl+C ends at once.
  if (abort.signal.aborted) process.exit(1);
  abort.abort();
});
process.on('SIGTERM', () => abort.abort());
// `dreamscore ... | head` closes the pipe early: not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  root,
  print: (text) => {
    process.stdout.write(text);
  },
  stderr: process.stderr,
  workers: { url: workerBeside(import.meta.url), count: availableParallelism() },
  signal: abort.signal,
});
