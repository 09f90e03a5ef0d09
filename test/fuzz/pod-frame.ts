import { parsePodFrame } from '../../core/signal/pod-frame.ts';
import { Fault } from '../../core/fault.ts';
import { podFrame } from '../support/pods.ts';
import type { Chance, Fuzzer } from './fuzzer.ts';

const STRANGE: readonly [unknown, ...unknown[]] = [null, undefined, Number.NaN, Infinity, -1, 1e308, '', 'nan', [], {}, true, 2 ** 53, -0, '__proto__', [Number.NaN, 0, 0, 0, 0]];

/** A sound frame with one to three fields that are not. */
export const brokenFrame = (chance: Chance): unknown => {
  const frame: Record<string, unknown> = { ...podFrame() };
  const keys = Object.keys(frame);
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    const key = keys[chance.below(keys.length)] ?? 'v';
    if (chance.below(6) === 0) Reflect.deleteProperty(frame, key);
    else if (chance.below(8) === 0) frame[`extra${chance.below(3)}`] = chance.below(100);
    else frame[key] = chance.pick(STRANGE);
  }
  return frame;
};

export const podFrameFuzzer = (): Fuzzer => ({
  name: 'pod-frame',
  make: brokenFrame,
  feed: (input) => {
    try {
      parsePodFrame(input);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  },
});
