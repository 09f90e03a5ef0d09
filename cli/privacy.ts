import { parsePrivacyArguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { folderReport } from './privacy/folder.ts';
import { placeOf, readOne } from './privacy/open.ts';
import { inWords } from './privacy/words.ts';
import type { Shell } from './shell.ts';

/** A terminal is told nothing but text, whatever a file's name holds. */
const printable = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');

/** `dreamscore privacy TAKE|DIR|FILE...`: what each holds of whom, and what may be done with it. @throws Fault at the first that cannot be read, UsageFault */
export const privacy = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  const { paths, json } = parsePrivacyArguments(argv);
  for (const given of paths) {
    const { kind, path } = await placeOf(given);
    const report = kind === 'export' ? await folderReport(path) : await readOne(path);
    shell.print(json ? `${JSON.stringify(report)}\n` : printable(inWords(report)));
  }
  return EXIT.done;
};
