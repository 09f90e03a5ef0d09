/** A value that may be logged: numbers, yes and no, and words that the Nexus itself chose. Never what came from outside. */
export type Logged = number | boolean | string | null;

/** One event as one line of JSON. Nothing of a pod is ever in it: no id, no address, no payload, no reading. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, Logged>>): void;
  warn(event: string, fields?: Readonly<Record<string, Logged>>): void;
}

/** @param unixNow milliseconds since 1970 */
export const createLog = (write: (line: string) => void, unixNow: () => number): Log => {
  const at = (level: 'info' | 'warn') => (event: string, fields: Readonly<Record<string, Logged>> = {}): void =>
    write(`${JSON.stringify({ time: new Date(unixNow()).toISOString(), level, event, ...fields })}\n`);
  return { info: at('info'), warn: at('warn') };
};
