/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import type { StampedInput } from '../../../core/engine/input.ts';
import type { Performed } from '../../../core/events/performed.ts';
import { createEngine, type Engine, type Load } from '../../../renderer/engine/engine.ts';
import { createInbox } from '../../../renderer/engine/inbox.ts';
import type { Midi } from '../../../renderer/engine/midi/midi.ts';
import { createSignals } from '../../../renderer/engine/signals.ts';
import { readSnapshot } from '../../../renderer/engine/snapshot.ts';
import type { Sound } from '../../../renderer/engine/sound/sound.ts';
import { frame } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';

const score = firstLight();
const nothing = (): void => undefined;

/** An engine whose clock the test turns, and what its sound was begun with. */
const makeEngine = () => {
  const began: { elapsed: number; standing: readonly Performed[] }[] = [];
  const clocks: (string | null)[] = [];
  let from = 0;
  const time = { now: 0 };
  const sound: Sound = {
    begin: (_score, _seed, elapsed, standing) => {
      from = elapsed;
      time.now = 0;
      began.push({ elapsed, standing });
    },
    now: () => from + time.now, play: nothing, edit: nothing, audition: nothing, missed: nothing, panic: nothing, unmute: nothing, end: nothing,
    heardAt: (t) => t, meterDb: () => -120, health: () => ({ state: 'running', detail: '', late: 0, masterDb: -120 }),
  };
  const midi: Midi = {
    open: async () => undefined, setScore: nothing, play: nothing, clock: nothing, begin: nothing, end: nothing, clockTo: (port) => void clocks.push(port),
    panic: nothing, learn: nothing, learning: () => null, released: nothing, poll: nothing,
    health: () => ({ state: 'none', detail: '', inputs: [], outputs: [], clockTo: clocks.at(-1) ?? null }), route: () => 'none', dispose: async () => undefined,
  };
  const engine = createEngine({ sound, midi, signals: createSignals(), inbox: createInbox(nothing), wall: () => 0, onEvents: nothing, onMinutes: nothing });
  return { engine, time, began };
};

/** Plays `seconds` at four frames a second of a night that runs 60 times faster than real, and keeps the journal as main does. */
const play = (engine: Engine, time: { now: number }, seconds: number, journal: StampedInput[]): void => {
  const end = time.now + seconds * 1e6;
  for (; time.now < end; time.now += 50_000) {
    const t = engine.view().t;
    if (t % 250_000 === 0) engine.accept({ kind: 'frame', frame: frame({ t: t * 60, discord: (t % 7_000_000) / 7_000_000 }) }, 'the Nexus');
    engine.pump();
    journal.push(...engine.takeNew());
  }
};
const fresh: Load = { score, seed: 5, resume: null, clockTo: null };

describe('an engine that takes over', () => {
  it('has the night, the music and the clock of the one before, from snapshot and tail as from the whole journal', () => {
    const first = makeEngine();
    const journal: StampedInput[] = [];
    first.engine.load(fresh);
    expect(first.engine.snapshot()).toBeNull();
    first.engine.play(fresh);
    play(first.engine, first.time, 20.3, journal);
    const text = JSON.stringify(first.engine.snapshot());
    const snapshot = readSnapshot(text);
    play(first.engine, first.time, 5, journal);

    const elapsed = 25_400_000;
    const whole = makeEngine();
    whole.engine.load({ ...fresh, resume: { snapshot: null, inputs: journal, elapsed }, clockTo: 'Test Synth' });
    const second = makeEngine();
    second.engine.load({ ...fresh, resume: { snapshot, inputs: journal.slice(snapshot.runner.seq - 1), elapsed }, clockTo: 'Test Synth' });

    expect(second.engine.night()).toEqual(whole.engine.night());
    expect(second.engine.night()).toEqual(first.engine.night());
    expect(second.engine.night().length).toBeGreaterThan(20);
    expect(second.began).toEqual(whole.began);
    expect(second.engine.view()).toEqual(whole.engine.view());
    expect(second.engine.view()).toMatchObject({ transport: 'playing', t: elapsed, midi: { clockTo: 'Test Synth' } });
    const after: StampedInput[][] = [[], []];
    play(whole.engine, whole.time, 10, after[0] ?? []);
    play(second.engine, second.time, 10, after[1] ?? []);
    expect(after[1]).toEqual(after[0]);
    expect(after[1]?.[0]?.seq).toBe(journal.length);
    expect(second.engine.view()).toEqual(whole.engine.view());
    expect(second.engine.night()).toEqual(whole.engine.night());
  });

  it('never stands before what is decided, where the audio clock ran ahead of the wall', () => {
    const first = makeEngine();
    const journal: StampedInput[] = [];
    first.engine.load(fresh);
    first.engine.play(fresh);
    play(first.engine, first.time, 10, journal);
    const snapshot = first.engine.snapshot();
    const second = makeEngine();
    second.engine.load({ ...fresh, resume: { snapshot, inputs: journal, elapsed: 9_000_000 } });
    expect(second.began.map(({ elapsed }) => elapsed)).toEqual([snapshot?.runner.decidedUntil]);
    expect(snapshot?.runner.decidedUntil).toBeGreaterThan(9_900_000);
  });

  it('journals for main what those agreed to who are to be recorded, and plays what all do', () => {
    const { engine, time } = makeEngine();
    engine.load(fresh);
    engine.play(fresh);
    time.now = 1_000_000;
    engine.accept({ kind: 'frame', frame: frame({ n: 12, depth: 0.9 }) }, 'the Nexus', frame({ n: 7, depth: 0.1 }));
    engine.accept({ kind: 'frame', frame: frame({ n: 12, depth: 0.8 }) }, 'the Nexus');
    engine.pump();
    expect(engine.state()?.senses.frame).toMatchObject({ n: 12, depth: 0.8 });
    expect(engine.takeNew()).toMatchObject([{ seq: 0, input: { frame: { n: 7, depth: 0.1 } }, substituted: true }, { seq: 1, input: { frame: { n: 12, depth: 0.8 } } }]);
  });

  it.each(['', '{}', 'null', '{"runner":{"seq":-1}}'])('takes no snapshot that is none: %s', (text) => {
    expect(() => readSnapshot(text)).toThrow();
  });
});
