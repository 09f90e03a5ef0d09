import { enablePatches, produceWithPatches, applyPatches, type Patch } from 'immer';
import { z } from 'zod';
import { Fault } from '../fault.ts';
import { parseScore, type Score } from './schema.ts';

enablePatches();

const step = z.union([z.string().max(60), z.int().min(0).max(1000)]);
const path = z.array(step).min(1).max(8);

/** One change of a score: `set` a field, `insert` into a list or record, `remove` from one. */
export const editSchema = z.strictObject({
  /** What the undo menu calls it: "Move Pad's level". */
  label: z.string().min(1).max(80),
  /** Edits with the same gesture (a drag) undo as one. */
  gesture: z.string().max(60).optional(),
  changes: z
    .array(
      z.discriminatedUnion('op', [
        z.strictObject({ op: z.literal('set'), path, value: z.json() }),
        z.strictObject({ op: z.literal('insert'), path, value: z.json() }),
        z.strictObject({ op: z.literal('remove'), path }),
      ]),
    )
    .min(1)
    .max(64),
});
export type Edit = z.infer<typeof editSchema>;

/** An immer patch as it travels and is journalled. */
export const patchSchema = z.strictObject({
  op: z.enum(['replace', 'remove', 'add']),
  path: z.array(step).max(8),
  value: z.json().optional(),
});

type Container = Record<string | number, unknown>;
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const applyChange = (root: Container, change: Edit['changes'][number]): void => {
  const last = change.path[change.path.length - 1];
  let at: unknown = root;
  for (const key of change.path.slice(0, -1)) {
    at = isContainer(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  // A list is addressed by whole numbers within it, and one past its end to add: a `length` of billions would keep main busy for good.
  const inList = !Array.isArray(at) || (typeof last === 'number' && last <= at.length);
  if (!isContainer(at) || last === undefined || last === '__proto__' || !inList) {
    throw new Fault('there is nothing to edit', change.path.join('.'), 'reload the view: the score has changed meanwhile');
  }
  if (Array.isArray(at) && typeof last === 'number') {
    if (change.op === 'remove') at.splice(last, 1);
    else if (change.op === 'insert') at.splice(last, 0, change.value);
    else at[last] = change.value;
  } else if (change.op === 'remove') {
    delete at[last];
  } else {
    at[last] = change.value;
  }
};

export interface Edited {
  readonly score: Score;
  readonly patches: Patch[];
  readonly inverse: Patch[];
}

/**
 * The score after an edit, with the patches there and back.
 * @throws Fault where the edit points at nothing or the result is no valid score.
 */
export const applyEdit = (score: Score, edit: Edit): Edited => {
  const [next, patches, inverse] = produceWithPatches(score, (draft) => {
    for (const change of edit.changes) applyChange(draft as unknown as Container, change);
  });
  parseScore(next, edit.label);
  return { score: next, patches, inverse };
};

/** The score after patches made by `applyEdit`. @throws Fault where they fit nowhere or the result is no valid score. */
export const patchScore = (score: Score, patches: readonly Patch[]): Score => {
  let next: Score;
  try {
    next = applyPatches(score, patches);
  } catch (error) {
    throw new Fault('this edit does not fit the score', patches[0]?.path.join('.') ?? 'an edit', 'it was made for another score: use the take or the score that it belongs to', { cause: error });
  }
  parseScore(next, 'an edit');
  return next;
};
