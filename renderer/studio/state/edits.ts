import type { Edit } from '../../../core/score/edit.ts';
import type { Binding, BindingTarget, Layer, Macro, Mapping, Rule, Scene, Score } from '../../../core/score/schema.ts';
import { text } from '../text/text.ts';

/**
 * Makers of edits: what a hand did, as paths and values that main applies, undoes and sends to the
 * engine. A `gesture` joins the many steps of one drag into one undo.
 */
export type PathStep = string | number;
type Json = Extract<Edit['changes'][number], { op: 'set' }>['value'];

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
const label = (words: string): string => words.slice(0, 80);

export const setEdit = (words: string, path: readonly PathStep[], value: unknown, gesture?: string): Edit => ({
  label: label(words),
  ...(gesture === undefined ? {} : { gesture: gesture.slice(0, 60) }),
  changes: [{ op: 'set', path: [...path], value: json(value) }],
});

const insertEdit = (words: string, path: readonly PathStep[], value: unknown): Edit => ({ label: label(words), changes: [{ op: 'insert', path: [...path], value: json(value) }] });

/** An id that none of `items` bears, after `base`: `bells`, `bells-2`, `bells-3`. */
export const freeId = (base: string, items: readonly { readonly id: string }[]): string => {
  const taken = new Set(items.map((item) => item.id));
  const stem = base.replace(/-\d+$/, '').slice(0, 34);
  let candidate = stem;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${stem}-${count}`;
  return candidate;
};

const atMost60 = (name: string): string => name.slice(0, 60);

export const duplicateLayerEdit = (score: Score, index: number): Edit | null => {
  const layer = score.layers[index];
  if (layer === undefined) return null;
  const copy: Layer = { ...layer, id: freeId(layer.id, score.layers), name: atMost60(text.edits.copyOf(layer.name)) };
  return insertEdit(text.edits.duplicate(layer.name), ['layers', index + 1], copy);
};

export const addLayerEdit = (score: Score): Edit => {
  const layer: Layer = {
    id: freeId('layer', score.layers),
    name: text.edits.newLayer,
    generator: 'chords',
    instrument: 'pad',
    range: [48, 72],
    parameters: { level: 0.6, brightness: 0.4, motion: 0.3, room: 0.5, density: 0.5, variety: 0.5, register: 0.5, dynamics: 0.5 },
    gainDb: 0,
    pan: 0,
    muted: false,
    route: null,
  };
  return insertEdit(text.edits.addLayer, ['layers', score.layers.length], layer);
};

type Change = Edit['changes'][number];
/** Removals from a list, from its end, so that earlier indices stay right. */
const removals = <Item,>(list: PathStep, items: readonly Item[], goes: (item: Item) => boolean): Change[] =>
  items.flatMap((item, index) => (goes(item) ? [{ op: 'remove' as const, path: [list, index] }] : [])).reverse();

const aimsAtLayer = (target: BindingTarget, layer: string): boolean => (target.kind === 'parameter' || target.kind === 'mute') && target.layer === layer;

/** Removes a layer with all that speaks of it: mappings, levels in scenes, macro targets, bindings. Null for the last layer, which stays. */
export const removeLayerEdit = (score: Score, index: number): Edit | null => {
  const layer = score.layers[index];
  if (layer === undefined || score.layers.length < 2) return null;
  const changes: Change[] = [
    ...removals('mappings', score.mappings, (mapping: Mapping) => mapping.layer === layer.id),
    ...removals('bindings', score.bindings, (binding: Binding) => aimsAtLayer(binding.target, layer.id)),
    ...score.scenes.flatMap((scene, at) => (Object.hasOwn(scene.layers, layer.id) ? [{ op: 'remove' as const, path: ['scenes', at, 'layers', layer.id] }] : [])),
    ...score.macros.flatMap((macro, at) =>
      macro.targets.some((target) => target.layer === layer.id)
        ? [{ op: 'set' as const, path: ['macros', at, 'targets'], value: json(macro.targets.filter((target) => target.layer !== layer.id)) }]
        : [],
    ),
    { op: 'remove', path: ['layers', index] },
  ];
  return changes.length > 64 ? null : { label: label(text.edits.remove(layer.name)), changes };
};

export const addMappingEdit = (score: Score, mapping: Pick<Mapping, 'signal' | 'layer' | 'parameter'>): Edit =>
  insertEdit(text.edits.addMapping(mapping.signal), ['mappings', score.mappings.length], {
    ...mapping,
    id: freeId('mapping', score.mappings),
    curve: 'linear',
    range: [0, 0.3],
    polarity: '+',
    smoothingSeconds: 10,
  } satisfies Mapping);

export const addRuleEdit = (score: Score, from: string, to: string): Edit =>
  insertEdit(text.edits.addRule, ['rules', score.rules.length], {
    id: freeId('rule', score.rules),
    from,
    to,
    when: [{ signal: 'depth', is: 'above', value: 0.6 }],
    forSeconds: 180,
    atBars: 8,
  } satisfies Rule);

/** A copy of a scene, a little later in the night. */
export const duplicateSceneEdit = (score: Score, index: number): Edit | null => {
  const scene = score.scenes[index];
  if (scene === undefined) return null;
  const copy: Scene = { ...scene, id: freeId(scene.id, score.scenes), name: atMost60(text.edits.copyOf(scene.name)), arc: Math.min(1, scene.arc + 0.05) };
  return insertEdit(text.edits.duplicate(scene.name), ['scenes', index + 1], copy);
};

/** Removes a scene with its rules and bindings; the opening moves to another. Null for the last scene, which stays. */
export const removeSceneEdit = (score: Score, index: number): Edit | null => {
  const scene = score.scenes[index];
  const heir = score.scenes.find((_, at) => at !== index);
  if (scene === undefined || heir === undefined) return null;
  const changes: Change[] = [
    ...removals('rules', score.rules, (rule: Rule) => rule.from === scene.id || rule.to === scene.id),
    ...removals('bindings', score.bindings, (binding: Binding) => binding.target.kind === 'scene' && binding.target.scene === scene.id),
    ...(score.opening === scene.id ? [{ op: 'set' as const, path: ['opening'], value: heir.id }] : []),
    { op: 'remove', path: ['scenes', index] },
  ];
  return changes.length > 64 ? null : { label: label(text.edits.remove(scene.name)), changes };
};

/** A macro that moves nothing yet. */
export const addMacroEdit = (score: Score): Edit =>
  insertEdit(text.edits.addMacro, ['macros', score.macros.length], { id: freeId('macro', score.macros), name: text.edits.newMacro, value: 0.5, targets: [] } satisfies Macro);

/** Removes a macro with the binding that turns it. */
export const removeMacroEdit = (score: Score, index: number): Edit => {
  const macro = score.macros[index];
  return {
    label: label(text.edits.remove(text.perform.macro(macro?.name ?? ''))),
    changes: [...removals('bindings', score.bindings, (binding) => binding.target.kind === 'macro' && binding.target.macro === macro?.id).slice(0, 63), { op: 'remove', path: ['macros', index] }],
  };
};

/** One more target of a macro: the level of the first layer, by a little. Null where there is no such macro. */
export const addTargetEdit = (score: Score, index: number): Edit | null => {
  const macro = score.macros[index];
  const layer = score.layers[0];
  if (macro === undefined || layer === undefined) return null;
  return insertEdit(text.edits.addTarget(macro.name), ['macros', index, 'targets', macro.targets.length], { layer: layer.id, parameter: 'level', amount: 0.2 } satisfies Macro['targets'][number]);
};

export const removeEdit = (words: string, path: readonly PathStep[]): Edit => ({ label: label(words), changes: [{ op: 'remove', path: [...path] }] });

/** Whether two bindings' targets are the same control. */
export const sameTarget = (a: BindingTarget, b: BindingTarget): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (target: BindingTarget): [string, unknown][] => Object.entries(target).sort(([a], [b]) => (a < b ? -1 : 1));

const sameHand = (a: Binding, b: Binding): boolean => a.port === b.port && a.maker === b.maker && a.message === b.message && a.channel === b.channel && a.number === b.number;

/** A learned knob or pad into the score. It gives up what it moved before, and the control gives up its former knob. */
export const bindEdit = (score: Score, binding: Binding): Edit => ({
  label: label(text.edits.learn),
  changes: [
    ...removals('bindings', score.bindings, (old: Binding) => sameHand(old, binding) || sameTarget(old.target, binding.target)).slice(0, 63),
    {
      op: 'insert',
      path: ['bindings', score.bindings.filter((old) => !(sameHand(old, binding) || sameTarget(old.target, binding.target))).length],
      value: json({ ...binding, id: freeId(binding.id, score.bindings) }),
    },
  ],
});
