import type { PodCard, RoomView } from '../../../core/ipc/room.ts';

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** Every word of the host's page. */
export const words = {
  title: 'The room',
  fresh: 'Live, once a second',
  lost: 'The Nexus does not answer. It is asked again each second.',
  refused: 'This page needs the host’s token. Open it on the machine that hosts, or with the whole link.',
  empty: 'The room is opening.',
  counts: ({ counts }: RoomView) => many(counts.live, 'pod is live', 'pods are live'),
  waiting: ({ counts, nextBatch }: RoomView) =>
    counts.waiting === 0 ? 'No one waits.' : `${many(counts.waiting, 'pod waits', 'pods wait')} to enter${nextBatch === null ? ', until one more has come.' : `, in ${Math.ceil(nextBatch)} s at the earliest.`}`,
  limited: ({ counts }: RoomView) => (counts.limited === 0 ? '' : `${many(counts.limited, 'pod is', 'pods are')} refused more often than not.`),
  join: { title: 'Ways in', circle: (circle: string) => `Circle ${circle}`, code: (circle: string) => `Code of the link into circle ${circle}`, none: 'This room has no page for phones.' },
  sources: { title: 'Sources', states: { off: 'off', starting: 'starting', live: 'live', waiting: 'waiting', failed: 'failed' } satisfies Record<RoomView['adapters'][number]['state'], string> },
  pods: {
    title: 'Pods', none: 'No pod has come yet.', circle: 'Circle', state: 'State', heard: 'Last heard', consents: 'Allows', refused: 'Refused', name: 'Pod',
    more: (hidden: number) => `${hidden} more are not listed.`,
    states: { waiting: 'waiting', live: 'live', stale: 'nothing new', limited: 'limited' } satisfies Record<PodCard['state'], string>,
    sensors: { eeg: 'EEG', hr: 'Heart', resp: 'Breath', motion: 'Motion' },
    age: (seconds: number) => (seconds < 2 ? 'now' : `${Math.round(seconds)} s ago`),
    allows: ({ record, publish }: PodCard) => ['live', ...(record ? ['record'] : []), ...(publish ? ['publish'] : [])].join(', '),
    quality: (value: number) => `${Math.round(value * 100)}%`,
  },
  realms: { title: 'Realms', one: (circles: readonly string[]) => circles.join(' and ') },
  chant: { title: 'Chant', now: ({ chanting }: RoomView) => (chanting === 0 ? 'No one chants.' : `${many(chanting, 'voice', 'voices')}.`), strength: 'Strength of the chant' },
} as const;
