import { describe, expect, it } from 'vitest';
import { gestureOf, inputOf, learnedBinding, bindingsOf, type Gesture, type Present } from '../../../renderer/engine/midi/hands.ts';
import { createPickup } from '../../../renderer/engine/midi/pickup.ts';
import type { Binding } from '../../../core/score/schema.ts';
import { firstLight } from '../../support/score.ts';

const port = { name: 'Knobs', maker: 'Acme' };
const knob = (value: number): Gesture => ({ port: 'Knobs', maker: 'Acme', message: 'controller', channel: 1, number: 7, value });
const pad = (value: number): Gesture => ({ ...knob(value), message: 'note' });
const binding = (target: Binding['target'], message: Binding['message'] = 'controller'): Binding => ({ id: 'one', port: 'Knobs', maker: 'Acme', message, channel: 1, number: 7, target });
const present: Present = { value: () => 0.5, muted: () => false };

describe('soft pick-up', () => {
  it('moves nothing until the knob reaches the value', () => {
    const pickup = createPickup();
    expect(pickup.turn('a', 0.1, 0.5)).toBeNull();
    expect(pickup.turn('a', 0.3, 0.5)).toBeNull();
    expect(pickup.turn('a', 0.47, 0.5)).toBe(0.47);
    expect(pickup.turn('a', 0.9, 0.5)).toBe(0.9);
  });

  it('catches a value that is passed between two messages', () => {
    const pickup = createPickup();
    expect(pickup.turn('a', 0.2, 0.5)).toBeNull();
    expect(pickup.turn('a', 0.8, 0.5)).toBe(0.8);
  });

  it('lets go when someone else sets the value', () => {
    const pickup = createPickup();
    expect(pickup.turn('a', 0.5, 0.5)).toBe(0.5);
    pickup.release('a');
    expect(pickup.turn('a', 0.52, 0.9)).toBeNull();
  });
});

describe('gestures', () => {
  it('reads knobs and struck pads, and nothing else', () => {
    expect(gestureOf(Uint8Array.of(0xb2, 21, 64), port)).toEqual({ port: 'Knobs', maker: 'Acme', message: 'controller', channel: 3, number: 21, value: 64 });
    expect(gestureOf(Uint8Array.of(0x90, 36, 100), port)?.message).toBe('note');
    for (const bytes of [[0x90, 36, 0], [0x80, 36, 10], [0xf8], [0xe0, 0, 64], [0xb0, 200, 1], []]) expect(gestureOf(Uint8Array.from(bytes), port)).toBeNull();
  });

  it('finds its bindings by port, maker, kind, channel and number', () => {
    const score = { ...firstLight(), bindings: [binding({ kind: 'panic' }), { ...binding({ kind: 'fade' }), id: 'two', number: 8 }] };
    expect(bindingsOf(score, knob(1)).map(({ id }) => id)).toEqual(['one']);
    expect(bindingsOf(score, { ...knob(1), port: 'Other' })).toEqual([]);
    expect(bindingsOf(score, { ...knob(1), maker: '' }).map(({ id }) => id)).toEqual(['one']);
  });

  it('makes inputs of every kind of target', () => {
    const pickup = createPickup();
    expect(inputOf(binding({ kind: 'macro', macro: 'light' }), knob(64), present, pickup)).toEqual({ kind: 'macro', macro: 'light', value: 64 / 127 });
    expect(inputOf(binding({ kind: 'parameter', layer: 'pad', parameter: 'level' }, 'note'), pad(127), present, pickup)).toEqual({ kind: 'parameter', layer: 'pad', parameter: 'level', value: 1 });
    expect(inputOf(binding({ kind: 'scene', scene: 'deep' }), knob(127), present, pickup)).toEqual({ kind: 'scene', scene: 'deep' });
    expect(inputOf(binding({ kind: 'scene', scene: 'deep' }), knob(10), present, pickup)).toBeNull();
    expect(inputOf(binding({ kind: 'mute', layer: 'pad' }, 'note'), pad(1), present, pickup)).toEqual({ kind: 'mute', layer: 'pad', muted: true });
    expect(inputOf(binding({ kind: 'mute', layer: 'pad' }), knob(0), present, pickup)).toEqual({ kind: 'mute', layer: 'pad', muted: false });
    expect(inputOf(binding({ kind: 'panic' }, 'note'), pad(1), present, pickup)).toEqual({ kind: 'panic' });
    expect(inputOf(binding({ kind: 'fade' }), knob(127), present, pickup)).toMatchObject({ kind: 'fade' });
  });

  it('learns with an id that the score does not have', () => {
    const score = { ...firstLight(), bindings: [{ ...binding({ kind: 'panic' }), id: 'controller-1-7' }] };
    expect(learnedBinding(score, knob(3), { kind: 'fade' })).toEqual({ id: 'controller-1-7-2', port: 'Knobs', maker: 'Acme', message: 'controller', channel: 1, number: 7, target: { kind: 'fade' } });
  });
});
