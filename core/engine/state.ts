import type { GeneratorMemory } from '../compose/generator.ts';
import { harmonyAtRest, type Harmony } from '../compose/harmony.ts';
import { microsPerQuarter, openingTempo } from '../compose/tempo.ts';
import type { Parameter, Score } from '../score/schema.ts';
import type { CollectiveFrame, Signal } from '../signal/collective-frame.ts';
import { tempoMap, type TempoMap } from '../time/tempo-map.ts';
import { micros, tick, type Micros, type Tick } from '../units.ts';

/** Who leads the music. */
export type Mode = 'follow' | 'freeze' | 'lead';

/** Some of a layer's parameters. */
export type SomeParameters = Readonly<Partial<Record<Parameter, number>>>;

/** What hands have set since the score was loaded. */
export interface Hands {
  /** Own values of layers' parameters, by the layer's id. */
  readonly parameters: Readonly<Record<string, SomeParameters>>;
  readonly muted: Readonly<Record<string, boolean>>;
  readonly macros: Readonly<Record<string, number>>;
  readonly mode: Mode;
  /** Scene asked for by hand, until the next bar takes it up. */
  readonly scene: string | null;
}

/** What the sleepers do, as the music knows it. */
export interface Senses {
  /** The latest frame, and when it arrived; null before the first. */
  readonly frame: CollectiveFrame | null;
  readonly frameAt: Micros;
  /** Every signal smoothed over 20 s, for tempo, harmony and causes. */
  readonly slow: Readonly<Record<Signal, number>>;
  /** Every mapping's signal, smoothed as the mapping says, by its id. */
  readonly mapped: Readonly<Record<string, number>>;
  /** Since when each rule's conditions have held, by its id; absent while they do not. */
  readonly heldSince: Readonly<Record<string, number>>;
}

/** Slow hands of the mixer: each moves a little at every step of the control grid. */
export interface Mixer {
  /** Level that the scene gives each layer. */
  readonly scene: Readonly<Record<string, number>>;
  /** 1 open, 0 muted. */
  readonly open: Readonly<Record<string, number>>;
  /** How much the sleepers lead, 1 follow .. 0 lead. */
  readonly follow: number;
  /** 1 playing .. 0 silent after a gentle stop. */
  readonly fade: number;
  /** How much `fade` falls in a step; 0 when no gentle stop is under way. */
  readonly fadeStep: number;
  /** Values last sent, 0..16383, by the layer's id. */
  readonly sent: Readonly<Record<string, SomeParameters>>;
}

/** All the engine knows: plain data, so that a snapshot is the state itself and JSON carries it. */
export interface EngineState {
  readonly score: Score;
  readonly seed: number;
  /** Journal entries taken in so far. */
  readonly cursor: number;
  readonly tempo: TempoMap;
  /** The next bar to decide, and its line. */
  readonly bar: number;
  readonly barTick: Tick;
  /** The next step of the control grid to decide. */
  readonly step: number;
  readonly transport: 'playing' | 'fading' | 'stopped';
  /** Said by a hand since the last step, to be made a cue at the next. */
  readonly cues: readonly ('fade' | 'panic' | 'resume')[];
  readonly scene: { readonly id: string; readonly since: Micros };
  readonly harmony: Harmony;
  readonly hands: Hands;
  readonly senses: Senses;
  readonly mixer: Mixer;
  readonly generators: Readonly<Record<string, GeneratorMemory>>;
}

/** Signals before the first frame and under the gate: awake, apart, neither rough nor calm. */
export const NEUTRAL_SIGNALS: Readonly<Record<Signal, number>> = {
  depth: 0.3, dream: 0, synchrony: 0, concordance: 0, discord: 0.5, unity: 0, novelty: 0, entropy: 0.5, motion: 0.2, chant: 0,
  shareW: 0.2, shareN1: 0.2, shareN2: 0.2, shareN3: 0.2, shareR: 0.2,
};

/**
 * The state before the first bar.
 * @param score a checked score
 * @param seed of all chance in this take, 0 to 2^32 - 1
 */
export const initialState = (score: Score, seed: number): EngineState => {
  const opening = score.scenes.find((scene) => scene.id === score.opening) ?? score.scenes[0];
  if (opening === undefined) throw new RangeError('a score has at least one scene');
  return {
    score,
    seed,
    cursor: 0,
    tempo: tempoMap(microsPerQuarter(openingTempo(opening))),
    bar: 0,
    barTick: tick(0),
    step: 0,
    transport: 'playing',
    cues: [],
    scene: { id: opening.id, since: micros(0) },
    harmony: harmonyAtRest(opening.root),
    hands: { parameters: {}, muted: {}, macros: {}, mode: 'follow', scene: null },
    senses: { frame: null, frameAt: micros(0), slow: NEUTRAL_SIGNALS, mapped: {}, heldSince: {} },
    mixer: { scene: {}, open: {}, follow: 1, fade: 1, fadeStep: 0, sent: {} },
    generators: {},
  };
};

/** The scene that plays now (the opening where an edit has removed it). */
export const sceneOf = (state: EngineState): Score['scenes'][number] => {
  const named = (wanted: string): Score['scenes'][number] | undefined => state.score.scenes.find(({ id }) => id === wanted);
  const scene = named(state.scene.id) ?? named(state.score.opening);
  if (scene === undefined) throw new RangeError('the opening of a score is one of its scenes');
  return scene;
};
