import type { BrowserWindow } from 'electron';
import { join } from 'node:path';
import { engineRequests, enginePushes, studioPushes, studioRequests } from '../../core/ipc/contract.ts';
import { ENGINE_PAGE, STUDIO_PAGE } from './address.ts';
import type { Answers } from './dispatch.ts';
import { answerWindow } from './ipc.ts';
import { keepWindow, type KeptWindow } from './kept-window.ts';
import { makeEngineWindow, makeStudioWindow } from './windows.ts';

export interface EngineWindowOptions {
  /** Folder of the built app. */
  readonly out: string;
  readonly answers: Answers<typeof engineRequests>;
  readonly loaded: () => void;
  readonly mended: () => void;
}

/** The hidden window that makes the music. */
export const openEngineWindow = ({ out, answers, loaded, mended }: EngineWindowOptions): KeptWindow =>
  keepWindow({
    name: 'engine',
    page: ENGINE_PAGE,
    make: () => {
      const window = makeEngineWindow(join(out, 'preload', 'engine.cjs'), { requests: engineRequests, pushes: enginePushes });
      answerWindow(window.webContents, ENGINE_PAGE, engineRequests, answers);
      return window;
    },
    loaded,
    mended,
  });

export interface StudioWindowOptions {
  readonly out: string;
  /** File that remembers where the window stood. */
  readonly placeFile: string;
  readonly answers: Answers<typeof studioRequests>;
  readonly loaded: () => void;
  /** Watches over the closing of each window that is made. */
  readonly guard: (window: BrowserWindow) => void;
}

/** The window that a person sees. */
export const openStudioWindow = ({ out, placeFile, answers, loaded, guard }: StudioWindowOptions): KeptWindow =>
  keepWindow({
    name: 'studio',
    page: STUDIO_PAGE,
    make: () => {
      const window = makeStudioWindow(join(out, 'preload', 'studio.cjs'), { requests: studioRequests, pushes: studioPushes }, placeFile);
      answerWindow(window.webContents, STUDIO_PAGE, studioRequests, answers);
      guard(window);
      return window;
    },
    loaded,
    mended: () => undefined,
  });
