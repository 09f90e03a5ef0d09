import type { RenderWorkers } from '../export/gathering-sound.ts';

/** What the command needs of the world around it; the program gives the process's own, tests give theirs. */
export interface Shell {
  /** The project's folder: `presets/`, `out/` and `package.json` lie in it. */
  readonly root: string;
  readonly print: (text: string) => void;
  /** Where progress and errors go. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Who renders sound. */
  readonly workers: RenderWorkers;
  /** Aborted when a person presses Ctrl+C. */
  readonly signal: AbortSignal;
}
