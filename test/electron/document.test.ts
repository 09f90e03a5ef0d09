import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchScore, type Edit } from '../../core/score/edit.ts';
import { parseScoreText, type Score } from '../../core/score/schema.ts';
import { editDocument, isDirty, markSaved, openDocument, PATCH_LIMIT, redo, revisionOf, undo, UNDO_LIMIT, type Changed, type Document } from '../../electron/main/document.ts';

const score: Score = parseScoreText(readFileSync('presets/first-light.json', 'utf8'), 'first-light.json');
const rename = (title: string, gesture?: string): Edit => ({ label: `Rename to ${title}`, ...(gesture === undefined ? {} : { gesture }), changes: [{ op: 'set', path: ['title'], value: title }] });
const level = (layer: number, value: number, gesture?: string): Edit => ({ label: 'Move a level', ...(gesture === undefined ? {} : { gesture }), changes: [{ op: 'set', path: ['layers', layer, 'parameters', 'level'], value }] });
const edited = (document: Document, ...edits: Edit[]): Document => edits.reduce((at, edit) => editDocument(at, edit).document, document);

describe('the document', () => {
  it('takes an edit back and does it again', () => {
    const open = openDocument(score);
    const once = editDocument(open, rename('Dusk'));
    const back = undo(once.document);
    const again = redo(back.document);
    expect(once.document.score.title).toBe('Dusk');
    expect(back.document.score).toBe(score);
    expect(again.document.score.title).toBe('Dusk');
    expect([isDirty(open), isDirty(once.document), isDirty(back.document), isDirty(again.document)]).toEqual([false, true, false, true]);
  });

  it('changes nothing where there is nothing to take back or do again', () => {
    const open = openDocument(score);
    expect(undo(open)).toEqual({ document: open, patches: [] });
    expect(redo(open)).toEqual({ document: open, patches: [] });
  });

  it('makes one step of one gesture, with one patch for a value that is dragged', () => {
    const drag = Array.from({ length: 300 }, (_, index) => level(0, index / 300, 'drag-1'));
    const document = edited(openDocument(score), rename('Before'), ...drag, level(0, 0.5, 'drag-2'));
    expect(document.past.map((step) => step.label)).toEqual(['Rename to Before', 'Move a level', 'Move a level']);
    expect(document.past[1]?.patches).toHaveLength(1);
    const before = undo(undo(document).document);
    expect(before.document.score.layers[0]?.parameters.level).toBe(score.layers[0]?.parameters.level);
    expect(before.patches).toHaveLength(1);
  });

  it('begins a new step of the same gesture after an undo, and forgets what could be redone', () => {
    const back = undo(edited(openDocument(score), level(0, 0.1, 'drag'), rename('Dusk'))).document;
    const document = edited(back, level(0, 0.2, 'drag'));
    expect(document.past).toHaveLength(2);
    expect(document.future).toHaveLength(0);
  });

  it('leaves no trace of an edit that changes nothing', () => {
    const open = openDocument(score);
    expect(editDocument(open, rename(score.title)).document).toBe(open);
  });

  it('refuses an edit that would make no valid score, and stays as it was', () => {
    const open = openDocument(score);
    expect(() => editDocument(open, rename(''))).toThrow(/this is not a score/);
    expect(() => editDocument(open, { label: 'Away', changes: [{ op: 'set', path: ['nothing', 'here'], value: 1 }] })).toThrow(/nothing to edit/);
    for (const last of ['length', 1000, 'push']) expect(() => editDocument(open, { label: 'Beyond', changes: [{ op: 'set', path: ['layers', last], value: 999_999_999 }] })).toThrow(/nothing to edit/);
    expect(open.score).toBe(score);
  });

  it('is dirty until the very state that was written is saved, also when edits came meanwhile', () => {
    const one = edited(openDocument(score), rename('One'));
    const written = revisionOf(one);
    const two = markSaved(edited(one, rename('Two')), written);
    expect(isDirty(two)).toBe(true);
    expect(isDirty(undo(two).document)).toBe(false);
  });

  it('is dirty from the start where no file holds it', () => {
    const recovered = openDocument(score, false);
    expect(isDirty(recovered)).toBe(true);
    expect(isDirty(markSaved(recovered, revisionOf(recovered)))).toBe(false);
  });

  it('keeps a bounded past', () => {
    const document = edited(openDocument(score), ...Array.from({ length: UNDO_LIMIT + 5 }, (_, index) => rename(`Title ${index}`)));
    expect(document.past).toHaveLength(UNDO_LIMIT);
  });

  it('sends a large change as whole fields, which bring a listener to the same score', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ id: `m${index}`, signal: 'depth' as const, layer: score.layers[0]?.id ?? '', parameter: 'level' as const, curve: 'linear' as const, range: [0, 0.1], polarity: '+' as const, smoothingSeconds: 1 }));
    const full = edited(openDocument(score), { label: 'Fill', changes: [{ op: 'set', path: ['mappings'], value: many }] });
    const removed = editDocument(full, { label: 'Remove the first', changes: [{ op: 'remove', path: ['mappings', 0] }] });
    expect(removed.patches.length).toBeLessThanOrEqual(PATCH_LIMIT);
    expect(patchScore(full.score, removed.patches)).toEqual(removed.document.score);
    expect(patchScore(removed.document.score, undo(removed.document).patches)).toEqual(full.score);
  });

  it('keeps a listener that only gets patches at the same score, whatever is edited, undone and redone', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), layer: fc.nat({ max: score.layers.length - 1 }), value: fc.integer({ min: 0, max: 100 }), gesture: fc.constantFrom('a', 'b', undefined) }),
      fc.constantFrom({ kind: 'undo' as const }, { kind: 'redo' as const }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let document = openDocument(score);
        let heard = score;
        for (const each of steps) {
          const changed: Changed = each.kind === 'edit' ? editDocument(document, level(each.layer, each.value / 100, each.gesture)) : each.kind === 'undo' ? undo(document) : redo(document);
          heard = patchScore(heard, changed.patches);
          document = changed.document;
          expect(heard).toEqual(document.score);
        }
        while (document.past.length > 0) document = undo(document).document;
        expect(document.score).toEqual(score);
        expect(isDirty(document)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
