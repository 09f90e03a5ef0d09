import type { BrowserWindow } from 'electron';
import { join } from 'node:path';
import { engineRequests, enginePushes, studioPushes, studioRequests } from '../../core/ipc/contract.ts';
import { sensorPushes, sensorRequests } from '../../core/ipc/sensors.ts';
import { ENGINE_PAGE, SENSORS_PAGE, STUDIO_PAGE } from './address.ts';
import type { Answers } from './dispatch.ts';
import { answerWindow } from './ipc.ts';
import { keepWindow, type KeptWindow } from './kept-window.ts';
import type { SensorsWindowParts } from './sensors.ts';
import { makeEngineWindow, makeSensorsWindow, makeStudioWindow } from './windows.ts';

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

/** The hidden window that holds Bluetooth sensors, through reloads of the studio. */
export const openSensorsWindow = (out: string, { answers, select, loaded, mended }: SensorsWindowParts): KeptWindow =>
  keepWindow({
    name: 'sensors',
    page: SENSORS_PAGE,
    make: () => {
      const window = makeSensorsWindow(join(out, 'preload', 'sensors.cjs'), { requests: sensorRequests, pushes: sensorPushes });
      answerWindow(window.webContents, SENSORS_PAGE, sensorRequests, answers);
      window.webContents.on('select-bluetooth-device', select);
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
