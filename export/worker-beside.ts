import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The built render worker beside a built program; null where there is none, as when run from the sources. */
export const workerBeside = (program: string): URL | null => {
  const worker = join(dirname(fileURLToPath(program)), 'render-worker.js');
  return existsSync(worker) ? pathToFileURL(worker) : null;
};
