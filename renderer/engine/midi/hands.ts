import type { Input } from '../../../core/engine/input.ts';
import type { Binding, BindingTarget, Score } from '../../../core/score/schema.ts';
import type { Pickup } from './pickup.ts';

/** A knob turned or a pad struck. `value` 0..127. */
export interface Gesture {
  readonly port: string;
  readonly maker: string;
  readonly message: 'controller' | 'note';
  readonly channel: number;
  readonly number: number;
  readonly value: number;
}

/** Seconds of a gentle stop that a pad asks for. */
const FADE_SECONDS = 12;

/** Reads a controller's message; null for what is no knob or pad (or a pad let go). */
export const gestureOf = (data: Uint8Array, port: { readonly name: string; readonly maker: string }): Gesture | null => {
  const [status, number, value] = data;
  if (status === undefined || number === undefined || value === undefined || number > 127 || value > 127) return null;
  const kind = status & 0xf0;
  if (kind !== 0xb0 && (kind !== 0x90 || value === 0)) return null;
  return { port: port.name, maker: port.maker, message: kind === 0xb0 ? 'controller' : 'note', channel: (status & 0x0f) + 1, number, value };
};

const same = (binding: Binding, gesture: Gesture): boolean =>
  binding.port === gesture.port && binding.message === gesture.message && binding.channel === gesture.channel && binding.number === gesture.number
  && (binding.maker === gesture.maker || binding.maker === '' || gesture.maker === '');

/** Bindings that a gesture moves. A binding outlives its controller: it is known by name and maker. */
export const bindingsOf = (score: Score, gesture: Gesture): readonly Binding[] => score.bindings.filter((binding) => same(binding, gesture));

/** What the music stands at, for soft pick-up and toggles. */
export interface Present {
  readonly value: (target: BindingTarget) => number;
  readonly muted: (layer: string) => boolean;
}

/** The input that a bound gesture makes; null where it makes none (a knob that has not caught up, a switch let go). */
export const inputOf = ({ id, target }: Binding, gesture: Gesture, present: Present, pickup: Pickup): Input | null => {
  const amount = gesture.value / 127;
  const pressed = gesture.message === 'note' || gesture.value >= 64;
  switch (target.kind) {
    case 'parameter':
    case 'macro': {
      const value = gesture.message === 'note' ? amount : pickup.turn(id, amount, present.value(target));
      if (value === null) return null;
      return target.kind === 'macro' ? { kind: 'macro', macro: target.macro, value } : { kind: 'parameter', layer: target.layer, parameter: target.parameter, value };
    }
    case 'mute':
      return { kind: 'mute', layer: target.layer, muted: gesture.message === 'note' ? !present.muted(target.layer) : pressed };
    case 'scene':
      return pressed ? { kind: 'scene', scene: target.scene } : null;
    case 'fade':
      return pressed ? { kind: 'fade', seconds: FADE_SECONDS } : null;
    case 'panic':
      return pressed ? { kind: 'panic' } : null;
  }
};

/** The binding of a gesture to a target, with an id that the score does not have yet. */
export const learnedBinding = (score: Score, gesture: Gesture, target: BindingTarget): Binding => {
  const taken = new Set(score.bindings.map(({ id }) => id));
  const base = `${gesture.message}-${gesture.channel}-${gesture.number}`;
  let id = base;
  for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
  return { id, port: gesture.port, maker: gesture.maker, message: gesture.message, channel: gesture.channel, number: gesture.number, target };
};
