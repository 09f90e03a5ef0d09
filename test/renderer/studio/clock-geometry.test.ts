import { describe, expect, test } from 'vitest'
import type { NightMinute } from '../../../core/ipc/engine-view.ts'
import { DAWN, DUSK, NIGHT_MINUTES, RING, angleAt, arcPath, breathRing, faceMinutes, plannedArcs, playedArcs, pointAt, stagePaths } from '../../../renderer/studio/clock/geometry.ts'

const minute = (at: number, scene = 'deep', share: NightMinute['share'] = [0.1, 0.1, 0.4, 0.3, 0.1]): NightMinute => ({ minute: at, share, synchrony: 0, discord: 0.5, scene })
const numbers = (path: string): number[] => (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)

describe('the face of the night clock', () => {
  test('dusk and dawn stand at its ends and the middle of the night on top', () => {
    expect(angleAt(0)).toBe(DUSK)
    expect(angleAt(1)).toBe(DAWN)
    expect(angleAt(0.5)).toBeCloseTo(0)
    expect(angleAt(7)).toBe(DAWN)
    expect(pointAt(0, 100)).toEqual({ x: 0, y: -100 })
    expect(pointAt(90, 100).x).toBeCloseTo(100)
    expect(pointAt(DUSK, 100).x).toBeLessThan(0)
    expect(pointAt(DAWN, 100).x).toBeGreaterThan(0)
  })

  test('holds nine hours, and grows with a longer night', () => {
    expect(faceMinutes([])).toBe(NIGHT_MINUTES)
    expect(faceMinutes([minute(30)])).toBe(NIGHT_MINUTES)
    expect(faceMinutes([minute(699)])).toBe(700)
  })

  test('an arc of more than half a turn takes the long way round', () => {
    expect(arcPath(-100, 100, 10)).toContain('A10 10 0 1 1')
    expect(arcPath(-50, 50, 10)).toContain('A10 10 0 0 1')
  })
})

describe('the rings of stages', () => {
  test('are empty before the first minute', () => {
    expect(stagePaths([], NIGHT_MINUTES)).toEqual(['', '', '', '', ''])
  })

  test('fill the band from its inner to its outer edge, whatever the shares sum to', () => {
    const paths = stagePaths([minute(0, 'deep', [0.2, 0.2, 0.8, 0.6, 0.2])], NIGHT_MINUTES)
    const radii = paths.flatMap((path) => {
      const coordinates = numbers(path)
      return Array.from({ length: coordinates.length / 2 }, (_, at) => Math.hypot(coordinates[at * 2]!, coordinates[at * 2 + 1]!))
    })
    expect(Math.min(...radii)).toBeCloseTo(RING.inner, 1)
    expect(Math.max(...radii)).toBeCloseTo(RING.outer, 1)
  })

  test('the deepest lies innermost and takes its share of the width', () => {
    const [deepest] = stagePaths([minute(0, 'deep', [0, 0, 0.5, 0.5, 0])], NIGHT_MINUTES)
    const coordinates = numbers(deepest!)
    const outer = Math.hypot(coordinates[0]!, coordinates[1]!)
    expect(outer).toBeCloseTo((RING.inner + RING.outer) / 2, 1)
  })

  test('a whole night stays a short path that ends at its last minute', () => {
    const night = Array.from({ length: 1200 }, (_, at) => minute(at))
    const [path] = stagePaths(night, faceMinutes(night))
    const coordinates = numbers(path!)
    expect(coordinates.length).toBeLessThan(4 * 420)
    const last = pointAt(DAWN, 1)
    const middle = coordinates.length / 2
    const radius = Math.hypot(coordinates[middle - 2]!, coordinates[middle - 1]!)
    expect(coordinates[middle - 2]! / radius).toBeCloseTo(last.x, 2)
  })
})

describe('the arcs of scenes', () => {
  test('join minutes of one scene and part where it changes', () => {
    const arcs = playedArcs([minute(0, 'a'), minute(1, 'a'), minute(2, 'b'), minute(3, 'a')], 10)
    expect(arcs.map(({ scene, from, to }) => [scene, from, to])).toEqual([['a', 0, 0.2], ['b', 0.2, 0.3], ['a', 0.3, 0.4]])
  })

  test('the plan begins where the hand stands', () => {
    const scenes = [{ id: 'dawn', arc: 0.9 }, { id: 'dusk', arc: 0 }, { id: 'deep', arc: 0.3 }]
    expect(plannedArcs(scenes, 0).map(({ scene, from, to }) => [scene, from, to])).toEqual([['dusk', 0, 0.3], ['deep', 0.3, 0.9], ['dawn', 0.9, 1]])
    expect(plannedArcs(scenes, 0.5).map(({ scene, from }) => [scene, from])).toEqual([['deep', 0.5], ['dawn', 0.9]])
    expect(plannedArcs(scenes, 1)).toEqual([])
  })
})

test('a breath ring of still sleepers is a circle, of restless ones is dented', () => {
  const spread = (path: string): number => {
    const coordinates = numbers(path)
    const radii = Array.from({ length: coordinates.length / 2 }, (_, at) => Math.hypot(coordinates[at * 2]!, coordinates[at * 2 + 1]!))
    return Math.max(...radii) - Math.min(...radii)
  }
  expect(spread(breathRing(70, 0, 0.4))).toBeLessThan(0.05)
  expect(spread(breathRing(70, 1, 0.4))).toBeGreaterThan(3)
})
