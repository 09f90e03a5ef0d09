import { isMuted, offsetsOf, parameterValue, type Offsets } from '../compose/parameters.ts';
import { ruleHolds, sleepersLead } from '../compose/scenes.ts';
import { SOUND_PARAMETERS } from '../dsp/types.ts';
import { CONTROL_MAX, SCORE_LAYER, type ControlEvent, type CueEvent, type ScoreEvent } from '../events/event.ts';
import { exp } from '../math/elementary.ts';
import type { Layer, Mapping } from '../score/schema.ts';
import { onGrid, readSignal, SIGNALS, type CollectiveFrame, type Signal } from '../signal/collective-frame.ts';
import { tickAt } from '../time/tempo-map.ts';
import { MICROS_PER_SECOND, micros, type Micros } from '../units.ts';
import { NEUTRAL_SIGNALS, sceneOf, type EngineState, type Mixer, type Senses } from './state.ts';
import { CONTROL_STEP, CONTROL_STEP_SECONDS } from './timing.ts';

const STEPS_A_SECOND = MICROS_PER_SECOND / CONTROL_STEP;
const SLOW_SECONDS = 20;
/** How far each hand of the mixer moves in a step: a scene's level takes 15 s from end to end, a mute .4 s, follow 8 s, a resume 3 s. */
const SCENE_STEP = CONTROL_STEP_SECONDS / 15;
const MUTE_STEP = CONTROL_STEP_SECONDS / 0.4;
const FOLLOW_STEP = CONTROL_STEP_SECONDS / 8;
const RESUME_STEP = CONTROL_STEP_SECONDS / 3;
/** A control is sent once it has moved by half a 7-bit step; the sinks glide between. */
const SEND_STEP = 64;

/** A value a step closer to where it should be. */
const toward = (from: number, to: number, step: number): number => (from < to ? Math.min(to, from + step) : Math.max(to, from - step));

/** Share of the way that an exponential smoother goes in `seconds`, 0..1. */
const smoothing = (seconds: number, timeConstant: number): number => (timeConstant <= 0 ? 1 : 1 - exp(-seconds / timeConstant));

const SLOW_SHARE = smoothing(1, SLOW_SECONDS);

/** A signal as it is heard: of the frame, or neutral where the sleepers do not lead. */
const heardSignal = (frame: CollectiveFrame | null, signal: Signal): number => (frame === null ? NEUTRAL_SIGNALS[signal] : readSignal(frame, signal));

const slowSignals = (slow: Senses['slow'], frame: CollectiveFrame | null): Senses['slow'] => {
  const next: Record<Signal, number> = { ...slow };
  for (const signal of SIGNALS) {
    next[signal] = slow[signal] + SLOW_SHARE * (heardSignal(frame, signal) - slow[signal]);
  }
  return next;
};

const heldSince = (state: EngineState, frame: CollectiveFrame | null, now: Micros): Senses['heldSince'] => {
  const held: Record<string, number> = {};
  if (frame === null) return held;
  for (const rule of state.score.rules) {
    if (ruleHolds(rule, frame)) held[rule.id] = state.senses.heldSince[rule.id] ?? now;
  }
  return held;
};

const mappedSignal = (mapping: Mapping, before: number | undefined, frame: CollectiveFrame | null): number => {
  const value = heardSignal(frame, mapping.signal);
  if (before === undefined) return value;
  return Math.abs(value - before) < 1e-6 ? value : before + smoothing(CONTROL_STEP_SECONDS, mapping.smoothingSeconds) * (value - before);
};

/** What is heard of the sleepers one step on; the slow senses and the rules move once a second. */
const listen = (state: EngineState, now: Micros): Senses => {
  const { senses } = state;
  const frame = sleepersLead(state, now) ? senses.frame : null;
  const mapped: Record<string, number> = {};
  for (const mapping of state.score.mappings) mapped[mapping.id] = mappedSignal(mapping, senses.mapped[mapping.id], frame);
  if (state.step % STEPS_A_SECOND !== 0) return { ...senses, mapped };
  return { ...senses, mapped, slow: slowSignals(senses.slow, frame), heldSince: heldSince(state, frame, now) };
};

