import { shell } from 'electron';
import { basename } from 'node:path';
import type { ExportRequest, GatheringSource, studioRequests } from '../../core/ipc/contract.ts';
import type { ExportInput } from '../../core/ipc/export-messages.ts';
import { Fault } from '../../core/fault.ts';
import type { Answers } from './dispatch.ts';
import type { Desk } from './desk.ts';
import type { Dialogs } from './dialogs.ts';
import type { Exporter } from './exporter.ts';
import type { Gathering } from './gathering.ts';
import type { Handles } from './handles.ts';
import type { Presets } from './presets.ts';
import type { Sensors } from './sensors.ts';
import { sendableTake } from './sendable.ts';
import type { Takes } from './take.ts';

export interface StudioParts {
  readonly desk: Desk;
  readonly dialogs: Dialogs;
  readonly handles: Handles;
  readonly presets: Presets;
  readonly gathering: Gathering;
  readonly takes: Takes;
  readonly exporter: Exporter;
  readonly sensors: Sensors;
  /** Other sleepers are heard: the music begins anew. */
  readonly gatheringChanged: () => void;
}

const exportInput = ({ of }: ExportRequest, { takes, gathering, desk }: StudioParts): ExportInput => {
  if (of === 'source') return gathering.exportInput(desk.score(), desk.score().seed);
  const take = takes.take();
  if (take === null) throw new Fault('nothing has been played yet', 'the take', 'press Play first, or export the gathering instead');
  return { kind: 'take', take: sendableTake(take) };
};

/** What main does for the studio window, one function a channel of the contract. */
export const studioAnswers = (parts: StudioParts): Answers<typeof studioRequests> => {
  const { desk, dialogs, handles, presets, gathering, exporter } = parts;
  const useSource = async (source: GatheringSource): Promise<void> => {
    await gathering.use(source);
    parts.gatheringChanged();
  };
  return {
    'document.read': async () => desk.state(),
    'document.edit': async (edit) => desk.edit(edit),
    'document.undo': async () => desk.undo(),
    'document.redo': async () => desk.redo(),
    'document.new': async ({ preset }) => desk.begin(presets.score(preset)),
    'document.open': async () => ({ opened: await desk.open() }),
    'document.save': async () => ({ saved: await desk.save() }),
    'document.saveAs': async () => ({ saved: await desk.saveAs() }),
    'presets.list': async () => presets.list(),
    'gathering.read': async () => gathering.source(),
    'gathering.chooseNights': async () => (await dialogs.nights()).map((path) => ({ handle: handles.issue(path), name: basename(path) })),
    'gathering.use': useSource,
    'gathering.callOff': async () => gathering.callOff(),
    'room.command': async (command) => gathering.command(command),
    'export.chooseFolder': async () => {
      const path = await dialogs.exportFolder();
      return path === null ? null : { handle: handles.issue(path), name: basename(path) };
    },
    'export.start': async (request) => {
      if (request.to <= request.from) throw new Fault('the span to export is empty', 'the export', 'let it end after it begins');
      exporter.start({ input: exportInput(request, parts), title: desk.score().title, folder: handles.path(request.folder), from: request.from, to: request.to, audio: request.audio });
    },
    'export.cancel': async () => exporter.cancel(),
    'export.reveal': async () => {
      const folder = exporter.lastFolder();
      if (folder === null) throw new Fault('no export is done yet', 'the export', 'export first');
      shell.showItemInFolder(folder);
    },
    ...parts.sensors.answers,
  };
};
