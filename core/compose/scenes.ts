import type { EngineState } from '../engine/state.ts';
import type { Rule } from '../score/schema.ts';
import { readSignal, type CollectiveFrame } from '../signal/collective-frame.ts';
import { MICROS_PER_SECOND, type Micros } from '../units.ts';

/** Length of the night that a score's own arc is laid over. */
const ARC_HOURS = 8;
/** Without a frame for this long the sleepers are out of hearing and the score follows its own arc. */
const LOST_AFTER_SECONDS = 180;

/** Whether the collective leads now: frames come, and of enough pods. What is frozen is held on purpose and never out of hearing. */
export const sleepersLead = (state: EngineState, now: Micros): boolean =>
  state.senses.frame !== null &&
  !state.senses.frame.gated &&
  (state.hands.mode === 'freeze' || now - state.senses.frameAt < LOST_AFTER_SECONDS * MICROS_PER_SECOND);

/** Whether all conditions of a rule hold in a frame. */
export const ruleHolds = (rule: Rule, frame: CollectiveFrame): boolean =>
  rule.when.every(({ signal, is, value }) => (is === 'above' ? readSignal(frame, signal) > value : readSignal(frame, signal) < value));

/** How far a rule has come on its way, 0..1; 0 while it does not hold. */
export const ruleProgress = (state: EngineState, rule: Rule, now: Micros): number => {
  const since = state.senses.heldSince[rule.id];
  if (since === undefined) return 0;
  return rule.forSeconds === 0 ? 1 : Math.max(0, Math.min(1, (now - since) / (rule.forSeconds * MICROS_PER_SECOND)));
};

/** Rules that could leave the present scene. */
export const openRules = (state: EngineState): readonly Rule[] =>
  state.score.rules.filter((rule) => rule.to !== state.scene.id && (rule.from === null || rule.from === state.scene.id));

export interface SceneChoice {
  readonly scene: string;
  readonly rule: string;
}

/** The scene of the score's own arc at a time: the last whose place has come. */
const arcScene = (state: EngineState, now: Micros): string => {
  const place = now / (ARC_HOURS * 3600 * MICROS_PER_SECOND);
  let chosen = state.score.opening;
  let best = -1;
  for (const scene of state.score.scenes) {
    if (scene.arc <= place && scene.arc > best) {
      chosen = scene.id;
      best = scene.arc;
    }
  }
  return chosen;
};

/**
 * The scene of the bar that begins at `now`: a hand's wish first, then the first rule that has held
 * long enough and whose bar it is, else the same. Rules rest while a hand leads; where the sleepers
 * cannot be heard the score's own arc leads.
 */
export const chooseScene = (state: EngineState, now: Micros): SceneChoice | null => {
  const wish = state.hands.scene;
  if (wish !== null && state.score.scenes.some(({ id }) => id === wish)) return wish === state.scene.id ? null : { scene: wish, rule: 'asked for by hand' };
  const present = state.score.scenes.find(({ id }) => id === state.scene.id);
  if (present === undefined) return { scene: state.score.opening, rule: 'the scene was removed' };
  if (state.hands.mode === 'lead') return null;
  if (now - state.scene.since < present.dwellSeconds * MICROS_PER_SECOND) return null;
  if (!sleepersLead(state, now)) {
    // At the beginning nobody has spoken yet: that is not the same as being out of hearing.
    if (state.senses.frame === null && now < LOST_AFTER_SECONDS * MICROS_PER_SECOND) return null;
    const scene = arcScene(state, now);
    return scene === state.scene.id ? null : { scene, rule: "the score's own arc" };
  }
  const rule = openRules(state).find((candidate) => state.bar % candidate.atBars === 0 && ruleProgress(state, candidate, now) >= 1);
  return rule === undefined ? null : { scene: rule.to, rule: rule.id };
};
