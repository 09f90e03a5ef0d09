import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import { keepBeat } from '../beat.ts';
import { LIVE_GATE } from '../aggregator.ts';
import { createCollectiveAdapter } from '../scale/collective-adapter.ts';
import type { Listeners, Machine, Opening, Playing } from './playing.ts';

export type CollectiveSource = Extract<NexusSource, { kind: 'collective' }>;

/** Longer without a frame, and it counts as gated: nobody is heard. */
const SILENT_MS = 5_000;

/** The merged collective of a larger gathering. */
export const openCollective = ({ broker, gathering }: CollectiveSource, { clock }: Machine, listeners: Listeners): Opening => {
  const name = `the collective of "${gathering}"`;
  const begin = async (): Promise<Playing> => {
    let heard = { at: Number.NEGATIVE_INFINITY, pods: 0, gated: true, night: 0 };
    const adapter = createCollectiveAdapter({
      broker,
      gathering,
      clock,
      onFrame: (frame, kept) => {
        heard = { at: clock.now(), pods: frame.n, gated: frame.gated, night: frame.t / 1_000_000 };
        listeners.onFrame(frame, kept);
      },
    });
    await adapter.start();
    const end = keepBeat(clock, 1_000, () => {
      const silent = clock.now() - heard.at > SILENT_MS;
      listeners.onHealth({ source: silent ? adapter.health().words : name, pods: silent ? 0 : heard.pods, gated: silent || heard.gated, quality: silent ? 0 : 1, night: heard.night, speed: 1 });
      return true;
    });
    return {
      room: null,
      stop: async () => {
        end();
        await adapter.stop();
      },
    };
  };
  return { name, minimumPods: LIVE_GATE, begin };
};
