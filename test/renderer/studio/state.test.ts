import { describe, expect, test, vi } from 'vitest'
import type { EngineView, NightMinute } from '../../../core/ipc/engine-view.ts'
import type { ScoreEvent } from '../../../core/events/event.ts'
import { micros, midiNote, tick } from '../../../core/units.ts'
import { createStore } from '../../../renderer/studio/state/store.ts'
import { EVENTS_KEPT, appendEvents, mergeNight, openMinute } from '../../../renderer/studio/state/studio-state.ts'
import { allowEmptyMarkup } from '../../../renderer/studio/shell/empty-markup.ts'
import { arcHeight, labelRows } from '../../../renderer/studio/compose/arc-layout.ts'
import { curvePath } from '../../../renderer/studio/compose/curve-path.ts'

const minute = (at: number, scene = 'deep'): NightMinute => ({ minute: at, share: [0, 0, 1, 0, 0], synchrony: 0, discord: 0.5, scene })
const frame = { t: 125_000_000, n: 24, gated: false, share: [0, 0, 1, 0, 0], entropy: 0, depth: 0.6, dream: 0, synchrony: null, concordance: 0, discord: 0.5, unity: 0, novelty: 0, heartBpm: null, breathHz: null, motion: 0, chant: 0 } satisfies EngineView['frame']
const view = (over: Partial<EngineView>): EngineView => ({ transport: 'playing', t: 0, bar: 0, barPhase: 0, beatsPerMinute: 60, chord: '', scene: { id: 'deep', since: 0, pending: null }, mode: 'follow', rules: [], frame, layers: [], macros: [], sound: { state: 'running', detail: '', late: 0, masterDb: -20 }, midi: { state: 'none', detail: '', inputs: [], outputs: [], clockTo: null }, signals: { state: 'live', source: 'simulate', pods: 24, gated: false, ageMs: 0 }, learning: null, ...over })

describe('the store', () => {
  test('tells its listeners of a change, and not of none', () => {
    const store = createStore({ place: 'perform', dim: false })
    const heard = vi.fn()
    const stop = store.listen(heard)
    store.change(() => ({}))
    expect(heard).not.toHaveBeenCalled()
    store.change((state) => ({ dim: !state.dim }))
    expect(heard).toHaveBeenCalledOnce()
    expect(store.get()).toEqual({ place: 'perform', dim: true })
    stop()
    store.change(() => ({ place: 'compose' }))
    expect(heard).toHaveBeenCalledOnce()
  })
})

describe('the night so far', () => {
  test('grows at its end, and a minute that comes again takes the place of the older one', () => {
    const night = mergeNight([minute(0), minute(1)], [minute(2)])
    expect(night.map((entry) => entry.minute)).toEqual([0, 1, 2])
    const again = mergeNight(night, [minute(1, 'dream'), minute(3)])
    expect(again.map(({ minute: at, scene }) => [at, scene])).toEqual([[0, 'deep'], [1, 'dream'], [2, 'deep'], [3, 'deep']])
    expect(mergeNight(night, [])).toBe(night)
  })

  test('reaches into the minute that has just begun', () => {
    expect(openMinute([minute(1)], view({}))).toMatchObject({ night: [{ minute: 1 }, { minute: 2, scene: 'deep' }] })
    expect(openMinute([minute(2)], view({}))).toEqual({})
    expect(openMinute([], view({ frame: null }))).toEqual({})
    expect(openMinute([], view({ frame: { ...frame, gated: true } }))).toEqual({})
  })
})

test('of markup made from text only none is let through', () => {
  const rules: { createHTML: (markup: string) => string }[] = []
  allowEmptyMarkup({ trustedTypes: { createPolicy: (_: string, policy: { createHTML: (markup: string) => string }) => rules.push(policy) } })
  expect(rules[0]?.createHTML('')).toBe('')
  expect(() => rules[0]?.createHTML('<b>')).toThrow(TypeError)
  expect(() => allowEmptyMarkup({})).not.toThrow()
})

test('of the events only the latest are kept', () => {
  const note = (at: number): ScoreEvent => ({ kind: 'note', t: micros(at), tick: tick(at), layer: 'pad', pitch: midiNote(60), velocity: 64, ticks: 1, cause: { rule: 'x' } })
  const events = appendEvents(Array.from({ length: EVENTS_KEPT }, (_, at) => note(at)), [note(9_999)])
  expect(events).toHaveLength(EVENTS_KEPT)
  expect(events.at(-1)?.t).toBe(9_999)
  expect(events[0]?.t).toBe(1)
})

describe('the arc of scenes', () => {
  test('is highest in the middle of the night', () => {
    expect(arcHeight(0)).toBe(0)
    expect(arcHeight(0.5)).toBe(1)
  })
  test('names that stand close alternate between two rows', () => {
    expect(labelRows([0, 0.03, 0.06, 0.5])).toEqual([0, 1, 0, 0])
    expect(labelRows([0.5, 0.52])).toEqual([0, 1])
  })
})

test('the picture of a mapping begins and ends where its range says', () => {
  expect(curvePath({ curve: 'linear', range: [-1, 1], polarity: '+' })).toMatch(/^M0 16L.*24 0$/)
  expect(curvePath({ curve: 'smooth', range: [-1, 1], polarity: '-' })).toMatch(/^M0 0L.*24 16$/)
})
