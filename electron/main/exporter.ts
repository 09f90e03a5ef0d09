import { utilityProcess, type UtilityProcess } from 'electron';
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExportProgress } from '../../core/ipc/contract.ts';
import { fromExportSchema, type ExportInput, type FromExport, type ToExport } from '../../core/ipc/export-messages.ts';
import { Fault } from '../../core/fault.ts';
import { fileNameOf } from './score-file.ts';

/** An export that does not heed a cancel for so long is ended. */
const CANCEL_MS = 5000;

export interface ExportJob {
  readonly input: ExportInput;
  readonly title: string;
  /** Folder that a person chose; the files get a folder of their own in it. */
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  readonly audio: boolean;
}

export interface Exporter {
  /** @throws Fault where one is under way already */
  readonly start: (job: ExportJob) => void;
  readonly cancel: () => void;
  /** Folder of the last export that was finished; null before. */
  readonly lastFolder: () => string | null;
  readonly dispose: () => void;
}

/** `first-light 2026-11-23 21.04.17`: no export ever meets another one's files. */
const folderName = (title: string, wall: number): string => `${fileNameOf(title).replace(/\.json$/, '')} ${new Date(wall).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')}`;

/** What a process that was ended left half made; a folder that holds anything else stays. */
const removeUnfinished = (folder: string): void => {
  try {
    for (const name of readdirSync(folder)) if (name.startsWith('.dreamscore-part-')) rmSync(join(folder, name), { recursive: true, force: true });
    rmdirSync(folder);
  } catch (error) {
    if (existsSync(folder)) console.error('Some of an unfinished export stayed behind:', error);
  }
};

/** Runs one export at a time in a process of its own, so that neither the music nor the windows wait for it. */
export const createExporter = (program: string, wall: () => number, report: (progress: ExportProgress) => void): Exporter => {
  let running: UtilityProcess | null = null;
  let cancelled = false;
  let last: string | null = null;

  const start = (job: ExportJob): void => {
    if (running !== null) throw new Fault('an export is under way already', 'the export', 'wait for it, or cancel it');
    const folder = join(job.folder, folderName(job.title, wall()));
    const named = basename(folder);
    const child = utilityProcess.fork(program, [], { serviceName: 'Dreamscore export', stdio: 'inherit' });
    running = child;
    cancelled = false;
    let progress: ExportProgress = { state: 'composing', done: 0, left: null, files: [], folder: named, fault: null };
    const tell = (change: Partial<ExportProgress>): void => {
      progress = { ...progress, ...change };
      report(progress);
    };
    /** The last word of a job; whatever the process still says or does after it is not heard. */
    const finish = (change: Partial<ExportProgress>): void => {
      if (running !== child) return;
      running = null;
      child.kill();
      tell({ left: null, ...change });
    };
    const hear = (message: FromExport): void => {
      if (message.kind === 'progress') tell({ state: message.state, done: message.done, left: message.left });
      else if (message.kind === 'cancelled') finish({ state: 'cancelled' });
      else if (message.kind === 'failed') finish({ state: 'failed', fault: message.fault });
      else {
        last = folder;
        finish({ state: 'done', done: 1, files: message.files });
      }
    };
    child.on('message', (data: unknown) => {
      const message = fromExportSchema.safeParse(data);
      if (running !== child) return;
      if (message.success) hear(message.data);
      else console.error('A message of the export was not understood:', message.error.message);
    });
    child.on('exit', (code) => {
      if (running !== child) return;
      removeUnfinished(folder);
      if (cancelled) finish({ state: 'cancelled' });
      else finish({ state: 'failed', fault: { what: `the export ended before it was done (exit code ${code})`, where: named, mend: 'try again; if it happens again, export a shorter span' } });
    });
    child.once('spawn', () => child.postMessage({ kind: 'start', input: job.input, folder, from: job.from, to: job.to, audio: job.audio } satisfies ToExport));
    tell({});
  };
  return {
    start,
    cancel: () => {
      const child = running;
      if (child === null) return;
      cancelled = true;
      child.postMessage({ kind: 'cancel' } satisfies ToExport);
      setTimeout(() => {
        if (running === child) child.kill();
      }, CANCEL_MS);
    },
    lastFolder: () => last,
    dispose: () => {
      const child = running;
      running = null;
      child?.kill();
    },
  };
};
