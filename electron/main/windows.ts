import { app, BrowserWindow, screen, type WebPreferences } from 'electron';
import type { Requests } from '../../core/ipc/contract.ts';
import { CHANNELS_ARGUMENT, type ChannelNames } from '../preload/channels.ts';
import { readPlace, writePlace } from './window-place.ts';

/** The colour before a page has drawn: as dark as the room it may stand in. */
const NIGHT = '#0b0907';

export interface Contract {
  readonly requests: Requests;
  readonly pushes: Readonly<Record<string, unknown>>;
}

/** Web Bluetooth, which is on in some systems and off in others: here it is off but for the page that holds sensors. */
const BLUETOOTH = 'WebBluetooth';

/** What every page gets, and no page gets more. */
const preferences = (preload: string, contract: Contract): WebPreferences => {
  const names: ChannelNames = { requests: Object.keys(contract.requests), pushes: Object.keys(contract.pushes) };
  return {
    preload,
    additionalArguments: [CHANNELS_ARGUMENT + JSON.stringify(names)],
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    devTools: !app.isPackaged,
    disableBlinkFeatures: BLUETOOTH,
  };
};

/** The studio's window, where it stood last; it shows itself once there is something to see. */
export const makeStudioWindow = (preload: string, contract: Contract, placeFile: string): BrowserWindow => {
  const place = readPlace(placeFile, screen.getAllDisplays().map((display) => display.workArea));
  const window = new BrowserWindow({
    width: place?.width ?? 1360,
    height: place?.height ?? 860,
    ...(place === null ? {} : { x: place.x, y: place.y }),
    minWidth: 640,
    minHeight: 480,
    title: 'Dreamscore',
    backgroundColor: NIGHT,
    show: false,
    // A white bar would light up a dark room; Alt brings it.
    autoHideMenuBar: true,
    webPreferences: preferences(preload, contract),
  });
  if (place?.maximised === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writePlace(placeFile, { ...window.getNormalBounds(), maximised: window.isMaximized() }));
  return window;
};

/** The engine's window: never seen, never slowed down, and free to sound without a click of its own. */
export const makeEngineWindow = (preload: string, contract: Contract): BrowserWindow =>
  new BrowserWindow({
    width: 400,
    height: 300,
    title: 'Dreamscore engine',
    show: false,
    skipTaskbar: true,
    focusable: false,
    backgroundColor: NIGHT,
    webPreferences: { ...preferences(preload, contract), backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
  });

/** The window that holds Bluetooth sensors: never seen, never slowed down, and the only one with Web Bluetooth. */
export const makeSensorsWindow = (preload: string, contract: Contract): BrowserWindow => {
  const { disableBlinkFeatures: _, ...rest } = preferences(preload, contract);
  return new BrowserWindow({
    width: 400,
    height: 300,
    title: 'Dreamscore sensors',
    show: false,
    skipTaskbar: true,
    focusable: false,
    backgroundColor: NIGHT,
    webPreferences: { ...rest, enableBlinkFeatures: BLUETOOTH, backgroundThrottling: false },
  });
};

export const loadPage = (window: BrowserWindow, page: string): void => {
  window.loadURL(page).catch((error: unknown) => {
    if (!window.isDestroyed()) console.error(`${page} did not load:`, error);
  });
};
