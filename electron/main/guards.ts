import { app, type Session, type WebContents } from 'electron';
import { ENGINE_PAGE, isPage, ORIGIN, SENSORS_PAGE } from './address.ts';

/**
 * What no page may do, whatever went wrong in it: go elsewhere, open windows, ask the system for more
 * than MIDI, reach a network. Each guard refuses all and then allows the little that is needed.
 */

/** Permissions, and the only page that has them. */
const ALLOWED: ReadonlySet<string> = new Set(['midi', 'midiSysex']);

/** True where this permission may be had by this page. */
export const permits = (permission: string, page: string): boolean => ALLOWED.has(permission) && isPage(page, ENGINE_PAGE);

/** True for what a page may load. `devtools:` is the inspector's own, which packaged builds do not open. */
export const loads = (address: string): boolean => address.startsWith(`${ORIGIN}/`) || address.startsWith(`blob:${ORIGIN}/`) || address.startsWith('devtools:');

const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const granted = details.isMainFrame && permits(permission, details.requestingUrl) && isPage(contents.getURL(), ENGINE_PAGE);
    if (!granted) console.error(`Refused the permission "${permission}" to ${details.requestingUrl}`);
    answer(granted);
  });
  session.setPermissionCheckHandler((contents, permission) => contents !== null && permits(permission, contents.getURL()));
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setCertificateVerifyProc((_request, answer) => answer(-2));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    event.preventDefault();
    console.error(`Refused a download of ${item.getMimeType()}`);
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !loads(details.url);
    if (cancel) console.error(`Refused to load ${details.url}`);
    answer({ cancel });
  });
};

const guardContents = (contents: WebContents): void => {
  const stay = (event: { preventDefault: () => void }, to: string): void => {
    // A page may load itself anew; that is how a view recovers.
    if (to === contents.getURL()) return;
    event.preventDefault();
    console.error(`Refused to go to ${to}`);
  };
  contents.on('will-frame-navigate', (details) => stay(details, details.url));
  contents.on('will-redirect', (details) => stay(details, details.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    console.error(`Refused a new window for ${url}`);
    return { action: 'deny' };
  });
  // Chromium asks for no permission before Bluetooth, only which device it shall be. The sensors page has a chooser of its own.
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    if (isPage(contents.getURL(), SENSORS_PAGE)) return;
    answer('');
    console.error(`Refused Bluetooth to ${contents.getURL()}`);
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
};

/** Guards every session and every page from the moment it is made. To be called before the app is ready. */
export const guardEverything = (): void => {
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
};
