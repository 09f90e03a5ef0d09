import { z } from 'zod';
import { INSTRUMENTS, SOUND_PARAMETERS } from '../dsp/types.ts';
import { Fault } from '../fault.ts';
import { SIGNALS } from '../signal/collective-frame.ts';

/**
 * The score: the document that a composer writes. Version 1. Everything is bounded, so that a file
 * from a stranger cannot ask for more than a machine has.
 */

/** Parameters of a layer. The first four move its sound twenty times a second, the others its notes bar by bar. */
export const NOTE_PARAMETERS = ['density', 'variety', 'register', 'dynamics'] as const;
export const PARAMETERS = [...SOUND_PARAMETERS, ...NOTE_PARAMETERS] as const;
export type Parameter = (typeof PARAMETERS)[number];
export type NoteParameter = (typeof NOTE_PARAMETERS)[number];

export const GENERATORS = ['drone', 'chords', 'melody', 'bells'] as const;
export type GeneratorKind = (typeof GENERATORS)[number];

export const MODES = ['ionian', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'aeolian', 'pentatonic', 'hirajoshi'] as const;
export type Mode = (typeof MODES)[number];

export const CURVES = ['linear', 'early', 'late', 'smooth'] as const;
export type Curve = (typeof CURVES)[number];

// "constructor" would be found in every record, also where no entry has that name.
const id = z.string().regex(/^(?!constructor$)[a-z][a-z0-9-]{0,39}$/, 'an id is 1 to 40 of a-z, 0-9 and -, beginning with a letter, and not "constructor"');
const name = z.string().trim().min(1).max(60);
const prose = z.string().max(4000);
const share = z.number().min(0).max(1);
const offset = z.number().min(-1).max(1);
const midiNote = z.int().min(0).max(127);

const parametersSchema = z.strictObject({
  level: share, brightness: share, motion: share, room: share,
  density: share, variety: share, register: share, dynamics: share,
} satisfies Record<Parameter, typeof share>);

/** Where a layer's MIDI goes. Ports are known by name and maker, so that a route outlives the hardware's absence. */
export const routeSchema = z.strictObject({
  port: z.string().min(1).max(200),
  maker: z.string().max(200),
  channel: z.int().min(1).max(16),
});

export const layerSchema = z.strictObject({
  id,
  name,
  generator: z.enum(GENERATORS),
  instrument: z.enum(INSTRUMENTS),
  /** Lowest and highest key the layer may play. */
  range: z.tuple([midiNote, midiNote]).refine(([low, high]) => high - low >= 11, 'a range spans at least an octave'),
  parameters: parametersSchema,
  gainDb: z.number().min(-60).max(12),
  pan: z.number().min(-1).max(1),
  muted: z.boolean(),
  route: routeSchema.nullable(),
});

export const sceneSchema = z.strictObject({
  id,
  name,
  story: prose,
  /** Place on the arc of the night, 0 dusk to 1 dawn; the score's own arc plays scenes by it when there are too few pods. */
  arc: share,
  /** Beats a minute when the sleepers lie deepest and when they are most awake. */
  tempo: z.tuple([z.number().min(20).max(120), z.number().min(20).max(120)]),
  /** Pitch class of the home note, 0 is C. */
  root: z.int().min(0).max(11),
  mode: z.enum(MODES),
  barsPerChord: z.int().min(1).max(16),
  /** It stays at least this long before a rule may leave it. */
  dwellSeconds: z.number().min(0).max(7200),
  /** How far from home the harmony may wander, 0 stays. */
  tension: share,
  /** Level of each layer in this scene, 0..1 as a factor; a layer that is not named plays at 1. */
  layers: z.record(id, share),
});

const conditionSchema = z.strictObject({
  signal: z.enum(SIGNALS),
  is: z.enum(['above', 'below']),
  value: share,
});

/** "60% in N3 for 3 min -> Deep, at the next 8 bars." */
export const ruleSchema = z.strictObject({
  id,
  /** Scene that it leaves; null is any. */
  from: id.nullable(),
  to: id,
  /** All must hold, without a break, for `forSeconds`. */
  when: z.array(conditionSchema).min(1).max(4),
  forSeconds: z.number().min(0).max(7200),
  /** The change falls on a bar whose number is a multiple of this. */
  atBars: z.int().min(1).max(32),
});

/**
 * A signal moves a parameter: an offset between `range[0]` (signal at the foot of its window) and
 * `range[1]` (at its head) is added to the layer's own value.
 */
export const mappingSchema = z.strictObject({
  id,
  signal: z.enum(SIGNALS),
  layer: id,
  parameter: z.enum(PARAMETERS),
  curve: z.enum(CURVES),
  /** The part of the signal that moves anything; below and above it the offset stays. Without one, all of 0..1. */
  window: z.tuple([share, share]).refine(([foot, head]) => head - foot >= 0.01, 'a window is at least .01 wide, its lower end first').optional(),
  range: z.tuple([offset, offset]),
  /** `-` reads the signal upside down. */
  polarity: z.enum(['+', '-']),
  smoothingSeconds: z.number().min(0).max(600),
});

/** One of eight hands-on controls; at .5 it does nothing, at the ends it adds or takes `amount`. */
export const macroSchema = z.strictObject({
  id,
  name,
  value: share,
  targets: z.array(z.strictObject({ layer: id, parameter: z.enum(PARAMETERS), amount: offset })).max(64),
});

const bindingTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('parameter'), layer: id, parameter: z.enum(PARAMETERS) }),
  z.strictObject({ kind: z.literal('macro'), macro: id }),
  z.strictObject({ kind: z.literal('scene'), scene: id }),
  z.strictObject({ kind: z.literal('mute'), layer: id }),
  z.strictObject({ kind: z.literal('fade') }),
  z.strictObject({ kind: z.literal('panic') }),
]);

/** A learned knob, fader or pad of a MIDI controller. */
export const bindingSchema = z.strictObject({
  id,
  port: z.string().min(1).max(200),
  maker: z.string().max(200),
  message: z.enum(['controller', 'note']),
  channel: z.int().min(1).max(16),
  number: z.int().min(0).max(127),
  target: bindingTargetSchema,
});

const unique = (items: readonly { readonly id: string }[]): boolean => new Set(items.map((item) => item.id)).size === items.length;

export const scoreSchema = z
  .strictObject({
    format: z.literal('dreamscore'),
    version: z.literal(1),
    title: name,
    story: prose,
    /** Who made it and the traditions it draws on. */
    credits: z.array(z.string().min(1).max(300)).max(40),
    licence: z.string().min(1).max(200),
    /** Seed of all chance where none is given. */
    seed: z.int().min(0).max(0xffff_ffff),
    beatsPerBar: z.int().min(2).max(7),
    /** Frequency of A4 in hertz. */
    a4Hz: z.number().min(380).max(480),
    room: z.strictObject({ size: share, decay: share, damping: share }),
    /** True peak that the mix never passes. */
    ceilingDb: z.number().min(-24).max(-1),
    layers: z.array(layerSchema).min(1).max(32).refine(unique, 'two layers share an id'),
    scenes: z.array(sceneSchema).min(1).max(64).refine(unique, 'two scenes share an id'),
    /** The scene that a gathering begins with. */
    opening: id,
    rules: z.array(ruleSchema).max(128).refine(unique, 'two rules share an id'),
    mappings: z.array(mappingSchema).max(256).refine(unique, 'two mappings share an id'),
    macros: z.array(macroSchema).max(8).refine(unique, 'two macros share an id'),
    bindings: z.array(bindingSchema).max(256).refine(unique, 'two bindings share an id'),
  })
  .check((context) => {
    const score = context.value;
    const scenes = new Set(score.scenes.map((scene) => scene.id));
    const layers = new Set(score.layers.map((layer) => layer.id));
    const macros = new Set(score.macros.map((macro) => macro.id));
    const missing = (message: string, path: (string | number)[]): void => {
      context.issues.push({ code: 'custom', input: score, message, path });
    };
    const wantScene = (scene: string | null, path: (string | number)[]): void => {
      if (scene !== null && !scenes.has(scene)) missing(`there is no scene "${scene}"`, path);
    };
    const wantLayer = (layer: string, path: (string | number)[]): void => {
      if (!layers.has(layer)) missing(`there is no layer "${layer}"`, path);
    };
    if (layers.has('score')) missing('"score" names the whole score and cannot name a layer', ['layers']);
    wantScene(score.opening, ['opening']);
    score.scenes.forEach((scene, index) => Object.keys(scene.layers).forEach((layer) => wantLayer(layer, ['scenes', index, 'layers'])));
    score.rules.forEach((rule, index) => {
      wantScene(rule.from, ['rules', index, 'from']);
      wantScene(rule.to, ['rules', index, 'to']);
    });
    score.mappings.forEach((mapping, index) => wantLayer(mapping.layer, ['mappings', index, 'layer']));
    score.macros.forEach((macro, index) => macro.targets.forEach((target, at) => wantLayer(target.layer, ['macros', index, 'targets', at])));
    score.bindings.forEach(({ target }, index) => {
      const path = ['bindings', index, 'target'];
      if (target.kind === 'scene') wantScene(target.scene, path);
      if (target.kind === 'parameter' || target.kind === 'mute') wantLayer(target.layer, path);
      if (target.kind === 'macro' && !macros.has(target.macro)) missing(`there is no macro "${target.macro}"`, path);
    });
  });

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

export type Score = DeepReadonly<z.infer<typeof scoreSchema>>;
export type Layer = Score['layers'][number];
export type Scene = Score['scenes'][number];
export type Rule = Score['rules'][number];
export type Mapping = Score['mappings'][number];
export type Macro = Score['macros'][number];
export type Binding = Score['bindings'][number];
export type BindingTarget = Binding['target'];
export type Route = DeepReadonly<z.infer<typeof routeSchema>>;

/** Path of a problem as people write it: `layers[2].range`. */
const readablePath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`), '') || 'the score';

/**
 * A checked score out of anything (parsed JSON, a message).
 * @throws Fault naming the first problem, its place in `source`, and how to mend it.
 */
export const parseScore = (value: unknown, source: string): Score => {
  const result = scoreSchema.safeParse(value);
  if (result.success) return result.data;
  const first = result.error.issues[0];
  const more = result.error.issues.length - 1;
  throw new Fault(
    `this is not a score: ${first?.message ?? 'unknown problem'}`,
    `${source}, ${readablePath(first?.path ?? [])}${more > 0 ? ` (and ${more} more)` : ''}`,
    'correct that place; docs/score.md describes each field',
  );
};

/** A score from the text of a `.json` file. @throws Fault */
export const parseScoreText = (text: string, source: string): Score => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault(`this is not JSON: ${error instanceof Error ? error.message : String(error)}`, source, 'open a score saved by Dreamscore, or correct the text there', { cause: error });
  }
  return parseScore(value, source);
};
