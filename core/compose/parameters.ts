import type { EngineState, SomeParameters } from '../engine/state.ts';
import type { Curve, Mapping, Parameter, Score } from '../score/schema.ts';

/** A signal bent by a curve, 0..1 to 0..1: `early` answers soon, `late` waits, `smooth` is slow at both ends. */
export const bend = (curve: Curve, x: number): number => {
  switch (curve) {
    case 'linear':
      return x;
    case 'early':
      return x * (2 - x);
    case 'late':
      return x * x;
    case 'smooth':
      return x * x * (3 - 2 * x);
  }
};

/** What a mapping adds to its parameter when its (smoothed) signal stands at `value`, -1..1. */
export const mappingOffset = (mapping: Mapping, value: number): number => {
  const [low, high] = mapping.range;
  const [foot, head] = mapping.window ?? [0, 1];
  const place = Math.max(0, Math.min(1, (value - foot) / (head - foot)));
  return low + (high - low) * bend(mapping.curve, mapping.polarity === '+' ? place : 1 - place);
};

/** Parameter offsets from mappings and macros, by the layer's id; absent is 0. */
export type Offsets = Readonly<Record<string, SomeParameters>>;

/**
 * What signals and macros add to every parameter now. Mappings count as much as the sleepers lead;
 * a mapping whose signal has not been heard yet adds nothing.
 */
export const offsetsOf = (state: EngineState): Offsets => {
  const offsets: Record<string, Partial<Record<Parameter, number>>> = {};
  const add = (layer: string, parameter: Parameter, amount: number): void => {
    const own = (offsets[layer] ??= {});
    own[parameter] = (own[parameter] ?? 0) + amount;
  };
  for (const mapping of state.score.mappings) {
    const value = state.senses.mapped[mapping.id];
    if (value !== undefined) add(mapping.layer, mapping.parameter, mappingOffset(mapping, value) * state.mixer.follow);
  }
  for (const macro of state.score.macros) {
    const turned = 2 * (macroValue(state, macro) - 0.5);
    if (turned === 0) continue;
    for (const target of macro.targets) add(target.layer, target.parameter, target.amount * turned);
  }
  return offsets;
};

/** Where a macro stands: as a hand left it, else as the score has it. */
export const macroValue = (state: EngineState, macro: Score['macros'][number]): number => state.hands.macros[macro.id] ?? macro.value;

/** A layer's parameter now, 0..1: a hand's or the score's own value, with signals and macros in. */
export const parameterValue = (state: EngineState, offsets: Offsets, layer: Score['layers'][number], parameter: Parameter): number => {
  const own = state.hands.parameters[layer.id]?.[parameter] ?? layer.parameters[parameter];
  return Math.max(0, Math.min(1, own + (offsets[layer.id]?.[parameter] ?? 0)));
};

/** Whether a layer is muted: as a hand left it, else as the score has it. */
export const isMuted = (state: EngineState, layer: Score['layers'][number]): boolean => state.hands.muted[layer.id] ?? layer.muted;
