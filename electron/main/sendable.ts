import type { Patch } from 'immer';
import type { Take } from '../../core/engine/take.ts';
import type { DocumentState } from '../../core/ipc/contract.ts';
import type { ExportInput } from '../../core/ipc/export-messages.ts';
import type { z } from 'zod';
import type { patchSchema } from '../../core/score/edit.ts';
import type { Score } from '../../core/score/schema.ts';

/**
 * The schemas of messages have mutable types, while a score and a take are never changed in place. A message is copied on
 * its way, so nothing can be changed through it: these two say so to the compiler, and nothing else.
 */
export const sendableScore = (score: Score): DocumentState['score'] => score as DocumentState['score'];
export const sendableTake = (take: Take): Extract<ExportInput, { kind: 'take' }>['take'] => take as Extract<ExportInput, { kind: 'take' }>['take'];

/** Patches as the contract has them: one that removes has no value. */
export const sendablePatches = (patches: readonly Patch[]): z.infer<typeof patchSchema>[] =>
  patches.map(({ op, path, value }) => (value === undefined ? { op, path: [...path] } : { op, path: [...path], value }));
