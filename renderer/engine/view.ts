import { macroValue, offsetsOf, parameterValue, isMuted } from '../../core/compose/parameters.ts';
import { openRules, ruleProgress } from '../../core/compose/scenes.ts';
import { takeInput } from '../../core/engine/inputs.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import type { EngineState } from '../../core/engine/state.ts';
import type { EngineView, LayerView, MidiHealth, SignalHealth, SoundHealth } from '../../core/ipc/engine-view.ts';
import { PARAMETERS, type BindingTarget, type Parameter } from '../../core/score/schema.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { tickAt } from '../../core/time/tempo-map.ts';
import { micros, TICKS_PER_QUARTER } from '../../core/units.ts';
import type { ShownNow } from './shown-now.ts';

/** What the shells know and the engine's state does not. */
export interface Surroundings {
  readonly transport: EngineView['transport'];
  readonly now: number;
  readonly shown: ShownNow | null;
  readonly frame: CollectiveFrame | null;
  readonly sound: SoundHealth;
  readonly midi: MidiHealth;
  readonly signals: SignalHealth;
  readonly learning: BindingTarget | null;
  readonly meterDb: (layer: string) => number;
  readonly route: (layer: string) => LayerView['route'];
}

/** The state with what hands have done since its last decision, so that a fader answers at once. */
export const withUnheard = (state: EngineState, unheard: readonly StampedInput[]): EngineState => unheard.reduce(takeInput, state);

/** Bar and place in it that sound at `now`. */
const barAt = (state: EngineState, now: number): { readonly bar: number; readonly barPhase: number } => {
  const barTicks = state.score.beatsPerBar * TICKS_PER_QUARTER;
  const ahead = (state.barTick - tickAt(state.tempo, micros(now))) / barTicks;
  const bars = Math.max(1, Math.ceil(ahead));
  return { bar: Math.max(0, state.bar - bars), barPhase: Math.min(1, Math.max(0, bars - ahead)) };
};

const tempoAt = (state: EngineState, now: number): number => {
  const segment = state.tempo.findLast(({ micros: from }) => from <= now) ?? state.tempo[0];
  return 60_000_000 / segment.microsPerQuarter;
};

const layerViews = (state: EngineState, around: Surroundings): LayerView[] => {
  const offsets = offsetsOf(state);
  const sounding = around.shown?.soundingAt(around.now);
  return state.score.layers.map((layer) => ({
    id: layer.id,
    muted: isMuted(state, layer),
    own: { ...layer.parameters, ...state.hands.parameters[layer.id] },
    parameters: Object.fromEntries(PARAMETERS.map((name) => [name, parameterValue(state, offsets, layer, name)])) as Record<Parameter, number>,
    sounding: sounding?.get(layer.id) ?? [],
    meterDb: around.meterDb(layer.id),
    route: around.route(layer.id),
  }));
};

/** What the studio sees of the engine at one moment. */
export const engineView = (state: EngineState, around: Surroundings): EngineView => {
  const now = Math.max(0, Math.floor(around.now));
  const scene = around.shown?.sceneAt(now) ?? { id: state.scene.id, since: Math.min(now, state.scene.since) };
  const decided = state.scene.id === scene.id ? null : state.scene.id;
  const idle = around.transport === 'idle';
  return {
    transport: around.transport,
    t: now,
    ...(idle ? { bar: 0, barPhase: 0 } : barAt(state, now)),
    beatsPerMinute: tempoAt(state, now),
    chord: around.shown?.chordAt(now) ?? '',
    scene: { ...scene, pending: state.hands.scene ?? decided },
    mode: state.hands.mode,
    rules: openRules(state).map((rule) => ({ id: rule.id, progress: ruleProgress(state, rule, micros(now)) })),
    frame: around.frame,
    layers: layerViews(state, around),
    macros: state.score.macros.map((macro) => ({ id: macro.id, value: macroValue(state, macro) })),
    sound: around.sound,
    midi: around.midi,
    signals: around.signals,
    learning: around.learning,
  };
};

