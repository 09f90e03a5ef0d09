import type { ExitCode } from './exit.ts';
import { gather } from './gather.ts';
import type { Shell } from './shell.ts';

/** `dreamscore compose`: a gathering as MIDI and as text. */
export const compose = (argv: readonly string[], shell: Shell): Promise<ExitCode> => gather(argv, 'compose', shell);
