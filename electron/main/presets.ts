import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PresetSummary } from '../../core/ipc/contract.ts';
import { Fault } from '../../core/fault.ts';
import type { Score } from '../../core/score/schema.ts';
import { readScore } from './score-file.ts';

/** The score that lies open the first time. */
export const BUILT_IN = 'first-light';


export interface Presets {
  readonly list: () => PresetSummary[];
  /** @throws Fault where there is no preset of this name */
  readonly score: (id: string) => Score;
}

/** Reads the scores that ship with the app; their names are the names of their files. @throws Fault where one is broken */
export const readPresets = async (folder: string): Promise<Presets> => {
  const names = (await readdir(folder)).filter((name) => /^[a-z0-9-]{1,60}\.json$/.test(name)).toSorted();
  const presets = new Map(await Promise.all(names.map(async (name): Promise<[string, Score]> => [name.slice(0, -'.json'.length), await readScore(join(folder, name))])));
  return {
    list: () => [...presets].map(([id, { title, story, credits, licence }]) => ({ id, title, story, credits: [...credits], licence })),
    score: (id) => {
      const score = presets.get(id);
      if (score === undefined) throw new Fault('there is no such preset', id, `choose one of: ${[...presets.keys()].join(', ')}`);
      return score;
    },
  };
};
