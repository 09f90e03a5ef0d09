import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '../core/fault.ts';
import { parseFileArgument } from './arguments.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { loadScore } from './presets.ts';
import type { Shell } from './shell.ts';

type OpenStudio = (root: string, files: readonly string[]) => Promise<number>;

const openStudioOf = (loaded: unknown): OpenStudio | null => {
  if (typeof loaded !== 'object' || loaded === null || !('openStudio' in loaded) || typeof loaded.openStudio !== 'function') return null;
  const { openStudio } = loaded;
  return async (root, files) => Number(await openStudio(root, files));
};

/** `dreamscore studio [FILE]`: opens the studio and stays until it is closed. @throws Fault where the file is no score or the studio cannot open */
export const studio = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  const file = parseFileArgument(argv, 'studio');
  // A file that the studio would refuse is refused here, where the person is looking.
  if (file !== null) await loadScore(resolve(file), join(shell.root, 'presets'));
  const starter = join(shell.root, 'scripts', 'start.mjs');
  if (!existsSync(starter)) throw new Fault('the studio is not part of this installation', starter, 'run it from a full checkout: npm start');
  const loaded: unknown = await import(pathToFileURL(starter).href);
  const openStudio = openStudioOf(loaded);
  if (openStudio === null) throw new Fault('the studio cannot be opened', starter, 'restore that file from the checkout');
  const code = await openStudio(shell.root, file === null ? [] : [resolve(file)]);
  return code === 0 ? EXIT.done : EXIT.failed;
};
