import type { ExitCode } from './exit.ts';
import { gather } from './gather.ts';
import type { Shell } from './shell.ts';

/** `dreamscore render`: the same as `compose`, and the sound of each layer with the mix. */
export const render = (argv: readonly string[], shell: Shell): Promise<ExitCode> => gather(argv, 'render', shell);
