/**
 * Soft pick-up: a knob that stands elsewhere than the value it is bound to moves nothing until it
 * reaches or passes it, so that touching a controller in the night never makes a level jump.
 */
export interface Pickup {
  /** The value to set, or null while the knob has not caught it. Both 0..1. */
  readonly turn: (binding: string, knob: number, present: number) => number | null;
  /** Someone else set the value: the knob has to catch it again. */
  readonly release: (binding: string) => void;
}

/** How near counts as caught: five steps of a 7-bit knob. */
const NEAR = 0.04;

export const createPickup = (): Pickup => {
  const caught = new Set<string>();
  const last = new Map<string, number>();
  return {
    turn: (binding, knob, present) => {
      const before = last.get(binding);
      last.set(binding, knob);
      const passed = before !== undefined && (before - present) * (knob - present) <= 0;
      if (caught.has(binding) || passed || Math.abs(knob - present) <= NEAR) {
        caught.add(binding);
        return knob;
      }
      return null;
    },
    release: (binding) => {
      caught.delete(binding);
      last.delete(binding);
    },
  };
};
