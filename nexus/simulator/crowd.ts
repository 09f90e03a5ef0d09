import { TWO_PI } from '../../core/math/elementary.ts';
import { uniform } from '../../core/random/keyed.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { BREATH_STEPS_A_SECOND, DEFAULT_KAPPA, phaseAdvance, stepBreathing, type BreathDrive } from './breathing.ts';
import { createSleeper, type StageSource, type Staging } from './sleeper.ts';

/** Modelled sleepers in one room, second by second. */
export interface Crowd {
  /** The pod frames of the next second, one for each sleeper whose night is not over. */
  step(): PodFrame[];
  /** Seconds stepped so far. */
  readonly second: number;
}

export interface CrowdOptions {
  readonly sources: readonly StageSource[];
  readonly staging: Staging;
  readonly seed: number;
  /** Breath coupling in units of the critical one; see DEFAULT_KAPPA. */
  readonly kappa?: number;
}

const STILL: BreathDrive = { hertz: 0.25, diffusion: 0 };

/** Puts sleepers in a room. The same options give the same frames, to the bit, on every machine. */
export const createCrowd = ({ sources, staging, seed, kappa = DEFAULT_KAPPA }: CrowdOptions): Crowd => {
  const sleepers = sources.map((source, index) => createSleeper(source, staging, seed, index));
  const start = sleepers.map((_, index) => TWO_PI * uniform(seed, 'breath', 0, 'start', index));
  let second = 0;
  let present = sleepers.map((_, index) => index);
  let phases = Float64Array.from(start);

  const leave = (drives: readonly (BreathDrive | undefined)[]): void => {
    phases = phases.filter((_, at) => drives[at] !== undefined);
    present = present.filter((_, at) => drives[at] !== undefined);
  };

  return {
    get second() {
      return second;
    },
    step: () => {
      const wanted = present.map((index) => sleepers[index]?.drive(second));
      if (wanted.includes(undefined)) leave(wanted);
      const drives = wanted.filter((drive) => drive !== undefined);
      const before = phases.slice();
      for (let i = 0; i < BREATH_STEPS_A_SECOND; i += 1) stepBreathing(phases, drives, kappa, seed, second * BREATH_STEPS_A_SECOND + i);
      const frames: PodFrame[] = [];
      present.forEach((index, at) => {
        const phase = phases[at] ?? 0;
        const expected = TWO_PI * (drives[at] ?? STILL).hertz;
        const frame = sleepers[index]?.frame(second, phase, phaseAdvance(before[at] ?? 0, phase, expected));
        if (frame) frames.push(frame);
      });
      second += 1;
      return frames;
    },
  };
};
