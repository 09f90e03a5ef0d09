import { patchScore } from '../score/edit.ts';
import type { StampedInput } from './input.ts';
import type { EngineState, Hands } from './state.ts';
import { micros } from '../units.ts';

const withHands = (state: EngineState, hands: Partial<Hands>): EngineState => ({ ...state, hands: { ...state.hands, ...hands } });

/** A record with one entry set, or removed where the value is null. */
const put = <T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Readonly<Record<string, T>> => {
  const { [key]: _, ...rest } = record;
  return value === null ? rest : { ...rest, [key]: value };
};

/** Music that was stopped takes a new chord and new breath at the next bar, instead of waiting for what was due long after. */
const awake = (state: EngineState): Pick<EngineState, 'harmony' | 'generators'> => ({
  harmony: { ...state.harmony, untilBar: Math.min(state.harmony.untilBar, state.bar) },
  generators: Object.fromEntries(Object.entries(state.generators).map(([layer, memory]) => [layer, { ...memory, nextBar: Math.min(memory.nextBar, state.bar) }])),
});

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
        : { ...state, transport: 'fading', cues: [...state.cues, 'fade'], mixer: { ...state.mixer, fadeStep: 0.05 / input.seconds } };
    case 'panic':
      // A cue to play on that no step has said yet is void: in the order of events it would come after the panic.
      return { ...state, transport: 'stopped', cues: [...state.cues.filter((cue) => cue !== 'resume'), 'panic'], mixer: { ...state.mixer, fade: 0, fadeStep: 0 } };
    case 'resume':
      return {
        ...state,
        ...(state.transport === 'stopped' ? awake(state) : {}),
        transport: 'playing',
        cues: [...state.cues, 'resume'],
        mixer: { ...state.mixer, fadeStep: 0 },
      };
  }
};
