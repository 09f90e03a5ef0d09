import type { SignalHealth } from '../../core/ipc/engine-view.ts';
import type { NexusHealth } from '../../core/ipc/nexus-messages.ts';
import type { CollectiveFrame } from '../../core/signal/collective-frame.ts';

/** Frames come every 250 ms: after 2 s they are late, after 10 s lost. */
const LATE_MS = 2_000;
const LOST_MS = 10_000;

/** What is known of the signals' way to here, with or without a gathering that plays. */
export interface Signals {
  readonly heard: (frame: CollectiveFrame, wallMs: number) => void;
  readonly told: (health: NexusHealth) => void;
  readonly frame: () => CollectiveFrame | null;
  readonly health: (wallMs: number) => SignalHealth;
}

export const createSignals = (): Signals => {
  let frame: CollectiveFrame | null = null;
  let at = 0;
  let nexus: NexusHealth | null = null;
  return {
    heard: (next, wallMs) => {
      frame = next;
      at = wallMs;
    },
    told: (health) => {
      nexus = health;
    },
    frame: () => frame,
    health: (wallMs) => {
      const ageMs = frame === null ? null : Math.round(wallMs - at);
      const state = ageMs === null ? 'none' : ageMs < LATE_MS ? 'live' : ageMs < LOST_MS ? 'late' : 'lost';
      return { state, source: nexus?.source ?? '', pods: frame?.n ?? nexus?.pods ?? 0, gated: frame?.gated ?? nexus?.gated ?? false, ageMs };
    },
  };
};
