import { app, Menu } from 'electron';
import { join } from 'node:path';
import { enginePushes, studioPushes } from '../../core/ipc/contract.ts';
import { sensorPushes } from '../../core/ipc/sensors.ts';
import { Fault } from '../../core/fault.ts';
import { openEngineWindow, openSensorsWindow, openStudioWindow } from './app-windows.ts';
import { createDesk, type Desk } from './desk.ts';
import { createDialogs } from './dialogs.ts';
import { faultSentence } from './dispatch.ts';
import { engineAnswers } from './engine-requests.ts';
import { createExporter } from './exporter.ts';
import { openFirst } from './first-document.ts';
import { createGathering, type Gathering } from './gathering.ts';
import { firstSource, sourceAfter } from './gathering-source.ts';
import { createHandles } from './handles.ts';
import { createKeptRoom } from './kept-room.ts';
import { pusher } from './ipc.ts';
import type { KeptWindow } from './kept-window.ts';
import { guardLeaving } from './leaving.ts';
import { buildMenu, type MenuActions } from './menu.ts';
import { joinWindows } from './ports.ts';
import { BUILT_IN, readPresets } from './presets.ts';
import { createRecovery } from './recovery.ts';
import { sendablePatches } from './sendable.ts';
import { createSensors, type Sensors } from './sensors.ts';
import { createSettings } from './settings.ts';
import { studioAnswers } from './studio-requests.ts';
import { createTakes, type Takes } from './take.ts';
import { readCutOffTake } from './take-file.ts';
import { text } from './text.ts';

const AUTOSAVE_MS = 30_000;

export interface Studio {
  /** Brings the window to the front and, where a file is named, opens it. */
  readonly show: (path: string | null) => void;
}

export interface StudioPlaces {
  /** Folder of the built app. */
  readonly out: string;
  /** Folder of settings, recovery and takes. */
  readonly data: string;
  /** Score that the command line names. */
  readonly asked: string | null;
}

/**
 * Builds the whole main side and opens the studio: every part is made here, once, and handed to those who need it. The parts
 * call one another only once something happens, so that each may name one that is made further down.
 */
