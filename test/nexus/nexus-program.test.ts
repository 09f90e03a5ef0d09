import { describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { fromNexusSchema, nexusToEngineSchema, type FromNexus, type NexusToEngine } from '../../core/ipc/nexus-messages.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { openGathering } from '../../nexus/gathering-source.ts';
import type { Hypnogram } from '../../nexus/hypnogram/hypnogram.ts';
import { nightOfHypnogram } from '../../nexus/recording/night.ts';
import { createNexusProgram, type EnginePort } from '../../nexus/nexus-program.ts';
import { fakeClock } from '../support/fake-clock.ts';

const recorded: Hypnogram = { epochs: new Array<Stage>(4).fill('N2'), startedAt: null, source: 'test' };

const setUp = (readNight: (path: string) => Promise<Hypnogram> = () => Promise.resolve(recorded)) => {
  const clock = fakeClock();
  const replies: FromNexus[] = [];
  const program = createNexusProgram({ clock, unixNow: () => 1_800_000_000_000 + clock.now(), readNight: async (path) => nightOfHypnogram(await readNight(path)), reply: (message) => replies.push(fromNexusSchema.parse(message)) });
  const heard: NexusToEngine[] = [];
  let closed = 0;
  const port: EnginePort = { send: (message) => heard.push(nexusToEngineSchema.parse(message)), close: () => (closed += 1) };
  const frames = () => heard.filter((message) => message.kind === 'frame').map(({ frame }) => frame);
  return { clock, replies, program, port, heard, frames, closings: () => closed };
};
const simulate = { kind: 'simulate', pods: 6, seed: 4 } as const;

describe('the Nexus program', () => {
  it('sends 4 frames a second, the same as offline, and health each second', async () => {
    const { clock, replies, program, port, heard, frames } = setUp();
    await program.receive({ kind: 'start', source: simulate }, port);
    clock.advance(10_000);
    const offline = openGathering({ simulate: 6, seed: 4 });
    expect(frames()).toEqual(Array.from({ length: 41 }, () => offline.next()));
    expect(replies.filter(({ kind }) => kind === 'health').length).toBe(11);
    expect(heard.filter(({ kind }) => kind === 'health').length).toBe(11);
    expect(replies[0]).toEqual({ kind: 'started', source: '6 simulated sleepers' });
    expect(replies[1]).toMatchObject({ kind: 'health', pods: 6, gated: false, night: 0, speed: 1 });
  });

  it('begins where asked and runs as fast as asked, with the frames of a leap offline', async () => {
    const { clock, program, port, frames } = setUp();
    await program.receive({ kind: 'start', source: { ...simulate, startAt: 5_000, speed: 60 } }, port);
    clock.advance(2_000);
    expect(frames().map(({ t }) => t / 1e6)).toEqual([5_000, 5_015, 5_030, 5_045, 5_060, 5_075, 5_090, 5_105, 5_120]);
    const offline = openGathering({ simulate: 6, seed: 4 });
    expect(frames()[0]).toEqual(offline.at(20_000));
    expect(frames()[1]).toEqual(offline.at(20_060));
  });

  it('skips nothing of the night and sends no burst when the machine stalls', async () => {
    const { clock, program, port, frames } = setUp();
    await program.receive({ kind: 'start', source: simulate }, port);
    clock.advance(1_000);
    clock.advance(250, 30_000);
    const before = frames().length;
    clock.advance(1_000);
    expect(frames().length - before).toBeLessThanOrEqual(5);
    frames().forEach(({ t }, i) => expect(t).toBe(i * 250_000));
  });

  it('plays recorded nights to their end, then says so and is still', async () => {
    const { clock, replies, program, port, frames } = setUp();
    await program.receive({ kind: 'start', source: { kind: 'nights', files: ['/a.edf'], align: 'start' } }, port);
    clock.advance(200_000);
    expect(frames().length).toBe(480);
    expect(replies.at(-1)).toEqual({ kind: 'ended' });
    expect(clock.waiting).toBe(0);
  });

  it('passes on the Fault of a file and lets what ran before go on', async () => {
    const { clock, replies, program, port, frames } = setUp(() => Promise.reject(new Fault('the file is empty', '/x.edf', 'choose another')));
    await program.receive({ kind: 'start', source: simulate }, port);
    await program.receive({ kind: 'start', source: { kind: 'nights', files: ['/x.edf'] } });
    expect(replies).toContainEqual({ kind: 'fault', what: 'the file is empty', where: '/x.edf', mend: 'choose another' });
    clock.advance(1_000);
    expect(frames().length).toBe(5);
  });

  it('lets a slow file go when something newer was asked for', async () => {
    let give = (_: Hypnogram): void => undefined;
    const { clock, replies, program, port } = setUp(() => new Promise((resolve) => (give = resolve)));
    const slow = program.receive({ kind: 'start', source: { kind: 'nights', files: ['/slow.edf'] } }, port);
    await program.receive({ kind: 'start', source: simulate });
    give(recorded);
    await slow;
    clock.advance(1_000);
    expect(replies.filter(({ kind }) => kind === 'started')).toEqual([{ kind: 'started', source: '6 simulated sleepers' }]);
  });

  it.each([null, 'start', { kind: 'start' }, { kind: 'start', source: { kind: 'simulate', pods: 0, seed: 1 } }, { kind: 'start', source: { ...simulate, speed: 1_000 } }, { kind: 'launch' }])('refuses %j with a fault', async (message) => {
    const { replies, program } = setUp();
    await program.receive(message);
    expect(replies).toMatchObject([{ kind: 'fault', what: 'a message to the Nexus was refused' }]);
  });

  it('speaks to the newest port, survives its closing, stops and disposes', async () => {
    const { clock, replies, program, port, heard, closings } = setUp();
    const second: NexusToEngine[] = [];
    const newer: EnginePort = { send: (message) => second.push(message), close: () => undefined };
    await program.receive({ kind: 'start', source: simulate }, port);
    clock.advance(1_000);
    const before = heard.length;
    await program.receive({ kind: 'port' }, newer);
    expect(closings()).toBe(1);
    clock.advance(1_000);
    expect(heard.length).toBe(before);
    expect(second.length).toBeGreaterThan(3);
    program.portClosed(newer);
    clock.advance(1_000);
    await program.receive({ kind: 'stop' });
    expect(replies.at(-1)).toEqual({ kind: 'stopped' });
    expect(clock.waiting).toBe(0);
    await program.receive({ kind: 'dispose' });
    expect(program.disposed).toBe(true);
  });

  it('says how far recordings are read, and lets them be called off while the old ones are heard on', async () => {
    const clock = fakeClock();
    const replies: FromNexus[] = [];
    let tell: (share: number) => void = () => undefined;
    const program = createNexusProgram({
      clock,
      unixNow: () => 0,
      readNight: (_path, { onProgress, signal }) =>
        new Promise((_resolve, reject) => {
          tell = (share) => onProgress?.(share);
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
      reply: (message) => replies.push(fromNexusSchema.parse(message)),
    });
    await program.receive({ kind: 'start', source: simulate });
    const opened = program.receive({ kind: 'start', source: { kind: 'nights', files: ['/a.edf', '/b.edf'] } });
    clock.advance(400);
    tell(0.2);
    clock.advance(1_600);
    tell(0.5);
    expect(replies.filter(({ kind }) => kind === 'reading')).toEqual([{ kind: 'reading', share: 0.25, left: 6 }]);
    await program.receive({ kind: 'callOff' });
    await opened;
    expect(replies.at(-1)).toMatchObject({ kind: 'fault', where: 'called off' });
    const before = replies.length;
    clock.advance(2_000);
    expect(replies.slice(before).every((reply) => reply.kind === 'health' && reply.source === '6 simulated sleepers')).toBe(true);
    expect(replies.length - before).toBe(2);
  });
});
