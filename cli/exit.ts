/** What the command's exit code says. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was used wrongly: what, where on the command line, and how it is meant. Ends with code 2. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
  constructor(
    readonly what: string,
    readonly where: string,
    readonly mend: string,
  ) {
    super(`${what}: ${where}: ${mend}`);
  }
}