const moveMixer = (state: EngineState): Mixer => {
  const { mixer, score } = state;
  const levels = sceneOf(state).layers;
  const first = state.step === 0;
  const scene: Record<string, number> = {};
  const open: Record<string, number> = {};
  for (const layer of score.layers) {
    const level = levels[layer.id] ?? 1;
    scene[layer.id] = first ? level : toward(mixer.scene[layer.id] ?? 0, level, SCENE_STEP);
    const opened = isMuted(state, layer) ? 0 : 1;
    open[layer.id] = first ? opened : toward(mixer.open[layer.id] ?? 0, opened, MUTE_STEP);
  }
  const fade = state.transport === 'playing' ? toward(mixer.fade, 1, RESUME_STEP) : Math.max(0, mixer.fade - mixer.fadeStep);
  return { ...mixer, scene, open, fade, follow: toward(mixer.follow, state.hands.mode === 'lead' ? 0 : 1, FOLLOW_STEP) };
};

/** What the sinks should have for each parameter now, 0..16383: the level with scene, mute and fade in. */
const wantedValue = (state: EngineState, layer: Layer, parameter: (typeof SOUND_PARAMETERS)[number], offsets: Offsets): number => {
  const value = parameterValue(state, offsets, layer, parameter);
  if (parameter !== 'level') return Math.round(value * CONTROL_MAX);
  const { scene, open, fade } = state.mixer;
  return Math.round(value * (scene[layer.id] ?? 1) * (open[layer.id] ?? 1) * fade * CONTROL_MAX);
};

/** What moved a parameter: the signals mapped to it, or a hand. */
const causeOf = (state: EngineState, layer: Layer, parameter: string): ControlEvent['cause'] => {
  const mappings = state.score.mappings.filter((mapping) => mapping.layer === layer.id && mapping.parameter === parameter);
  if (mappings.length === 0) return { rule: 'the score, the scene or a hand' };
  return { rule: mappings.map(({ id }) => id).join(' + '), signals: Object.fromEntries(mappings.map(({ id, signal }) => [signal, onGrid(state.senses.mapped[id] ?? 0)])) };
};

const due = (wanted: number, sent: number | undefined): boolean =>
  sent === undefined || Math.abs(wanted - sent) >= SEND_STEP || (wanted !== sent && (wanted === 0 || wanted === CONTROL_MAX));

/**
 * One step of the control grid (every 50 ms): listens to the sleepers, moves the mixer's slow hands,
 * and says which parameters of which layers move. Also where what hands did to the whole (a gentle
 * stop, a panic, playing on) becomes a cue.
 */
export const stepControls = (before: EngineState): { readonly state: EngineState; readonly events: readonly ScoreEvent[] } => {
  const now = micros(before.step * CONTROL_STEP);
  const heard: EngineState = { ...before, senses: listen(before, now) };
  let state: EngineState = { ...heard, mixer: moveMixer(heard) };
  const events: ScoreEvent[] = [];
  const tick = tickAt(state.tempo, now);
  const cue = (name: string): CueEvent => ({ kind: 'cue', t: now, tick, layer: SCORE_LAYER, cue: name, cause: { rule: 'a hand' } });
  for (const name of before.cues) events.push(cue(name));
  if (state.transport === 'fading' && state.mixer.fade === 0) {
    events.push(cue('stopped'));
    state = { ...state, transport: 'stopped' };
  }
  const offsets = offsetsOf(state);
  let sent = state.mixer.sent;
  for (const layer of state.score.layers) {
    for (const parameter of SOUND_PARAMETERS) {
      const value = wantedValue(state, layer, parameter, offsets);
      if (!due(value, sent[layer.id]?.[parameter])) continue;
      sent = { ...sent, [layer.id]: { ...sent[layer.id], [parameter]: value } };
      events.push({ kind: 'control', t: now, tick, layer: layer.id, parameter, value, cause: causeOf(state, layer, parameter) });
    }
  }
  return { state: { ...state, step: before.step + 1, cues: [], mixer: { ...state.mixer, sent } }, events };
};
