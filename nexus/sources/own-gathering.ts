import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import type { GatheringSource } from '../gathering-source.ts';
import { playGathering } from '../live-gathering.ts';
import { OWN_GATE } from '../aggregator.ts';
import type { Listeners, Machine, Opening } from './playing.ts';
import { readNights } from './read-nights.ts';

/** Simulated sleepers or recorded nights on one's own machine. */
export type OwnSource = Extract<NexusSource, { kind: 'simulate' | 'nights' }>;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const openNights = async (source: OwnSource, machine: Machine, listeners: Listeners, signal: AbortSignal): Promise<GatheringSource> => {
  if (source.kind === 'simulate') return { simulate: source.pods, seed: source.seed, ...(source.kappa === undefined ? {} : { kappa: source.kappa }) };
  return { nights: await readNights(source.files, machine, listeners.onReading, signal), align: source.align, seed: source.seed };
};

/** Reads what the source names. @throws Fault where a file cannot be used */
export const openOwn = async (asked: OwnSource, machine: Machine, listeners: Listeners, signal: AbortSignal): Promise<Opening> => {
  const { clock } = machine;
  const source = await openNights(asked, machine, listeners, signal);
  const name = asked.kind === 'simulate' ? counted(asked.pods, 'simulated sleeper') : counted(asked.files.length, 'recorded night');
  return {
    name,
    minimumPods: OWN_GATE,
    begin: async () => {
      const playing = playGathering({
        source,
        startAt: asked.startAt,
        speed: asked.speed,
        clock,
        onFrame: (frame) => listeners.onFrame(frame, null),
        onHealth: (health, night) => listeners.onHealth({ source: name, ...health, night, speed: asked.speed }),
        onEnd: listeners.onEnd,
      });
      return { room: null, stop: async () => playing.dispose() };
    },
  };
};
