import { version } from '../package.json';
import { Fault } from '../core/fault.ts';
import { Cancelled } from '../export/cancelled.ts';
import { check } from './check.ts';
import { compose } from './compose.ts';
import { EXIT, UsageFault, type ExitCode } from './exit.ts';
import { helpText } from './help.ts';
import { privacy } from './privacy.ts';
import { nexus } from './nexus.ts';
import { render } from './render.ts';
import type { Shell } from './shell.ts';
import { studio } from './studio.ts';

const COMMANDS: Readonly<Record<string, (argv: readonly string[], shell: Shell) => Promise<ExitCode>>> = { compose, render, studio, nexus, check, privacy };

const isHelp = (word: string): boolean => word === '--help' || word === '-h';

const run = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  const [command, ...rest] = argv;
  if (command === undefined) throw new UsageFault('a command is missing', 'the command line', 'see dreamscore --help');
  if (command === '--version') {
    shell.print(`${version}\n`);
    return EXIT.done;
  }
  if (isHelp(command) || command === 'help') {
    shell.print(helpText(rest[0] ?? null));
    return EXIT.done;
  }
  const does = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (does === undefined) throw new UsageFault('there is no such command', command, `take one of ${Object.keys(COMMANDS).join(', ')}; see dreamscore --help`);
  if (rest.some(isHelp)) {
    shell.print(helpText(command));
    return EXIT.done;
  }
  return does(rest, shell);
};

/** One line, whatever a message holds: some quote a file's own text. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');

/**
 * The whole command: runs what `argv` (without program names) asks for and gives the exit code. Every
 * failure is one line on stderr: what, where, how to mend.
 */
export const main = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  try {
    return await run(argv, shell);
  } catch (error) {
    const say = (line: string): void => {
      shell.stderr.write(`dreamscore: ${oneLine(line)}\n`);
    };
    if (error instanceof UsageFault) {
      say(error.message);
      return EXIT.wrongUse;
    }
    if (error instanceof Cancelled) say('cancelled: nothing was written: run it again for the files');
    else if (error instanceof Fault) say(error.message);
    else say(`this is a fault of Dreamscore itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}: please report it with this line`);
    return EXIT.failed;
  }
};
