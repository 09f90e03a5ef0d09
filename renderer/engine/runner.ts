import { advance } from '../../core/engine/advance.ts';
import type { RecordedInput, StampedInput } from '../../core/engine/input.ts';
import { takeInput } from '../../core/engine/inputs.ts';
import { asKept, stamp } from '../../core/engine/stamp.ts';
import { initialState, type EngineState } from '../../core/engine/state.ts';
import { CONTROL_HORIZON } from '../../core/engine/timing.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import { createPerformer } from '../../core/events/perform.ts';
import type { Performed } from '../../core/events/performed.ts';
import type { Score } from '../../core/score/schema.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';
import { micros, type Micros } from '../../core/units.ts';
import { createShownNow, type ShownNow } from './shown-now.ts';
import type { RunnerSnapshot } from './snapshot.ts';

/**
 * How far ahead of their sounding events are handed to the sinks. It is the control horizon and not
 * more: within it every control, panic and note is decided, so what the sinks get is in the one
 * order of time, the same as offline.
 */
export const LOOKAHEAD = CONTROL_HORIZON;

/** After a stall an onset this much too late is left out; ends of notes and controls never are. */
export const STALE_AFTER = micros(250_000);

/** A take to go on with, after a crash of the window. */
export interface Resume {
  /** Where to go on from; null to live through the whole journal again. */
  readonly snapshot: RunnerSnapshot | null;
  /** The journal: whole where there is no snapshot, else from the last entry that it has heard. */
  readonly inputs: readonly StampedInput[];
  /** Microseconds since the take began. */
  readonly elapsed: number;
}

export interface RunnerOptions {
  readonly score: Score;
  readonly seed: number;
  /** Null to begin anew. */
  readonly resume: Resume | null;
}

export interface Pumped {
  /** Newly decided, in the order of decision. */
  readonly events: readonly ScoreEvent[];
  /** For the sinks, in the order of time. */
  readonly performed: readonly Performed[];
  /** Onsets left out because the wall stood still. */
  readonly stale: number;
}

/**
 * The live half of the engine: stamps and journals what arrives, decides what is due, hands on what
 * will soon sound. No timer, no audio, no wall clock: time is an argument, so a test can jitter it.
 */
export interface Runner {
  /**
   * Stamps and journals an input. @throws Fault where it is none, or an edit that does not fit the score.
   * @param kept what the take that main keeps has in this frame's place; absent where it is the frame itself
   */
  readonly accept: (input: unknown, now: number, kept?: CollectiveFrame) => StampedInput;
  /** Decides and performs all that is due at `now` microseconds since the gathering's start. */
  readonly pump: (now: number) => Pumped;
  /** Journal entries since the last call, for the take that main keeps. */
  readonly takeNew: () => readonly RecordedInput[];
  /** What already sounds where a take is resumed: last controls and open notes, at their own times. Empty for a fresh one. */
  readonly standing: readonly Performed[];
  readonly state: () => EngineState;
  /** Journal entries that no decision has heard yet. */
  readonly unheard: () => readonly StampedInput[];
  readonly snapshot: () => RunnerSnapshot;
  readonly shown: ShownNow;
}

/** The last value of each control that was performed. */
const createControls = (from: readonly Performed[]) => {
  const last = new Map<string, Performed>();
  const note = (performed: readonly Performed[]): void => {
    for (const event of performed) if (event.kind === 'control') last.set(`${event.layer}/${event.parameter}`, event);
  };
  note(from);
  return { note, all: (): readonly Performed[] => [...last.values()] };
};

/**
 * The state to go on from, its cursor counted from the beginning of what there is of the journal.
 * @throws RangeError where the journal does not go on from the snapshot
 */
const stateOf = ({ seq, state }: RunnerSnapshot, inputs: readonly StampedInput[]): EngineState => {
  const cursor = seq - (inputs[0]?.seq ?? 0);
  if (cursor < 0 || cursor > inputs.length) throw new RangeError(`the journal does not go on from entry ${seq}`);
  return { ...state, cursor };
};

const isStale = (event: Performed, now: number): boolean => event.kind === 'on' && event.t < now - STALE_AFTER;

export const createRunner = ({ score, seed, resume }: RunnerOptions): Runner => {
  const snapshot = resume?.snapshot ?? null;
  const journal: StampedInput[] = [...(resume?.inputs ?? [])];
  const performer = createPerformer(snapshot?.performer);
  const controls = createControls(snapshot?.controls ?? []);
  const shown = createShownNow();
  let state = snapshot === null ? initialState(score, seed) : stateOf(snapshot, journal);
  let decidedUntil = snapshot?.decidedUntil ?? 0;
  let fresh: RecordedInput[] = [];

  const decide = (now: Micros): { readonly events: readonly ScoreEvent[]; readonly performed: Performed[] } => {
    const advanced = advance(state, journal, now);
    state = advanced.state;
    decidedUntil = now;
    const performed = performer.perform(advanced.events, state.tempo, micros(now + LOOKAHEAD));
    shown.decided(state, advanced.events);
    shown.performed(performed);
    controls.note(performed);
    return { events: advanced.events, performed };
  };

  /** The state with the edits that no decision has heard yet. */
  const scoreAhead = (): EngineState => journal.slice(state.cursor).reduce((ahead, stamped) => (stamped.input.kind === 'edit' ? takeInput(ahead, stamped) : ahead), state);

  /** Lives on up to now in silence; gives what sounds by then, all that a sink needs to take over in mid-performance. */
  const catchUp = (elapsed: number): Performed[] => {
    if (snapshot !== null) shown.resumed(state, performer.sounding());
    decide(micros(Math.max(decidedUntil, Math.floor(elapsed))));
    return [...controls.all(), ...performer.sounding()].sort((a, b) => a.t - b.t);
  };
  const standing = resume === null ? [] : catchUp(resume.elapsed);

  return {
    accept: (input, now, kept) => {
      // Never before what is already decided, or live and offline would differ.
      const stamped = stamp(journal, input, Math.max(now, decidedUntil));
      // An edit that does not fit must never enter the journal: every later decision would fail on it.
      if (stamped.input.kind === 'edit') takeInput(scoreAhead(), stamped);
      journal.push(stamped);
      fresh.push(kept === undefined || stamped.input.kind !== 'frame' ? stamped : asKept(stamped, kept));
      return stamped;
    },
    pump: (now) => {
      const { events, performed } = decide(micros(Math.max(decidedUntil, Math.floor(now))));
      const timely = performed.filter((event) => !isStale(event, now));
      return { events, performed: timely, stale: performed.length - timely.length };
    },
    takeNew: () => {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    standing,
    state: () => state,
    unheard: () => journal.slice(state.cursor),
    snapshot: () => {
      const seq = (journal[0]?.seq ?? 0) + state.cursor;
      return { seq, state: { ...state, cursor: seq }, performer: performer.snapshot(), controls: controls.all(), decidedUntil };
    },
    shown,
  };
};
