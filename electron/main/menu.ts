import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { z } from 'zod';
import type { DocumentState, PresetSummary, studioPushes } from '../../core/ipc/contract.ts';
import { text } from './text.ts';

export type Command = z.infer<(typeof studioPushes)['command']>;

export interface MenuActions {
  readonly begin: (preset: string) => void;
  readonly open: () => void;
  readonly openKept: () => void;
  readonly save: () => void;
  readonly saveAs: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly command: (command: Command) => void;
}

/**
 * An item with its shortcut. The studio's own keyboard handler acts on the keys, since it alone knows whether a text is
 * being typed; here they are only shown (macOS acts on those that the studio leaves).
 */
const item = (label: string, accelerator: string, click: () => void): MenuItemConstructorOptions => ({ label, accelerator, registerAccelerator: false, click });

const fileMenu = (presets: readonly PresetSummary[], actions: MenuActions): MenuItemConstructorOptions => ({
  label: text.file,
  submenu: [
    { label: text.newFrom, submenu: presets.map(({ id, title }) => ({ label: title, click: () => actions.begin(id) })) },
    item(text.open, 'CmdOrCtrl+O', actions.open),
    { label: text.openKept, click: actions.openKept },
    { type: 'separator' },
    item(text.save, 'CmdOrCtrl+S', actions.save),
    item(text.saveAs, 'CmdOrCtrl+Shift+S', actions.saveAs),
    { type: 'separator' },
    process.platform === 'darwin' ? { role: 'close' } : { role: 'quit', label: text.quit, accelerator: 'CmdOrCtrl+Q' },
  ],
});

const editMenu = (state: DocumentState, actions: MenuActions): MenuItemConstructorOptions => ({
  label: text.edit,
  submenu: [
    { ...item(state.undo === null ? text.undo : text.undoThis(state.undo), 'CmdOrCtrl+Z', actions.undo), enabled: state.undo !== null },
    { ...item(state.redo === null ? text.redo : text.redoThis(state.redo), 'CmdOrCtrl+Shift+Z', actions.redo), enabled: state.redo !== null },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ],
});

const goMenu = (actions: MenuActions): MenuItemConstructorOptions => ({
  label: text.go,
  submenu: (['perform', 'compose', 'gathering', 'library', 'export'] as const).map((place, index) =>
    item(text.places[place], `CmdOrCtrl+${index + 1}`, () => actions.command(`place-${place}`)),
  ),
});

const performanceMenu = (actions: MenuActions): MenuItemConstructorOptions => ({
  label: text.performance,
  submenu: [
    item(text.play, 'Space', () => actions.command('play')),
    item(text.fade, 'Shift+Space', () => actions.command('fade')),
    item(text.panic, 'Ctrl+.', () => actions.command('panic')),
  ],
});

const viewMenu = (inspect: boolean): MenuItemConstructorOptions => ({
  label: text.view,
  submenu: [{ role: 'togglefullscreen' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, ...(inspect ? [{ role: 'toggleDevTools' } as const] : [])],
});

/** The menu of the app, for what is open now. @param inspect whether the inspector may be opened */
export const buildMenu = (state: DocumentState, presets: readonly PresetSummary[], inspect: boolean, actions: MenuActions): Menu =>
  Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    fileMenu(presets, actions),
    editMenu(state, actions),
    goMenu(actions),
    performanceMenu(actions),
    viewMenu(inspect),
    { role: 'windowMenu', label: text.window },
  ]);
