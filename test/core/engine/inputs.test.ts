import { describe, expect, it } from 'vitest';
import type { Input } from '../../../core/engine/input.ts';
import { takeInput } from '../../../core/engine/inputs.ts';
import { initialState, type EngineState } from '../../../core/engine/state.ts';
import { createPerformer } from '../../../core/events/perform.ts';
import { applyEdit } from '../../../core/score/edit.ts';
import { tickAt } from '../../../core/time/tempo-map.ts';
import { micros } from '../../../core/units.ts';
import { frame, frames, play, scenesOf, type Arrival } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';
import { scene, smallScore } from '../../support/small-score.ts';

const start = initialState(smallScore(), 1);
const after = (state: EngineState, ...inputs: readonly Input[]): EngineState => inputs.reduce((next, input, seq) => takeInput(next, { seq, effective: 7_000_000, input }), state);

describe('inputs', () => {
  it('a frame is heard with the time of its arrival', () => {
    const { senses } = after(start, { kind: 'frame', frame: frame({ t: 3, depth: 0.7 }) });
    expect(senses.frame?.depth).toBe(0.7);
    expect(senses.frameAt).toBe(7_000_000);
  });

  it('freezing keeps the frame that was, following takes the next', () => {
    const frozen = after(start, { kind: 'frame', frame: frame({ depth: 0.1 }) }, { kind: 'mode', mode: 'freeze' }, { kind: 'frame', frame: frame({ depth: 0.9 }) });
    expect(frozen.senses.frame?.depth).toBe(0.1);
    expect(after(frozen, { kind: 'mode', mode: 'follow' }, { kind: 'frame', frame: frame({ depth: 0.8 }) }).senses.frame?.depth).toBe(0.8);
    expect(after(start, { kind: 'mode', mode: 'lead' }, { kind: 'frame', frame: frame({ depth: 0.9 }) }).senses.frame?.depth).toBe(0.9);
  });

  it('hands set parameters, mutes, macros, mode and a wish for a scene; null gives a parameter back', () => {
    const { hands } = after(
      start,
      { kind: 'parameter', layer: 'ground', parameter: 'level', value: 0.3 },
      { kind: 'parameter', layer: 'ground', parameter: 'room', value: 0.9 },
      { kind: 'parameter', layer: 'ground', parameter: 'level', value: null },
      { kind: 'mute', layer: 'ground', muted: true },
      { kind: 'macro', macro: 'light', value: 0.7 },
      { kind: 'mode', mode: 'lead' },
      { kind: 'scene', scene: 'b' },
    );
    expect(hands).toEqual({ parameters: { ground: { room: 0.9 } }, muted: { ground: true }, macros: { light: 0.7 }, mode: 'lead', scene: 'b' });
    expect(start.hands.parameters).toEqual({});
  });

  it('a name that is a trap for records touches nothing but its own entry', () => {
    const trapped = after(start, { kind: 'macro', macro: '__proto__', value: 1 }, { kind: 'parameter', layer: '__proto__', parameter: 'level', value: 0 }, { kind: 'mute', layer: 'constructor', muted: true });
    expect(Object.getPrototypeOf(trapped.hands.macros)).toBe(Object.prototype);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['level']).toBeUndefined();
  });

  it('an edit changes the score, and one that fits nowhere is refused as a fault', () => {
    const { patches } = applyEdit(start.score, { label: 'Pan', changes: [{ op: 'set', path: ['layers', 0, 'pan'], value: 0.5 }] });
    const edited = after(start, { kind: 'edit', patches: JSON.parse(JSON.stringify(patches)) });
    expect(edited.score.layers[0]?.pan).toBe(0.5);
    for (const path of [['layers', 9, 'pan'], ['nowhere', 'at', 'all'], ['__proto__', 'polluted']]) {
      expect(() => after(start, { kind: 'edit', patches: [{ op: 'replace', path, value: 1 }] })).toThrow(expect.objectContaining({ name: 'Fault' }));
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('stop, panic and resume change the transport and are said at the next step', () => {
    const fading = after(start, { kind: 'fade', seconds: 10 });
    expect([fading.transport, fading.cues, fading.mixer.fadeStep]).toEqual(['fading', ['fade'], 0.005]);
    const stopped = after(start, { kind: 'panic' });
    expect([stopped.transport, stopped.cues, stopped.mixer.fade]).toEqual(['stopped', ['panic'], 0]);
    expect(after(stopped, { kind: 'fade', seconds: 10 }).transport).toBe('stopped');
    const again = after(stopped, { kind: 'resume' });
    expect([again.transport, again.cues, again.mixer.fade]).toEqual(['playing', ['panic', 'resume'], 0]);
  });
});

describe('hands that change their mind within a step', () => {
  const performed = (arrivals: readonly Arrival[], seed = 1) => {
    const { events, state } = play(firstLight(), arrivals, 60, seed);
    return createPerformer().perform(events, state.tempo, micros(60_000_000));
  };

  it('panic has the last word after resume, and nothing begins', () => {
    const stream = performed([[10, { kind: 'panic' }], [12.01, { kind: 'resume' }], [12.02, { kind: 'panic' }]]);
    const last = stream.findLastIndex((event) => event.kind === 'cue' && event.cue === 'panic');
    expect(last).toBeGreaterThan(0);
    expect(stream.slice(last).filter(({ kind }) => kind === 'on')).toEqual([]);
  });

  it('panic while playing, taken back in the same breath by resume and meant again, ends what was already written', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const at = 8 + seed / 7;
      const stream = performed([[at, { kind: 'resume' }], [at, { kind: 'panic' }]], seed);
      expect(stream.filter((event) => event.kind === 'on' && event.t > (at + 0.2) * 1_000_000)).toEqual([]);
      expect(stream.filter((event) => event.kind === 'cue')).toMatchObject([{ cue: 'panic' }]);
    }
  });
});

