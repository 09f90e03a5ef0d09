/**
 * An error that a person can act on: what went wrong, where, and how to mend it. Everything that
 * refuses input from outside throws one of these, and every face (command line, studio) prints it.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly what: string,
    readonly where: string,
    readonly mend: string,
    options?: ErrorOptions,
  ) {
    super(`${what}: ${where}: ${mend}`, options);
  }
}
