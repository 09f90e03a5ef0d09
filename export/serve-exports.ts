import { resolve } from 'node:path';
import type { GatheringInput } from '../core/engine/gathering-input.ts';
import { Fault } from '../core/fault.ts';
import { toExportSchema, type ExportInput, type FromExport, type ToExport } from '../core/ipc/export-messages.ts';
import { firstProblem } from '../core/problem.ts';
import { MICROS_PER_SECOND, micros } from '../core/units.ts';
import { Cancelled } from './cancelled.ts';
import { exportGathering } from './gathering-export.ts';
import type { RenderWorkers } from './gathering-sound.ts';

/** What Electron gives a utility process; asked for by shape, so that plain Node can stand in for it. */
export interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** Whether something is such a port. */
export const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function' && 'postMessage' in value && typeof value.postMessage === 'function';

const failure = (error: unknown): FromExport => {
  if (error instanceof Cancelled) return { kind: 'cancelled' };
  if (error instanceof Fault) return { kind: 'failed', fault: { what: error.what, where: error.where, mend: error.mend } };
  return { kind: 'failed', fault: { what: error instanceof Error ? error.message : String(error), where: 'the export', mend: 'try again, and report it if it stays' } };
};

/**
 * Serves one export at a time over a port: `start` begins it, `cancel` calls it off, the last answer is
 * `done`, `cancelled` or `failed` (see core/ipc/export-messages.ts).
 * @param open reads what an export is made from
 */
export const serveExports = (port: ParentPort, open: (input: ExportInput) => Promise<GatheringInput>, workers: RenderWorkers): void => {
  let running: AbortController | null = null;
  const answer = (message: FromExport): void => port.postMessage(message);

  const start = async (job: Extract<ToExport, { kind: 'start' }>, abort: AbortController): Promise<void> => {
    try {
      const exported = await exportGathering({
        input: await open(job.input),
        from: micros(Math.round(job.from * MICROS_PER_SECOND)),
        to: micros(Math.round(job.to * MICROS_PER_SECOND)),
        audio: job.audio,
        folder: resolve(job.folder),
        force: false,
        workers,
        onProgress: (step) => answer({ kind: 'progress', ...step }),
        signal: abort.signal,
      });
      answer({ kind: 'done', files: [...exported.files] });
    } catch (error) {
      answer(failure(error));
    } finally {
      running = null;
    }
  };

  port.on('message', ({ data }) => {
    const message = toExportSchema.safeParse(data);
    if (!message.success) {
      const { message: wrong, place } = firstProblem(message.error, 'the message');
      answer({ kind: 'failed', fault: { what: `this is no request for an export: ${wrong}`, where: place, mend: 'report this' } });
    } else if (message.data.kind === 'cancel') {
      running?.abort();
    } else if (running !== null) {
      answer({ kind: 'failed', fault: { what: 'an export is under way', where: 'the export', mend: 'wait for it, or cancel it' } });
    } else {
      running = new AbortController();
      void start(message.data, running);
    }
  });
};
