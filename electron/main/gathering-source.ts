import type { Take } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import type { GatheringSource } from '../../core/ipc/contract.ts';
import type { ExportInput } from '../../core/ipc/export-messages.ts';
import type { ToNexus } from '../../core/ipc/nexus-messages.ts';
import type { Score } from '../../core/score/schema.ts';
import { LIVE_GATE, OWN_GATE } from '../../nexus/aggregator.ts';
import type { Handles } from './handles.ts';
import { sendableScore } from './sendable.ts';
import type { CutOffTake } from './take-file.ts';

const LONGEST_START = 24 * 3600;

/** A first open finds people already falling asleep. */
export const firstSource = (seed: number): Extract<GatheringSource, { kind: 'simulate' }> => ({ kind: 'simulate', pods: 24, seed, startAt: 900, speed: 1 });

/**
 * The sleepers of a performance that was cut off, where their night is by now. A room opens again to the same links. Recorded
 * nights were chosen by hand; until that is done again simulated sleepers are heard.
 * @param live the room or the collective that was open last
 */
export const sourceAfter = ({ head }: CutOffTake, wall: number, live: GatheringSource | null): GatheringSource => {
  const { source, pace } = head;
  if (source.kind === 'live' && live !== null) return live;
  const startAt = Math.min(LONGEST_START, pace.startAt + (Math.max(0, wall - head.startedAt) / 1000) * pace.speed);
  return source.kind === 'simulate' ? { kind: 'simulate', pods: Math.min(500, source.pods), seed: source.seed, startAt, speed: pace.speed } : { ...firstSource(head.seed), startAt };
};

/** Seconds into the night at which it begins, and how fast the night runs. Who sleeps now, sleeps in real time. */
export const paceOf = (source: GatheringSource): { readonly startAt: number; readonly speed: number } =>
  source.kind === 'simulate' || source.kind === 'nights' ? { startAt: source.startAt, speed: source.speed } : { startAt: 0, speed: 1 };

type Nights = Extract<GatheringSource, { kind: 'nights' }>;
const pathsOf = (source: Nights, handles: Handles): string[] => source.files.map(({ handle }) => handles.path(handle));

/** The source as the Nexus opens it. @param secret what the room's joining tokens are made from */
export const forNexus = (source: GatheringSource, handles: Handles, startAt: number, secret: string): ToNexus => {
  const start = Math.min(LONGEST_START, startAt);
  switch (source.kind) {
    case 'simulate':
      return { kind: 'start', source: { ...source, startAt: start } };
    case 'nights':
      return { kind: 'start', source: { kind: 'nights', files: pathsOf(source, handles), align: source.align, startAt: start, speed: source.speed } };
    case 'room':
      return { kind: 'start', source: { kind: 'room', room: { ...source.room, secret } } };
    case 'collective':
      return { kind: 'start', source };
  }
};

/** What a take says of where its frames came from. */
export const takeSourceOf = (source: GatheringSource): Take['source'] => {
  if (source.kind === 'simulate') return { kind: 'simulate', pods: source.pods, seed: source.seed };
  if (source.kind === 'nights') return { kind: 'night', files: source.files.map(({ name }) => name), align: source.align };
  return { kind: 'live' };
};

/** Pods that must be live before they are heard. */
export const minimumPodsOf = (source: GatheringSource): number =>
  source.kind === 'collective' || (source.kind === 'room' && source.room.whose === 'others') ? LIVE_GATE : OWN_GATE;

/** What an export of the source composes from. @throws Fault where nobody sleeps twice the same */
export const exportInputOf = (source: GatheringSource, handles: Handles, score: Score, seed: number): ExportInput => {
  if (source.kind === 'simulate') return { kind: 'simulate', score: sendableScore(score), seed, pods: source.pods, sourceSeed: source.seed, startAt: source.startAt };
  if (source.kind === 'nights') return { kind: 'nights', score: sendableScore(score), seed, files: pathsOf(source, handles), align: source.align, startAt: source.startAt };
  throw new Fault('a live gathering cannot be composed ahead', 'the export', 'export the take that was played');
};
