import { Fault } from '../core/fault.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** What the system's refusals mean to a person: the fault and how to mend it. */
const READING: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['there is no such file', 'check its name and place'],
  EISDIR: ['this is a folder, not a file', 'name a file in it'],
  ENOTDIR: ['there is no such file', 'check its name and place'],
  EACCES: ['this file may not be read', 'allow yourself to read it'],
  EPERM: ['this file may not be read', 'allow yourself to read it'],
};
const WRITING: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['the disk is full', 'free some space or choose a folder on another disk'],
  EDQUOT: ['your share of the disk is used up', 'free some space or choose a folder on another disk'],
  EFBIG: ['the disk takes no file as large as this', 'choose a folder on another disk, or a shorter span'],
  EACCES: ['this folder may not be written to', 'choose another folder, or allow yourself to write there'],
  EPERM: ['this folder may not be written to', 'choose another folder, or allow yourself to write there'],
  EROFS: ['this disk can only be read', 'choose a folder on another disk'],
  ENOTDIR: ['a file stands where a folder is needed', 'choose another folder'],
  EEXIST: ['a file stands where a folder is needed', 'choose another folder'],
  ENOENT: ['no folder can be made here', 'choose another folder'],
  EMFILE: ['too many files are open', 'close other programs and try again'],
};

const fault = (table: Readonly<Record<string, readonly [string, string]>>, deed: string, error: unknown, where: string): Fault => {
  if (error instanceof Fault) return error;
  const known = table[codeOf(error)];
  if (known !== undefined) return new Fault(known[0], where, known[1], { cause: error });
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return new Fault(`this could not be ${deed} (${said})`, where, 'try again, or choose another place', { cause: error });
};

/** A system's error on reading, as a Fault that names the file. */
export const readingFault = (error: unknown, where: string): Fault => fault(READING, 'read', error, where);
/** A system's error on writing, as a Fault that names the file or folder. */
export const writingFault = (error: unknown, where: string): Fault => fault(WRITING, 'written', error, where);
