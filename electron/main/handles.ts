import { randomUUID } from 'node:crypto';
import { Fault } from '../../core/fault.ts';

/** Names for files and folders that a person chose in a dialog. Windows know these names and never a path. */
export interface Handles {
  readonly issue: (path: string) => string;
  /** @throws Fault where main never issued this handle, or so long ago that it is forgotten. */
  readonly path: (handle: string) => string;
}

/** @param limit handles remembered at once; the oldest are forgotten first. */
export const createHandles = (limit = 4096): Handles => {
  const paths = new Map<string, string>();
  return {
    issue: (path) => {
      const handle = randomUUID();
      paths.set(handle, path);
      const oldest = paths.keys().next();
      if (paths.size > limit && oldest.done !== true) paths.delete(oldest.value);
      return handle;
    },
    path: (handle) => {
      const path = paths.get(handle);
      if (path === undefined) throw new Fault('this file was not chosen here', 'the file handle', 'choose the file or folder again');
      return path;
    },
  };
};
