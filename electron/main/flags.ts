import { resolve } from 'node:path';

/**
 * The score that a command line names: `--score FILE`, `--score=FILE`, or a file as the only plain word. Null where
 * it names none. Switches of Chromium and the app's own folder may stand among the words.
 * @param words the command line without the program. @param appFolder folder of the app, `.` in a checkout
 */
export const scoreOf = (words: readonly string[], workingFolder: string, appFolder: string): string | null => {
  let plain: string | null = null;
  for (const [index, word] of words.entries()) {
    if (word.startsWith('--score=')) return resolve(workingFolder, word.slice('--score='.length));
    if (word === '--score') {
      const next = words[index + 1];
      return next === undefined || next.startsWith('-') ? null : resolve(workingFolder, next);
    }
    if (word.startsWith('-') || word === '' || resolve(workingFolder, word) === resolve(appFolder)) continue;
    plain ??= resolve(workingFolder, word);
  }
  return plain;
};