describe('playing on', () => {
  it('begins again with the next bar on every layer that holds long notes, not with the next chord', () => {
    const deep = smallScore({
      ...firstLight(), rules: [], mappings: [], macros: [], bindings: [], opening: 'deep',
      scenes: [scene('deep', { barsPerChord: 16 })],
    });
    for (const stop of [{ kind: 'panic' }, { kind: 'fade', seconds: 1 }] satisfies Input[]) {
      const { events, state } = play(deep, [[9, stop], [13, { kind: 'resume' }]], 30);
      const next = events.find((event) => event.kind === 'note' && event.t > 13_000_000);
      const ons = events.filter((event) => event.kind === 'note' && event.t >= 16_000_000 && event.t < 20_000_000);
      expect(next?.t).toBeLessThanOrEqual(16_000_000 + 2_000_000);
      expect(ons.map(({ layer }) => layer)).toEqual(expect.arrayContaining(['drone', 'pad']));
      expect(tickAt(state.tempo, micros(16_000_000))).toBe(16 * 960);
    }
  });
});

describe('opening a muted layer', () => {
  it('is heard with the next bar, in the middle of a long chord too', () => {
    const long = smallScore({ ...firstLight(), rules: [], mappings: [], macros: [], bindings: [], opening: 'deep', scenes: [scene('deep', { barsPerChord: 16 })] });
    for (const layer of ['drone', 'pad']) {
      const { events } = play(long, [[1, { kind: 'mute', layer, muted: true }], [13, { kind: 'mute', layer, muted: false }]], 40);
      const onsets = events.flatMap((event) => (event.kind === 'note' && event.layer === layer ? [event.t / 1_000_000] : []));
      expect(onsets.filter((at) => at >= 4 && at < 16)).toEqual([]);
      expect(onsets.filter((at) => at >= 16 && at < 18).length).toBeGreaterThan(0);
    }
  });
});

describe('a scene that is removed while it plays', () => {
  it('gives way to the opening at the next bar, whoever leads', () => {
    const score = smallScore({ scenes: [scene('c'), scene('a'), scene('b')] });
    const { patches } = applyEdit(score, { label: 'Remove b', changes: [{ op: 'remove', path: ['scenes', 2] }] });
    for (const mode of ['follow', 'lead'] as const) {
      const { events } = play(score, [[0, { kind: 'mode', mode }], ...frames(0, 30), [2, { kind: 'scene', scene: 'b' }], [9, { kind: 'edit', patches: JSON.parse(JSON.stringify(patches)) }]], 30);
      expect(scenesOf(events).map((each) => [each.scene, each.at])).toEqual([['a', 0], ['b', 4], ['a', 12]]);
    }
  });
});
