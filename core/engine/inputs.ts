import { dueBy } from '../compose/generator.ts';
import { patchScore } from '../score/edit.ts';
import type { StampedInput } from './input.ts';
import type { EngineState, Hands } from './state.ts';
import { CONTROL_STEP_SECONDS } from './timing.ts';
import { micros } from '../units.ts';

const withHands = (state: EngineState, hands: Partial<Hands>): EngineState => ({ ...state, hands: { ...state.hands, ...hands } });

/** A record with one entry set, or removed where the value is null. */
const put = <T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Readonly<Record<string, T>> => {
  const { [key]: _, ...rest } = record;
  return value === null ? rest : { ...rest, [key]: value };
};

/** After a stop every layer is due at the next bar, instead of holding back until its next chord or phrase. */
const awake = (generators: EngineState['generators'], bar: number): EngineState['generators'] =>
  Object.fromEntries(Object.entries(generators).map(([layer, memory]) => [layer, dueBy(memory, bar)]));

/** The engine's state after one journal entry. What it does to the music is decided later, by bars and control steps. */
export const takeInput = (state: EngineState, { input, effective }: StampedInput): EngineState => {
  switch (input.kind) {
    case 'frame':
      // A frozen frame stays, but that frames still come is known: they lead at once when the ice breaks.
      return { ...state, senses: { ...state.senses, frame: state.hands.mode === 'freeze' ? state.senses.frame : input.frame, frameAt: micros(effective) } };
    case 'scene':
      return withHands(state, { scene: input.scene });
    case 'parameter':
      return withHands(state, { parameters: { ...state.hands.parameters, [input.layer]: put(state.hands.parameters[input.layer] ?? {}, input.parameter, input.value) } });
    case 'mute':
      return withHands(state, { muted: put(state.hands.muted, input.layer, input.muted) });
    case 'macro':
      return withHands(state, { macros: put(state.hands.macros, input.macro, input.value) });
    case 'mode':
      return withHands(state, { mode: input.mode });
    case 'edit':
      return { ...state, score: patchScore(state.score, input.patches) };
    case 'fade':
      return state.transport === 'stopped'
        ? state
        : { ...state, transport: 'fading', cues: [...state.cues, 'fade'], mixer: { ...state.mixer, fadeStep: CONTROL_STEP_SECONDS / input.seconds } };
    case 'panic':
      // A cue to play on that no step has said yet is void: in the order of events it would come after the panic.
      return { ...state, transport: 'stopped', cues: [...state.cues.filter((cue) => cue !== 'resume'), 'panic'], mixer: { ...state.mixer, fade: 0, fadeStep: 0 } };
    case 'resume':
      return {
        ...state,
        generators: state.transport === 'stopped' ? awake(state.generators, state.bar) : state.generators,
        transport: 'playing',
        cues: [...state.cues, 'resume'],
        mixer: { ...state.mixer, fadeStep: 0 },
      };
  }
};
