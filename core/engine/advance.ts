import type { ScoreEvent } from '../events/event.ts';
import { microsAt } from '../time/tempo-map.ts';
import type { Micros } from '../units.ts';
import type { StampedInput } from './input.ts';
import { takeInput } from './inputs.ts';
import type { EngineState } from './state.ts';
import { stepBar } from './step-bar.ts';
import { stepControls } from './step-controls.ts';
import { BAR_HORIZON, CONTROL_HORIZON, CONTROL_STEP } from './timing.ts';

export interface Advanced {
  readonly state: EngineState;
  /** In the order of decision; `compareEvents` gives the order of time. */
  readonly events: readonly ScoreEvent[];
}

/** The state with every journal entry that came before a moment of decision. */
const hear = (state: EngineState, journal: readonly StampedInput[], before: number): EngineState => {
  let next = state;
  let cursor = state.cursor;
  for (let entry = journal[cursor]; entry !== undefined && entry.effective < before; entry = journal[cursor]) {
    next = takeInput(next, entry);
    cursor += 1;
  }
  return cursor === state.cursor ? state : { ...next, cursor };
};

/**
 * Decides everything whose time of decision has come. A bar is decided BAR_HORIZON before it sounds,
 * a control step CONTROL_HORIZON before, each from the inputs that came strictly earlier; so the
 * outcome is the same however often and however late this is called.
 * @param journal the whole journal, in order; `state.cursor` says how much of it is used
 * @param now the engine's clock; offline the end of the gathering
 */
export const advance = (state: EngineState, journal: readonly StampedInput[], now: Micros): Advanced => {
  const events: ScoreEvent[] = [];
  let next = state;
  let barAt = microsAt(next.tempo, next.barTick) - BAR_HORIZON;
  for (;;) {
    const stepAt = next.step * CONTROL_STEP - CONTROL_HORIZON;
    const decideBar = barAt < stepAt;
    const at = decideBar ? barAt : stepAt;
    if (at > now) return { state: next, events };
    const heard = hear(next, journal, at);
    const decided = decideBar ? stepBar(heard) : stepControls(heard);
    next = decided.state;
    for (const event of decided.events) events.push(event);
    if (decideBar) barAt = microsAt(next.tempo, next.barTick) - BAR_HORIZON;
  }
};
