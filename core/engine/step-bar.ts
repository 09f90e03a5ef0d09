import { dueBy, EMPTY_MEMORY, type BarContext, type DraftNote, type GeneratorMemory } from '../compose/generator.ts';
import { GENERATOR_BY_KIND } from '../compose/generators/by-kind.ts';
import { nextHarmony, type Harmony } from '../compose/harmony.ts';
import { isMuted, offsetsOf, parameterValue, type Offsets } from '../compose/parameters.ts';
import { chooseScene } from '../compose/scenes.ts';
import { beatsPerMinute, microsPerQuarter, nextTempo } from '../compose/tempo.ts';
import { SCORE_LAYER, type Cause, type NoteEvent, type ScoreEvent } from '../events/event.ts';
import { scaleOf } from '../music/scale.ts';
import { NOTE_PARAMETERS, type Layer, type NoteParameter } from '../score/schema.ts';
import { onGrid } from '../signal/collective-frame.ts';
import { changeTempo, microsAt } from '../time/tempo-map.ts';
import { midiNote, tick, TICKS_PER_QUARTER, type Micros } from '../units.ts';
import { sceneOf, type EngineState } from './state.ts';

/** The slow signals that tempo, harmony and notes were decided from. */
const signalsOf = (state: EngineState): Record<string, number> => {
  const { depth, dream, synchrony, discord, unity } = state.senses.slow;
  return { depth: onGrid(depth), dream: onGrid(dream), synchrony: onGrid(synchrony), discord: onGrid(discord), unity: onGrid(unity) };
};

interface Decided {
  readonly state: EngineState;
  readonly events: readonly ScoreEvent[];
}

const decideScene = (state: EngineState, now: Micros): Decided => {
  const settled: EngineState = state.hands.scene === null ? state : { ...state, hands: { ...state.hands, scene: null } };
  const first: ScoreEvent[] = state.bar === 0 ? [sceneEvent(state, now, 'the opening')] : [];
  const choice = chooseScene(state, now);
  if (choice === null) return { state: settled, events: first };
  const next: EngineState = { ...settled, scene: { id: choice.scene, since: now } };
  return { state: next, events: [...first, sceneEvent(next, now, choice.rule)] };
};

const sceneEvent = (state: EngineState, now: Micros, rule: string): ScoreEvent => {
  const scene = sceneOf(state);
  return { kind: 'scene', t: now, tick: state.barTick, layer: SCORE_LAYER, scene: scene.id, name: scene.name, cause: { rule, signals: signalsOf(state) } };
};

const decideTempo = (state: EngineState, now: Micros): Decided => {
  const last = state.tempo[state.tempo.length - 1] ?? state.tempo[0];
  const { depth, discord } = state.senses.slow;
  // The first bar's tempo was set with the state: there is nothing yet to glide from.
  const perQuarter = state.bar === 0 ? last.microsPerQuarter : microsPerQuarter(nextTempo(sceneOf(state), beatsPerMinute(last.microsPerQuarter), depth, discord));
  if (state.bar > 0 && perQuarter === last.microsPerQuarter) return { state, events: [] };
  const tempo = changeTempo(state.tempo, state.barTick, perQuarter);
  const cause: Cause = { rule: 'tempo follows depth and discord', signals: signalsOf(state) };
  return { state: { ...state, tempo }, events: [{ kind: 'tempo', t: now, tick: state.barTick, layer: SCORE_LAYER, microsPerQuarter: perQuarter, cause }] };
};

const decideHarmony = (state: EngineState, sceneIsNew: boolean): Harmony => {
  const { harmony, bar } = state;
  if (bar < harmony.untilBar && !sceneIsNew) return harmony;
  const scene = sceneOf(state);
  return bar === 0 ? { ...harmony, untilBar: scene.barsPerChord } : nextHarmony(scene, harmony, state.seed, bar, state.senses.slow);
};

const contextOf = (state: EngineState, layer: Layer, offsets: Offsets): BarContext => {
  const scene = sceneOf(state);
  const parameters = Object.fromEntries(NOTE_PARAMETERS.map((name) => [name, parameterValue(state, offsets, layer, name)])) as Record<NoteParameter, number>;
  return {
    seed: state.seed,
    layer,
    bar: state.bar,
    beatsPerBar: state.score.beatsPerBar,
    barTicks: state.score.beatsPerBar * TICKS_PER_QUARTER,
    chord: state.harmony.chord,
    chordIsNew: state.harmony.sinceBar === state.bar,
    chordBars: state.harmony.untilBar - state.bar,
    scale: scaleOf(scene.root, scene.mode),
    home: scene.root,
    parameters,
    together: Math.max(0, Math.min(1, 0.3 + 0.7 * state.senses.slow.synchrony)),
  };
};

/** A layer is heard in notes when it plays, is not muted, and the scene wants it. */
const sounds = (state: EngineState, layer: Layer): boolean => state.transport !== 'stopped' && !isMuted(state, layer) && (sceneOf(state).layers[layer.id] ?? 1) > 0;

const noteEvent = (state: EngineState, layer: Layer, draft: DraftNote, signals: Record<string, number>): NoteEvent => {
  const at = tick(state.barTick + draft.offset);
  return { kind: 'note', t: microsAt(state.tempo, at), tick: at, layer: layer.id, pitch: midiNote(draft.pitch), velocity: draft.velocity, ticks: Math.max(1, draft.ticks), cause: { rule: draft.rule, signals } };
};

/**
 * The next bar: scene, tempo and harmony are decided, then every layer writes its notes. A muted
 * layer still thinks, so that nothing else depends on whether it is heard.
 */
export const stepBar = (last: EngineState): Decided => {
  const now = microsAt(last.tempo, last.barTick);
  const scened = decideScene(last, now);
  const timed = decideTempo(scened.state, now);
  const sceneIsNew = last.scene.id !== scened.state.scene.id;
  const state: EngineState = { ...timed.state, harmony: decideHarmony(timed.state, sceneIsNew) };
  const offsets = offsetsOf(state);
  const signals = signalsOf(state);
  const generators: Record<string, GeneratorMemory> = {};
  const notes: NoteEvent[] = [];
  for (const layer of state.score.layers) {
    const before = state.generators[layer.id] ?? EMPTY_MEMORY;
    // A new scene ends the notes of the old one, so every layer may begin at its first bar.
    const bar = GENERATOR_BY_KIND[layer.generator](contextOf(state, layer, offsets), sceneIsNew ? dueBy(before, state.bar) : before);
    // A muted layer is always about to begin: it should be heard with the bar after a hand opens it.
    generators[layer.id] = isMuted(state, layer) ? dueBy(bar.memory, state.bar + 1) : bar.memory;
    if (sounds(state, layer)) notes.push(...bar.notes.map((draft) => noteEvent(state, layer, draft, signals)));
  }
  return {
    state: { ...state, generators, bar: state.bar + 1, barTick: tick(state.barTick + state.score.beatsPerBar * TICKS_PER_QUARTER) },
    events: [...scened.events, ...timed.events, ...notes],
  };
};
