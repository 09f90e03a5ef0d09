import type { BrowserWindow, WebContents } from 'electron';
import { createBackoff } from './backoff.ts';

export interface KeptWindow {
  /** The page, once it has loaded; null before, and while a crash is mended. */
  readonly ready: () => WebContents | null;
  readonly window: () => BrowserWindow;
  /** From now on a window that dies stays dead: the app is leaving. */
  readonly release: () => void;
}

export interface KeptWindowOptions {
  readonly name: string;
  /** Makes a window and begins to load its page. */
  readonly make: () => BrowserWindow;
  /** The page stands, for the first time or once more. */
  readonly loaded: () => void;
  /** A crash has been mended. */
  readonly mended: () => void;
}

/** A window that is made anew whenever its process dies. */
export const keepWindow = ({ name, make, loaded, mended }: KeptWindowOptions): KeptWindow => {
  const backoff = createBackoff();
  let released = false;
  let ready: WebContents | null = null;
  const open = (again: boolean): BrowserWindow => {
    const made = make();
    const contents = made.webContents;
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) ready = null;
    });
    let mending = again;
    contents.on('did-finish-load', () => {
      ready = contents;
      loaded();
      if (mending) mended();
      mending = false;
    });
    contents.on('preload-error', (_event, path, error) => console.error(`The preload ${path} failed:`, error));
    contents.on('render-process-gone', (_event, details) => {
      if (released || window !== made) return;
      ready = null;
      console.error(`The ${name} window is gone (${details.reason}, exit code ${details.exitCode}); it is made anew.`);
      setTimeout(() => {
        if (released) return;
        window = open(true);
        made.destroy();
      }, backoff.wait(performance.now()));
    });
    return made;
  };
  let window = open(false);
  return {
    ready: () => ready,
    window: () => window,
    release: () => {
      released = true;
    },
  };
};
