import { describe, expect, it } from 'vitest';
import { createNight } from '../../../renderer/engine/night.ts';
import { createRunner, type Runner } from '../../../renderer/engine/runner.ts';
import { createSignals } from '../../../renderer/engine/signals.ts';
import { engineView, withUnheard, type Surroundings } from '../../../renderer/engine/view.ts';
import { createInbox } from '../../../renderer/engine/inbox.ts';
import { SCORE_LAYER } from '../../../core/events/event.ts';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { firstLight } from '../../support/score.ts';

const frame = (discord: number, t = 0, gated = false): CollectiveFrame => ({
  t, n: 12, gated, share: [0.2, 0.2, 0.2, 0.2, 0.2], entropy: 1, depth: 0.5, dream: 0.2, synchrony: 0.1, concordance: 0.1,
  discord, unity: 0.1, novelty: 0, heartBpm: null, breathHz: null, motion: 0.1, chant: 0,
});
const around = (runner: Runner, now: number): Surroundings => ({
  transport: 'playing', now, shown: runner.shown, frame: null, learning: null,
  sound: { state: 'silent', detail: '', late: 0, masterDb: -120 },
  midi: { state: 'none', detail: '', inputs: [], outputs: [], clockTo: null },
  signals: createSignals().health(0), meterDb: () => -120, route: () => 'none',
});

describe('the view', () => {
  const score = firstLight();
  const played = (seconds: number): Runner => {
    const runner = createRunner({ score, seed: 3, resume: null });
    for (let now = 0; now <= seconds * 1e6; now += 40_000) runner.pump(now);
    return runner;
  };

  it('shows the bar, its phase and the tempo of what sounds, not of what is decided', () => {
    const runner = played(20);
    const view = engineView(runner.state(), around(runner, 20_000_000));
    expect(view.bar).toBeLessThan(runner.state().bar);
    expect(view.bar).toBe(runner.state().bar - 1);
    expect(view.barPhase).toBeGreaterThanOrEqual(0);
    expect(view.barPhase).toBeLessThan(1);
    expect(view.beatsPerMinute).toBeGreaterThan(20);
    expect(view.chord).not.toBe('');
    expect(view.scene.id).toBe(score.opening);
  });

  it('shows the keys that sound now', () => {
    const runner = createRunner({ score, seed: 3, resume: null });
    const open = new Map<number, number>();
    for (let now = 0; now <= 30_000_000; now += 40_000) {
      for (const event of runner.pump(now).performed) {
        if (event.t > 29_900_000) continue;
        if (event.kind === 'on') open.set(event.note, event.pitch);
        if (event.kind === 'off') open.delete(event.note);
      }
    }
    const view = engineView(runner.state(), around(runner, 29_900_000));
    expect(view.layers.flatMap(({ sounding }) => sounding).toSorted()).toEqual([...open.values()].toSorted());
    expect(open.size).toBeGreaterThan(0);
  });

  it('shows what a hand has just done, before the music has heard it', () => {
    const runner = played(5);
    const layer = score.layers[0]?.id ?? '';
    runner.accept({ kind: 'mute', layer, muted: true }, 5_000_000);
    expect(engineView(withUnheard(runner.state(), runner.unheard()), around(runner, 5_000_000)).layers[0]?.muted).toBe(true);
  });
});

describe('the runner', () => {
  it('keeps an edit that does not fit out of the journal', () => {
    const runner = createRunner({ score: firstLight(), seed: 3, resume: null });
    expect(() => runner.accept({ kind: 'edit', patches: [{ op: 'replace', path: ['layers', 0, 'pan'], value: 7 }] }, 0)).toThrow();
    expect(runner.takeNew()).toEqual([]);
    expect(() => runner.accept({ kind: 'nonsense' }, 0)).toThrow(/input/);
    expect(() => runner.pump(10_000_000)).not.toThrow();
  });

  it('leaves out onsets after a stall, counts them, and ends no note less', () => {
    const runner = createRunner({ score: firstLight(), seed: 3, resume: null });
    runner.pump(0);
    runner.accept({ kind: 'scene', scene: 'storm' }, 1_000);
    const stalled = runner.pump(30_000_000);
    const whole = createRunner({ score: firstLight(), seed: 3, resume: null });
    whole.accept({ kind: 'scene', scene: 'storm' }, 1_000);
    const offs = [];
    for (let now = 0; now <= 30_000_000; now += 40_000) offs.push(...whole.pump(now).performed.filter(({ kind }) => kind === 'off'));
    expect(stalled.stale).toBeGreaterThan(0);
    expect(stalled.performed.filter(({ kind }) => kind === 'off')).toHaveLength(offs.length);
    expect(stalled.performed.filter(({ layer }) => layer === SCORE_LAYER).length).toBeGreaterThan(0);
  });
});

describe('the night, the signals and the inbox', () => {
  it('keeps a line a minute, without gated frames', () => {
    const night = createNight();
    expect(night.hear(frame(0.1), 'a')).toBeNull();
    expect(night.hear(frame(0.2, 59_000_000), 'a')).toBeNull();
    expect(night.hear(frame(0.9, 60_000_000, true), 'b')).toBeNull();
    expect(night.hear(frame(0.3, 61_000_000), 'b')).toMatchObject({ minute: 0, discord: 0.2, scene: 'a' });
    expect(night.minutes().map(({ minute, scene }) => [minute, scene])).toEqual([[0, 'a'], [1, 'b']]);
  });

  it('says how old the signals are', () => {
    const signals = createSignals();
    expect(signals.health(0)).toMatchObject({ state: 'none', ageMs: null });
    signals.heard(frame(0.5), 1_000);
    expect([1_100, 4_000, 20_000].map((now) => signals.health(now).state)).toEqual(['live', 'late', 'lost']);
  });

  it('counts bad messages and reports a sender once', () => {
    const said: string[] = [];
    const inbox = createInbox((text) => said.push(text));
    inbox.refused('the Nexus', 'a');
    inbox.refused('the Nexus', 'b');
    inbox.refused('main', 'c');
    expect(inbox.count()).toBe(3);
    expect(said).toHaveLength(2);
  });
});
