import type { GatheringSource } from '../../../core/ipc/contract.ts';

/** Seconds into the night at which a source begins: a live one begins now. */
export const startOf = (source: GatheringSource | null): number => (source?.kind === 'simulate' || source?.kind === 'nights' ? source.startAt : 0);

/** How many times faster than real its night runs. */
export const speedOf = (source: GatheringSource | null): number => (source?.kind === 'simulate' || source?.kind === 'nights' ? source.speed : 1);
