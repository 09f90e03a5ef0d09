import { describe, expect, it } from 'vitest';
import { parsePodFrame } from '../../../core/signal/pod-frame.ts';
import type { Stage } from '../../../core/signal/stages.ts';
import { createRecordedAdapter } from '../../../nexus/adapters/recorded.ts';
import type { Hypnogram } from '../../../nexus/hypnogram/hypnogram.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { recordingIntake, type Came } from '../../support/recording-intake.ts';

const scored = (...runs: readonly (readonly [Stage, number])[]): Hypnogram => ({ epochs: runs.flatMap(([stage, length]) => new Array<Stage>(length).fill(stage)), startedAt: null, source: 'Ada Lovelace.edf' });
const frames = (came: readonly Came[]) => came.flatMap((each) => (each.kind === 'frame' ? [parsePodFrame(each.payload)] : []));

const play = (speed?: number) => {
  const clock = fakeClock();
  const { intake, came } = recordingIntake();
  const nights = [scored(['W', 2], ['N2', 2]), scored(['N3', 6])];
  const adapter = createRecordedAdapter({ nights, align: 'start', seed: 5, circle: 'attic', intake, clock, ...(speed === undefined ? {} : { speed }) });
  return { adapter, clock, came };
};

describe('recorded nights at the door of a room', () => {
  it('send a frame a second each, as pods of their own, and say goodbye at their end', async () => {
    const { adapter, clock, came } = play();
    expect(adapter.health().state).toBe('off');
    await adapter.start();
    expect(adapter.health()).toEqual({ state: 'live', words: 'Plays 2 recorded nights' });
    clock.advance(59_000);
    expect(frames(came).length).toBe(120);
    const [first] = came;
    expect(first?.kind === 'frame' && first.from).toMatchObject({ adapter: 'recorded nights', circle: 'attic' });
    const own = (sid: string) => frames(came).filter((frame) => frame.sid === sid);
    const [one = '', other = ''] = [...new Set(frames(came).map(({ sid }) => sid))];
    expect(own(one).map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => i));
    clock.advance(61_000);
    expect(came.filter(({ kind }) => kind === 'bye').map((each) => 'sid' in each && each.sid)).toEqual([one]);
    clock.advance(60_000);
    expect(came.filter(({ kind }) => kind === 'bye').map((each) => 'sid' in each && each.sid)).toEqual([one, other]);
    expect(own(other).length).toBe(180);
    expect(adapter.health()).toEqual({ state: 'off', words: 'The recorded nights are over' });
    expect(clock.waiting).toBe(0);
  });

  it('run faster without sending more', async () => {
    const { adapter, clock, came } = play(30);
    await adapter.start();
    clock.advance(4_500);
    const stages = frames(came).filter(({ pStage }) => pStage?.[3] !== 1).map(({ seq, epochIdx, pStage }) => [seq, epochIdx, pStage?.[0]]);
    expect(stages).toEqual([[0, 0, 1], [30, 1, 1], [60, 2, 0], [90, 3, 0]]);
    expect(adapter.health().words).toBe('Plays 2 recorded nights, 30 times faster');
  });

  it('stop at once and twice, and name no one', async () => {
    const { adapter, clock, came } = play();
    await adapter.start();
    await adapter.stop();
    await adapter.stop();
    const before = came.length;
    clock.advance(10_000);
    expect(came.length).toBe(before);
    expect(clock.waiting).toBe(0);
    expect(JSON.stringify([adapter.name, adapter.health(), came])).not.toContain('Ada');
  });
});