export const openStudio = async ({ out, data, asked }: StudioPlaces): Promise<Studio> => {
  const wall = (): number => Date.now();
  const presets = await readPresets(join(out, '..', 'presets'));
  const recovery = createRecovery(data, wall);
  const takeFolder = join(data, 'takes');
  const first = await openFirst(asked, presets.score(BUILT_IN), readCutOffTake(takeFolder, wall()), recovery);

  const tellStudio = pusher(() => studio.ready(), studioPushes);
  const tellEngine = pusher(() => engine.ready(), enginePushes);
  const notice = (tone: 'info' | 'warning', words: string): void => tellStudio('notice', { tone, text: words });
  const report = (error: unknown): void => {
    if (error instanceof Fault) return notice('warning', faultSentence(error));
    console.error('Something went wrong that was not foreseen:', error);
    return notice('warning', text.mainFailed);
  };
  /** For what nobody waits for: a menu item, a timer. */
  const attempt = (work: () => unknown): void => void Promise.resolve().then(work).catch(report);
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);

  const beginAnew = (): void => {
    takes.abandon();
    tellEngine('gathering.reset', undefined);
  };
  const keptRoom = createKeptRoom(join(data, 'room.json'));
  const kept = first.cutOff?.head.source.kind === 'live' ? keptRoom.read() : null;
  const handles = createHandles();
  const dialogs = createDialogs(() => studio.window());
  const desk: Desk = createDesk(first.opened, dialogs, recovery, {
    changed: (state) => {
      tellStudio('document.changed', state);
      drawMenu();
    },
    edited: (patches) => tellEngine('score.edited', { patches: sendablePatches(patches) }),
    replaced: beginAnew,
    notice,
  });
  const gathering: Gathering = createGathering({
    program: join(out, 'main', 'nexus.js'),
    first: first.cutOff === null ? firstSource(first.opened.score.seed) : sourceAfter(first.cutOff, wall(), kept?.source ?? null),
    firstSecret: kept?.secret ?? null,
    handles,
    engine: () => engine.ready(),
    sensors: () => sensors.page(),
    listeners: {
      ended: () => notice('info', text.nightsOver),
      mended: () => notice('warning', text.nexusBack),
      room: (view) => tellStudio('room.changed', view),
      reading: (progress) => tellStudio('gathering.reading', progress),
      refused: report,
      using: keptRoom.remember,
    },
  });
  const takes: Takes = createTakes({
    folder: takeFolder,
    beginning: () => ({ score: desk.score(), seed: desk.score().seed, source: gathering.takeSource(), pace: gathering.pace(), minimumPods: gathering.minimumPods() }),
    wall,
    cutOff: first.cutOff,
    unkept: (error) => {
      console.error('The take is not written to disk any more:', error);
      // A take that goes on from the last time is opened before there is a window to say it in.
      setTimeout(() => notice('warning', text.takeNotKept(error instanceof Error ? error.message : String(error))), 0);
    },
  });
  const sensors: Sensors = createSensors({
    open: (parts) => openSensorsWindow(out, parts),
    tell: pusher(() => sensors.page(), sensorPushes),
    changed: (view) => tellStudio('sensors.changed', view),
    loaded: () => gathering.joinSensors(),
    fell: () => notice('warning', text.sensorsFell),
  });
  const exporter = createExporter(join(out, 'main', 'export.js'), wall, (progress) => tellStudio('export.progress', progress));

  const menuActions: MenuActions = {
    begin: (preset) => attempt(() => desk.begin(presets.score(preset))),
    open: () => attempt(() => desk.open()),
    openKept: () => attempt(desk.openKept),
    save: () => attempt(desk.save),
    saveAs: () => attempt(desk.saveAs),
    undo: () => attempt(desk.undo),
    redo: () => attempt(desk.redo),
    command: (command) => tellStudio('command', command),
  };
  let drawn = '';
  /** The menu shows what undo takes back; a drag changes nothing there, and a menu is slow to draw. */
  const drawMenu = (): void => {
    const state = desk.state();
    const shown = JSON.stringify([state.undo, state.redo]);
    if (shown === drawn) return;
    drawn = shown;
    Menu.setApplicationMenu(buildMenu(state, presets.list(), !app.isPackaged, menuActions));
  };
  drawMenu();

  const engine: KeptWindow = openEngineWindow({
    out,
    answers: engineAnswers({ takes, settings: createSettings(join(data, 'settings.json')), score: desk.score, pushEdit: (patches) => tellEngine('score.edited', { patches: sendablePatches(patches) }), afterAnswer: (call) => setTimeout(call, 0) }),
    loaded: () => {
      gathering.join();
      joinWindows(studio.ready(), engine.ready());
    },
    mended: () => notice('warning', text.engineBack),
  });
  const guard = guardLeaving({
    isPlaying: takes.isPlaying,
    warn: () => notice('warning', text.closeAgain),
    leave: () => {
      clearInterval(autosaving);
      engine.release();
      studio.release();
      sensors.release();
      takes.stopped();
      gathering.dispose();
      exporter.dispose();
      desk.autosaveNow();
    },
  });
  let greeted = false;
  const studio: KeptWindow = openStudioWindow({
    out,
    placeFile: join(data, 'window.json'),
    answers: studioAnswers({
      desk, dialogs, handles, presets, gathering, takes, exporter, sensors,
      gatheringChanged: () => {
        beginAnew();
        tellStudio('gathering.changed', gathering.source());
      },
    }),
    guard,
    loaded: () => {
      joinWindows(studio.ready(), engine.ready());
      if (!greeted) first.notices.forEach(({ tone, text: words }) => notice(tone, words));
      greeted = true;
    },
  });
  const autosaving = setInterval(() => {
    desk.autosave().catch((error: unknown) => {
      console.error('Unsaved changes could not be kept aside:', error);
      notice('warning', text.notAutosaved(error instanceof Fault ? faultSentence(error) : String(error)));
    });
  }, AUTOSAVE_MS);

  return {
    show: (path) => {
      const window = studio.window();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (path !== null) attempt(() => desk.open(path));
    },
  };
};
