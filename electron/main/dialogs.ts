import { dialog, type BrowserWindow } from 'electron';
import { existsSync } from 'node:fs';
import type { ScoreDialogs } from './desk.ts';
import { text } from './text.ts';

/** The system's dialogs. Only here does a person name a file, and only main learns where it lies. */
export interface Dialogs extends ScoreDialogs {
  readonly nights: () => Promise<readonly string[]>;
  readonly exportFolder: () => Promise<string | null>;
}

const SCORES = [{ name: text.scoreFiles, extensions: ['json'] }];
const NIGHTS = [{ name: text.nightFiles, extensions: ['edf', 'bdf', 'rec', 'json', 'tsv', 'csv', 'txt'] }];

export const createDialogs = (window: () => BrowserWindow): Dialogs => ({
  open: async (folder) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), { title: text.openTitle, filters: SCORES, properties: ['openFile'], ...(folder === null ? {} : { defaultPath: folder }) });
    return canceled ? null : (filePaths[0] ?? null);
  },
  save: async (suggestion) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window(), { title: text.saveTitle, defaultPath: suggestion, filters: SCORES, properties: ['showOverwriteConfirmation', 'createDirectory'] });
    if (canceled || filePath === '') return null;
    // The system has asked about the very name that was typed; another file is never overwritten unasked.
    const named = `${filePath}.json`;
    return filePath.toLowerCase().endsWith('.json') || existsSync(named) ? filePath : named;
  },
  nights: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), { title: text.nightsTitle, filters: NIGHTS, properties: ['openFile', 'multiSelections'] });
    return canceled ? [] : filePaths;
  },
  exportFolder: async () => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), { title: text.folderTitle, buttonLabel: text.chooseFolder, properties: ['openDirectory', 'createDirectory'] });
    return canceled ? null : (filePaths[0] ?? null);
  },
});
