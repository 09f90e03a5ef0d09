import { join } from 'node:path';
import type { StampedInput } from '../core/engine/input.ts';
import type { TakeHead } from '../core/engine/gathering-input.ts';
import { eventLine } from '../core/events/ndjson.ts';
import { collectiveLine } from '../core/signal/ndjson.ts';
import { micros, type Micros } from '../core/units.ts';
import type { Stretch } from './composition.ts';
import { createTextFile, type FileSum, type TextFile } from './line-file.ts';
import type { Counts } from './manifest.ts';
import type { OutputFolder } from './output-folder.ts';

/** The text files of a gathering, written while it is composed. */
export interface GatheringFiles {
  readonly add: (stretch: Stretch) => Promise<void>;
  readonly close: (length: Micros) => Promise<{ readonly files: readonly (FileSum & { readonly name: string })[]; readonly counts: Counts }>;
  readonly abandon: () => Promise<void>;
}

const takeHead = ({ score, seed, source, minimumPods, substituted = 0 }: TakeHead): string =>
  `${JSON.stringify({ format: 'dreamscore-take', version: 1, score, seed, source, minimumPods, ...(substituted > 0 && { substituted }) }).slice(0, -1)},"inputs":[`;

/**
 * Opens `events.ndjson` and `collective.ndjson` (the span from `from` on) and `take.json` (the whole
 * journal, so that the take plays again exactly).
 */
export const createGatheringFiles = async (output: OutputFolder, take: TakeHead, from: Micros): Promise<GatheringFiles> => {
  const open: { readonly name: string; readonly file: TextFile }[] = [];
  const begin = async (name: string): Promise<TextFile> => {
    const file = await createTextFile(output.path(name), join(output.place, name));
    open.push({ name, file });
    return file;
  };
  const events = await begin('events.ndjson');
  const collective = await begin('collective.ndjson');
  const journal = await begin('take.json');
  const counts = { frames: 0, events: { note: 0, control: 0, tempo: 0, scene: 0, cue: 0 } };
  let inputs = 0;
  journal.add(takeHead(take));

  const addInput = (stamped: StampedInput): void => {
    journal.add(`${inputs === 0 ? '\n' : ',\n'}${JSON.stringify(stamped)}`);
    inputs += 1;
    if (stamped.input.kind !== 'frame' || stamped.effective < from) return;
    collective.add(`${collectiveLine(micros(stamped.effective), stamped.input.frame)}\n`);
    counts.frames += 1;
  };

  return {
    add: async (stretch) => {
      for (const stamped of stretch.inputs) addInput(stamped);
      for (const event of stretch.events) {
        if (event.t < from) continue;
        events.add(`${eventLine(event)}\n`);
        counts.events[event.kind] += 1;
      }
      for (const { file } of open) await file.drain();
    },
    close: async (length) => {
      journal.add(`\n],"length":${length}}\n`);
      const files = [];
      for (const { name, file } of open) files.push({ name, ...(await file.close()) });
      return { files, counts };
    },
    abandon: async () => {
      for (const { file } of open) await file.abandon();
    },
  };
};
