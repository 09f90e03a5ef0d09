/** An error of a request in words. Electron puts its own channel's name before what main said; people need only the latter. */
export const readableError = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Error invoking remote method '[^']*': /, '').replace(/^(?:Fault|Error): /, '');
};
