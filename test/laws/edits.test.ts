import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit, patchScore, type Edit } from '../../core/score/edit.ts';
import { PARAMETERS } from '../../core/score/schema.ts';
import { firstLight } from '../support/score.ts';

const score = firstLight();
const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
const place = (count: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: count - 1 });

const anyChange: fc.Arbitrary<Edit['changes'][number]> = fc.oneof(
  fc.tuple(place(score.layers.length), fc.constantFrom(...PARAMETERS), share).map(([at, parameter, value]): Edit['changes'][number] => ({ op: 'set', path: ['layers', at, 'parameters', parameter], value })),
  fc.tuple(place(score.scenes.length), fc.string({ minLength: 1, maxLength: 20 })).map(([at, name]): Edit['changes'][number] => ({ op: 'set', path: ['scenes', at, 'name'], value: `x${name}` })),
  place(4).map((at): Edit['changes'][number] => ({ op: 'remove', path: ['mappings', at] })),
  fc.tuple(place(4), fc.string({ minLength: 1, maxLength: 8 }).map((text) => `m${[...text].map((c) => c.charCodeAt(0) % 10).join('')}${text.length}`)).map(([at, id]): Edit['changes'][number] => ({
    op: 'insert',
    path: ['mappings', at],
    value: { id: `new-${id}`, signal: 'dream', layer: 'pad', parameter: 'room', curve: 'smooth', range: [0, 0.5], polarity: '+', smoothingSeconds: 3 },
  })),
);

describe('laws of edits', () => {
  it('an edit and its inverse are identity, and its patches make the same score elsewhere', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const edited = applyEdit(score, { label: 'an edit', changes: [change] });
        expect(patchScore(score, edited.patches)).toEqual(edited.score);
        expect(patchScore(edited.score, edited.inverse)).toEqual(score);
      }),
      { numRuns: 100 },
    );
  });

  it('patches survive the trip through JSON', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const { score: next, patches, inverse } = applyEdit(score, { label: 'an edit', changes: [change] });
        expect(patchScore(score, JSON.parse(JSON.stringify(patches)))).toEqual(next);
        expect(patchScore(next, JSON.parse(JSON.stringify(inverse)))).toEqual(score);
      }),
      { numRuns: 50 },
    );
  });

  it('an edit that would break the score is refused and says where', () => {
    const broken = (changes: Edit['changes']): (() => unknown) => () => applyEdit(score, { label: 'Break it', changes });
    expect(broken([{ op: 'set', path: ['layers', 0, 'pan'], value: 7 }])).toThrow(/layers\[0\]\.pan/);
    expect(broken([{ op: 'set', path: ['nowhere', 0, 'pan'], value: 0 }])).toThrow(/nothing to edit/);
    expect(broken([{ op: 'set', path: ['opening'], value: 'moon' }])).toThrow(/there is no scene "moon"/);
    expect(broken([{ op: 'set', path: ['__proto__', 'polluted'], value: 1 }])).toThrow(/nothing to edit/);
  });
});
