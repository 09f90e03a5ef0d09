import type { BrowserWindow, WebContents } from 'electron';
import { isPage } from './address.ts';
import { createBackoff } from './backoff.ts';
import { loadPage } from './windows.ts';

export interface KeptWindow {
  /** The page, once it has loaded; null before, and while a crash is mended. */
  readonly ready: () => WebContents | null;
  readonly window: () => BrowserWindow;
  /** From now on a window that dies stays dead: the app is leaving. */
  readonly release: () => void;
}

export interface KeptWindowOptions {
  readonly name: string;
  readonly page: string;
  /** Makes a window that shows nothing yet. */
  readonly make: () => BrowserWindow;
  /** The page stands, for the first time or once more. */
  readonly loaded: () => void;
  /** A crash has been mended. */
  readonly mended: () => void;
}

/** A window that is made anew whenever its process dies. */
export const keepWindow = ({ name, page, make, loaded, mended }: KeptWindowOptions): KeptWindow => {
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
    contents.on('did-navigate', (_event, to) => {
      // Chromium asks nobody before it goes to about:blank; such a page gets no answer from main, and is sent back.
      if (isPage(to, page)) return;
      console.error(`The ${name} window went to ${to} and is brought back.`);
      loadPage(made, page);
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
    loadPage(made, page);
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
