import { app, Menu, nativeTheme, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guardEverything } from './guards.ts';
import { scoreOf } from './flags.ts';
import { declareScheme, servePages } from './protocol.ts';
import { openStudio, type Studio } from './studio.ts';

/**
 * The main process. What must stand before the app is ready stands here, in order: one instance, the guards, the scheme of
 * the pages. Everything else is built in studio.ts.
 */
const OUT = dirname(import.meta.dirname);

const start = async (asked: string | null): Promise<Studio> => {
  await app.whenReady();
  nativeTheme.themeSource = 'dark';
  Menu.setApplicationMenu(null);
  await session.defaultSession.setProxy({ mode: 'direct' });
  await servePages(session.defaultSession, join(OUT, 'renderer'));
  const data = app.getPath('userData');
  mkdirSync(data, { recursive: true });
  return openStudio({ out: OUT, data, asked });
};

const run = (): void => {
  if (app.isPackaged) {
    // A released studio opens no door to the outside, whatever its command line says.
    for (const door of ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins']) app.commandLine.removeSwitch(door);
  }
  guardEverything();
  declareScheme();
  const asked = scoreOf(process.argv.slice(1), process.cwd(), app.getAppPath());
  const studio = start(asked);
  studio.catch((error: unknown) => {
    console.error('Dreamscore could not start:', error);
    app.exit(1);
  });
  const open = (path: string | null): void => void studio.then((opened) => opened.show(path), () => undefined);
  app.on('second-instance', (_event, words, workingFolder) => open(scoreOf(words.slice(1), workingFolder, app.getAppPath())));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('activate', () => open(null));
};

if (app.requestSingleInstanceLock()) run();
else app.exit(0);
