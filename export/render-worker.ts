import { parentPort, workerData } from 'node:worker_threads';
import { hostLayers } from './layer-host.ts';
import { createTurns } from './turns.ts';
import type { FromWorker, ToWorker, WorkerJob } from './worker-messages.ts';

/** Entry of a render worker thread: renders its layers and hands their chunks to whoever started it. */
const run = async (): Promise<void> => {
  const port = parentPort;
  if (port === null) throw new Error('the render worker runs as a worker thread only');
  const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const turns = createTurns();
  port.on('message', ({ mixed }: ToWorker) => turns.mixed(mixed));
  try {
    // The starter is our own code and types what it passes.
    const job: WorkerJob = workerData;
    await hostLayers(job, {
      turn: turns.turn,
      send: (chunk) => say({ kind: 'chunk', chunk }, [chunk.left.buffer, chunk.right.buffer]),
    });
    say({ kind: 'done' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error), code });
  }
  port.close();
};

await run();
