import { CONTROL_STEP } from './grid.ts';

/** A parameter of a layer that follows its control messages. */
export interface Glide {
  /** From `frame` on the parameter goes to `value`; frames never decrease. */
  set(frame: number, value: number): void;
  /** The parameter at a frame that is not before the last `forget`. */
  at(frame: number): number;
  /** Drops what cannot matter from this frame on. */
  forget(frame: number): void;
}

/**
 * The mean of the asked values over the last control step: a single change becomes a straight line
 * of 50 ms and then holds exactly. Being a mean over a bounded time, computed afresh, it remembers nothing else.
 */
export const makeGlide = (start: number): Glide => {
  const frames: number[] = [];
  const values: number[] = [];
  let held = start;
  return {
    set: (frame, value) => {
      frames.push(frame);
      values.push(value);
    },
    at: (frame) => {
      let sum = 0;
      let from = frame - CONTROL_STEP;
      let value = held;
      for (let i = 0; i < frames.length; i += 1) {
        const change = frames[i] as number;
        if (change >= frame) break;
        if (change > from) {
          sum += value * (change - from);
          from = change;
        }
        value = values[i] as number;
      }
      return from === frame - CONTROL_STEP ? value : (sum + value * (frame - from)) / CONTROL_STEP;
    },
    forget: (frame) => {
      let gone = 0;
      while (gone < frames.length && (frames[gone] as number) <= frame - CONTROL_STEP) gone += 1;
      if (gone === 0) return;
      held = values[gone - 1] as number;
      frames.splice(0, gone);
      values.splice(0, gone);
    },
  };
};
