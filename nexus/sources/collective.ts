import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import { keepBeat } from '../beat.ts';
import { createCollectiveAdapter } from '../scale/collective-adapter.ts';
import type { Listeners, Machine, Playing } from './playing.ts';

export type CollectiveSource = Extract<NexusSource, { kind: 'collective' }>;

/** Longer without a frame, and it counts as gated: nobody is heard. */
const SILENT_MS = 5_000;

/** Listens to the merged collective of a larger gathering. @throws Fault where the broker refuses for good */
export const openCollective = ({ broker, gathering }: CollectiveSource, { clock }: Machine, listeners: Listeners): (() => Promise<Playing>) => {
  const name = `the collective of "${gathering}"`;
  return async () => {
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
      name,
      room: null,
      stop: async () => {
        end();
        await adapter.stop();
      },
    };
  };
};
