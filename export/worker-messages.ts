import type { Chunk, HostJob } from './layer-host.ts';

/** What a render worker is told: its job as `workerData`, then how many chunks are mixed. */
export interface ToWorker {
  readonly mixed: number;
}

/** What a render worker says. `code` is the system's error code where there is one (ENOSPC, EACCES). */
export type FromWorker =
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined };

/** Chunks that a worker may be ahead of the mix. */
export const CHUNKS_AHEAD = 4;

export type WorkerJob = HostJob;
