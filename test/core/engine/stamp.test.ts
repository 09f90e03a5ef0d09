import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StampedInput } from '../../../core/engine/input.ts';
import { stamp, stampInput } from '../../../core/engine/stamp.ts';
import { parseTake } from '../../../core/engine/take.ts';
import { Fault } from '../../../core/fault.ts';
import { frame } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';

const faultOf = (work: () => unknown): Fault => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('stamping', () => {
  it('counts up and never falls, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e12, noNaN: true }), { maxLength: 40 }), (clock) => {
        const journal: StampedInput[] = [];
        for (const now of clock) journal.push(stampInput(journal, { kind: 'panic' }, now));
        journal.forEach(({ seq, effective }, index) => {
          expect(seq).toBe(index);
          expect(Number.isSafeInteger(effective)).toBe(true);
          expect(effective).toBeGreaterThanOrEqual(journal[index - 1]?.effective ?? 0);
          expect(effective).toBeGreaterThanOrEqual(Math.floor(clock[index] ?? 0));
        });
      }),
    );
  });

  it('goes on from the last entry of a tail as from the whole journal', () => {
    const journal: StampedInput[] = [];
    for (const now of [5, 9, 7, 12]) journal.push(stampInput(journal, { kind: 'panic' }, now));
    for (const now of [3, 20]) expect(stampInput(journal.slice(-1), { kind: 'resume' }, now)).toEqual(stampInput(journal, { kind: 'resume' }, now));
    expect(stampInput(journal.slice(-1), { kind: 'resume' }, 3)).toMatchObject({ seq: 4, effective: 12 });
  });

  it('lays every measure of a frame on the grid of 1/10 000 and leaves the unknown unknown', () => {
    const stamped = stamp([], { kind: 'frame', frame: frame({ t: 123, depth: 0.123_456_7, share: [0.111_11, 0.2, 0.2, 0.2, 0.288_888], synchrony: null, heartBpm: null, breathHz: 0.251_234_9 }) }, 5.9);
    expect(stamped.effective).toBe(5);
    expect(stamped.input).toMatchObject({ frame: { t: 123, depth: 0.1235, share: [0.1111, 0.2, 0.2, 0.2, 0.2889], synchrony: null, heartBpm: null, breathHz: 0.2512 } });
  });

  it('takes each kind of input', () => {
    const inputs = [
      { kind: 'frame', frame: frame() }, { kind: 'scene', scene: 'deep' }, { kind: 'parameter', layer: 'pad', parameter: 'level', value: null },
      { kind: 'mute', layer: 'pad', muted: true }, { kind: 'macro', macro: 'light', value: 1 }, { kind: 'mode', mode: 'freeze' },
      { kind: 'edit', patches: [{ op: 'replace', path: ['title'], value: 'x' }] }, { kind: 'fade', seconds: 0.5 }, { kind: 'panic' }, { kind: 'resume' },
    ];
    for (const input of inputs) expect(stamp([], input, 1).input).toEqual(input);
  });

  it('refuses what is hostile or broken, with a fault that says where', () => {
    const bad: readonly (readonly [value: unknown, where: string])[] = [
      [null, 'an input'], ['panic', 'an input'], [{}, 'kind'], [{ kind: 'reboot' }, 'kind'],
      [{ kind: 'fade', seconds: 0 }, 'seconds'], [{ kind: 'fade', seconds: Number.NaN }, 'seconds'],
      [{ kind: 'macro', macro: 'light', value: 1.01 }, 'value'], [{ kind: 'mute', layer: 'x'.repeat(41), muted: true }, 'layer'],
      [{ kind: 'parameter', layer: 'pad', parameter: 'gain', value: 0 }, 'parameter'],
      [{ kind: 'panic', extra: 1 }, 'an input'],
      [{ kind: 'frame', frame: { ...frame(), depth: Number.POSITIVE_INFINITY } }, 'frame.depth'],
      [{ kind: 'frame', frame: { ...frame(), share: [1, 0, 0, 0] } }, 'frame.share'],
      [{ kind: 'frame', frame: { ...frame(), name: 'a sleeper' } }, 'frame'],
      [{ kind: 'edit', patches: Array.from({ length: 257 }, () => ({ op: 'remove', path: ['title'] })) }, 'patches'],
      [{ kind: 'edit', patches: [{ op: 'replace', path: Array.from({ length: 9 }, () => 'a'), value: 1 }] }, 'patches.0.path'],
    ];
    for (const [value, where] of bad) {
      const fault = faultOf(() => stamp([], value, 0));
      expect(fault.what).toMatch(/^this is not an input/);
      expect(fault.where).toContain(where);
      expect(fault.mend).toContain('docs/architecture.md');
    }
  });
});

describe('a take', () => {
  const take = { format: 'dreamscore-take', version: 1, score: firstLight(), seed: 1, source: { kind: 'live' }, minimumPods: 5, length: 10, substituted: 3, inputs: [{ seq: 0, effective: 3, input: { kind: 'panic' } }, { seq: 1, effective: 3, input: { kind: 'resume' } }] };

  it('is read back as it was written', () => {
    expect(parseTake(JSON.parse(JSON.stringify(take)), 'take.json')).toEqual(take);
    const { substituted: _, ...older } = take;
    expect(parseTake(JSON.parse(JSON.stringify(older)), 'take.json').substituted).toBe(0);
  });

  it('is refused where its journal is out of order or a field is wrong, with the place', () => {
    const [first, second] = take.inputs;
    expect(faultOf(() => parseTake({ ...take, inputs: [first, { ...second, effective: 2 }] }, 'take.json')).where).toBe('take.json, inputs.1');
    expect(faultOf(() => parseTake({ ...take, inputs: [first, { ...second, seq: 2 }] }, 'take.json')).what).toMatch(/out of order/);
    expect(faultOf(() => parseTake({ ...take, seed: -1 }, 'take.json')).where).toBe('take.json, seed');
    expect(faultOf(() => parseTake({ ...take, version: 2 }, 'take.json')).where).toBe('take.json, version');
  });
});
