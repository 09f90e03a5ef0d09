import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applyEdit, editSchema, patchScore, type Edit } from '../../../core/score/edit.ts'
import { parseScoreText, type Binding, type Score } from '../../../core/score/schema.ts'
import { addLayerEdit, addMacroEdit, addMappingEdit, addRuleEdit, addTargetEdit, bindEdit, duplicateLayerEdit, duplicateSceneEdit, freeId, removeLayerEdit, removeMacroEdit, removeSceneEdit, sameTarget, setEdit } from '../../../renderer/studio/state/edits.ts'

const score: Score = parseScoreText(readFileSync('presets/first-light.json', 'utf8'), 'presets/first-light.json')

/** The score after an edit that travelled as main receives it, having shown that undo leads back. */
const applied = (edit: Edit | null, before: Score = score): Score => {
  const { score: after, inverse } = applyEdit(before, editSchema.parse(structuredClone(edit)))
  expect(patchScore(after, inverse)).toEqual(before)
  return after
}

const binding = (over: Partial<Binding> = {}): Binding => ({ id: 'knob', port: 'Knobs', maker: 'Acme', message: 'controller', channel: 1, number: 21, target: { kind: 'macro', macro: score.macros[0]!.id }, ...over })

describe('edits that the studio makes are valid and can be undone', () => {
  test('a field', () => {
    expect(applied(setEdit('Change the title', ['title'], 'Other')).title).toBe('Other')
    expect(setEdit('x'.repeat(200), ['title'], 'y', 'g'.repeat(200))).toMatchObject({ label: 'x'.repeat(80), gesture: 'g'.repeat(60) })
  })

  test('layers: add, duplicate, remove with all that speaks of them', () => {
    expect(applied(addLayerEdit(score)).layers).toHaveLength(score.layers.length + 1)
    const doubled = applied(duplicateLayerEdit(score, 0))
    expect(doubled.layers[1]).toMatchObject({ generator: score.layers[0]!.generator, range: score.layers[0]!.range })
    expect(new Set(doubled.layers.map(({ id }) => id)).size).toBe(doubled.layers.length)
    for (const [index, layer] of score.layers.entries()) {
      const bound = applied(bindEdit(score, binding({ target: { kind: 'mute', layer: layer.id } })))
      const without = applied(removeLayerEdit(bound, index), bound)
      expect(JSON.stringify([without.layers.map(({ id }) => id), without.mappings.map((mapping) => mapping.layer), without.macros.map(({ targets }) => targets), without.scenes.map((scene) => scene.layers), without.bindings])).not.toContain(`"${layer.id}"`)
    }
  })

  test('macros: add, give a target, remove with what turns them', () => {
    const fewer = applied(removeMacroEdit(score, 0))
    const more = applied(addMacroEdit(fewer), fewer)
    const last = more.macros.length - 1
    expect(more.macros[last]).toMatchObject({ value: 0.5, targets: [] })
    const aimed = applied(addTargetEdit(more, last), more)
    expect(aimed.macros[last]?.targets).toEqual([{ layer: score.layers[0]!.id, parameter: 'level', amount: 0.2 }])
    expect(addTargetEdit(more, 99)).toBeNull()
    const bound = applied(bindEdit(score, binding()))
    expect(applied(removeMacroEdit(bound, 0), bound).bindings).toEqual(score.bindings)
  })

  test('the last layer and the last scene stay', () => {
    let rest = score
    while (rest.layers.length > 1) rest = applied(removeLayerEdit(rest, 0), rest)
    expect(removeLayerEdit(rest, 0)).toBeNull()
    while (rest.scenes.length > 1) rest = applied(removeSceneEdit(rest, 0), rest)
    expect(removeSceneEdit(rest, 0)).toBeNull()
    expect(rest.opening).toBe(rest.scenes[0]!.id)
  })

  test('scenes, mappings and rules', () => {
    expect(applied(duplicateSceneEdit(score, score.scenes.length - 1)).scenes).toHaveLength(score.scenes.length + 1)
    expect(applied(addMappingEdit(score, { signal: 'dream', layer: score.layers[0]!.id, parameter: 'density' })).mappings.at(-1)).toMatchObject({ signal: 'dream', parameter: 'density' })
    expect(applied(addRuleEdit(score, score.scenes[0]!.id, score.scenes[1]!.id)).rules).toHaveLength(score.rules.length + 1)
  })

  test('a learned knob takes the place of what it moved before, and of what moved the control', () => {
    const once = applied(bindEdit(score, binding()))
    expect(once.bindings).toHaveLength(1)
    const elsewhere = applied(bindEdit(once, binding({ target: { kind: 'fade' } })), once)
    expect(elsewhere.bindings.map(({ target }) => target)).toEqual([{ kind: 'fade' }])
    const other = applied(bindEdit(elsewhere, binding({ number: 22, target: { kind: 'fade' } })), elsewhere)
    expect(other.bindings.map(({ number }) => number)).toEqual([22])
    const both = applied(bindEdit(other, binding({ number: 23 })), other)
    expect(both.bindings).toHaveLength(2)
  })
})

test('ids that no one bears', () => {
  expect(freeId('bells', [])).toBe('bells')
  expect(freeId('bells', [{ id: 'bells' }, { id: 'bells-2' }])).toBe('bells-3')
  expect(freeId('bells-2', [{ id: 'bells' }, { id: 'bells-2' }])).toBe('bells-3')
  expect(freeId('x'.repeat(40), [{ id: 'x'.repeat(34) }]).length).toBeLessThanOrEqual(40)
})

test('targets are the same whatever the order of their fields', () => {
  expect(sameTarget({ kind: 'mute', layer: 'a' }, { layer: 'a', kind: 'mute' })).toBe(true)
  expect(sameTarget({ kind: 'mute', layer: 'a' }, { kind: 'mute', layer: 'b' })).toBe(false)
})
