import { keepBeat } from '../beat.ts';
import type { Clock } from '../clock.ts';
import { createCrowd } from '../simulator/crowd.ts';
import { createMishaps, type Mishaps } from '../simulator/mishaps.ts';
import { simulateNight } from '../simulator/simulated-night.ts';
import { readSleepModel } from '../simulator/sleep-model.ts';
import type { Adapter, AdapterHealth, Intake } from './adapter.ts';

export interface SimulatedOptions {
  readonly pods: number;
  readonly seed: number;
  readonly circle: string;
  /** Late joins, silences and lost contacts as in a real room. */
  readonly mishaps: boolean;
  readonly intake: Intake;
  readonly clock: Clock;
}

const NAME = 'simulator';

/** Simulated sleepers who come in by the same door as real ones, each by a connection of its own, once a second. */
export const createSimulatedAdapter = ({ pods, seed, circle, mishaps, intake, clock }: SimulatedOptions): Adapter => {
  let cancel: (() => void) | null = null;
  const off: AdapterHealth = { state: 'off', words: 'Off' };
  const live: AdapterHealth = { state: 'live', words: `${pods} simulated ${pods === 1 ? 'sleeper' : 'sleepers'}` };
  return {
    name: NAME,
    start: () => {
      if (cancel !== null) return Promise.resolve();
      const model = readSleepModel();
      const sources = Array.from({ length: pods }, (_, sleeper) => simulateNight(model, seed, sleeper));
      const crowd = createCrowd({ sources, staging: 'probabilities', seed });
      const happens: Mishaps = mishaps ? createMishaps(seed) : (frame) => frame;
      cancel = keepBeat(clock, 1_000, (second) => {
        for (const frame of crowd.step()) {
          const sent = happens(frame, second);
          if (sent !== null) intake.frame(sent, { adapter: NAME, connection: frame.sid, modelled: true, circle });
        }
        return true;
      });
      return Promise.resolve();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      return Promise.resolve();
    },
    health: () => (cancel === null ? off : live),
  };
};
