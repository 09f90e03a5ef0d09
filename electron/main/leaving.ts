import { app, type BrowserWindow } from 'electron';

/** Two closings within this time mean it. */
const AGAIN_MS = 6000;

export interface LeavingOptions {
  readonly isPlaying: () => boolean;
  /** Says that the music plays, and that closing once more ends it: no dialog stands in the way of a performer. */
  readonly warn: () => void;
  /** Keeps what is unsaved and ends what runs. Called once. */
  readonly leave: () => void;
}

/** Sees to it that nothing is lost on leaving, and that a slip of the hand does not end a performance. */
export const guardLeaving = ({ isPlaying, warn, leave }: LeavingOptions): ((window: BrowserWindow) => void) => {
  let leaving = false;
  let warnedAt = Number.NEGATIVE_INFINITY;
  app.on('before-quit', () => {
    if (leaving) return;
    leaving = true;
    leave();
  });
  app.on('window-all-closed', () => app.quit());
  return (window) => {
    window.on('close', (event) => {
      if (leaving) return;
      const now = performance.now();
      if (isPlaying() && now - warnedAt >= AGAIN_MS) {
        event.preventDefault();
        warnedAt = now;
        warn();
        return;
      }
      // The engine's hidden window would keep the app alive, with no way to end it.
      app.quit();
    });
  };
};
