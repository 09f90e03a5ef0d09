import { advance } from '../core/engine/advance.ts';
import { FRAME_MICROS } from '../core/engine/gathering-input.ts';
import type { StampedInput } from '../core/engine/input.ts';
import { initialState, type EngineState } from '../core/engine/state.ts';
import type { ScoreEvent } from '../core/events/event.ts';
import { compareEvents } from '../core/events/order.ts';
import { createPerformer } from '../core/events/perform.ts';
import type { Performed } from '../core/events/performed.ts';
import type { Score } from '../core/score/schema.ts';
import { MICROS_PER_SECOND, micros, type Micros } from '../core/units.ts';

/** What is composed: a score, a seed and everything that enters the engine, in order of time. */
export interface Piece {
  readonly score: Score;
  readonly seed: number;
  readonly inputs: Iterable<StampedInput>;
  /** Where it ends; null is a frame's length after the last input. */
  readonly to: Micros | null;
}

/** A stretch of the composed gathering. All lists are in order of time, and no later stretch adds to this one's time. */
export interface Stretch {
  readonly inputs: readonly StampedInput[];
  readonly events: readonly ScoreEvent[];
  readonly performed: readonly Performed[];
  /** Everything before this is decided and told. */
  readonly upTo: Micros;
  readonly state: EngineState;
}

/** How much is composed at a time: long enough to be quick, short enough that memory stays flat. */
const STRETCH = 10 * MICROS_PER_SECOND;

/** The inputs before a time, taken from a source that goes on. */
const createInputs = (source: Iterator<StampedInput>) => {
  let next = source.next();
  let last = 0;
  return {
    before: (limit: number): readonly StampedInput[] => {
      const taken: StampedInput[] = [];
      while (next.done !== true && next.value.effective < limit) {
        taken.push(next.value);
        last = next.value.effective;
        next = source.next();
      }
      return taken;
    },
    /** A frame's length after the last one, once there are no more. */
    end: (): number | null => (next.done === true ? last + FRAME_MICROS : null),
  };
};

const stretches = function* (piece: Piece, source: Iterator<StampedInput>): Generator<Stretch, void, undefined> {
  const incoming = createInputs(source);
  const performer = createPerformer();
  let state = initialState(piece.score, piece.seed);
  let journal: readonly StampedInput[] = [];
  let undue: readonly ScoreEvent[] = [];

  for (let upTo = 0, end = Number.POSITIVE_INFINITY; upTo < end; ) {
    const limit = Math.min(upTo + STRETCH, piece.to ?? Number.POSITIVE_INFINITY);
    const inputs = incoming.before(limit);
    end = piece.to ?? incoming.end() ?? Number.POSITIVE_INFINITY;
    upTo = Math.min(limit, end);

    // Only the unused rest of the journal is kept: `cursor` counts within it.
    const heard = [...journal, ...inputs];
    const advanced = advance({ ...state, cursor: 0 }, heard, micros(upTo));
    state = advanced.state;
    journal = heard.slice(state.cursor);

    // Bars are decided far ahead of control steps, so what is not due yet waits to be put in order.
    const known = [...undue, ...advanced.events].sort(compareEvents);
    const due = known.findIndex((event) => event.t >= upTo);
    const events = due < 0 ? known : known.slice(0, due);
    undue = due < 0 ? [] : known.slice(due);
    yield { inputs, events, performed: performer.perform(events, state.tempo, micros(upTo)), upTo: micros(upTo), state };
  }
};

/**
 * Composes offline, stretch by stretch, with the engine that plays live. The journal is dropped as it
 * is used, so that a long night needs no more memory than a short one.
 */
export const composePiece = function* (piece: Piece): Generator<Stretch, void, undefined> {
  const source = piece.inputs[Symbol.iterator]();
  try {
    yield* stretches(piece, source);
  } finally {
    source.return?.();
  }
};
