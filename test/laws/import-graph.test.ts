/** The house keeps its plan: which room imports which, no circles, no barrels, and a core without chance, time or machine. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  findCircle,
  importsOf,
  isBarrel,
  isPackage,
  lineOf,
  readSources,
  roomOf,
  visitNodes,
  type Import,
  type Room,
  type SourceFile,
} from '../support/source-graph.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DATA = ['presets', 'samples', 'package.json']

const ARROWS: Record<Room, readonly string[]> = {
  core: [],
  nexus: ['core'],
  export: ['core'],
  cli: ['core', 'nexus', 'export'],
  electron: ['core', 'nexus', 'export'],
  renderer: ['core'],
}

/** Where the scripts know something that a program must know too: how Electron is opened. */
const SHARED_SCRIPT = 'scripts/electron-runtime.mjs'

const CORE_PACKAGES = ['zod', 'immer', '@tonejs/midi']

const MATH_ALLOWED = ['sqrt', 'floor', 'ceil', 'round', 'trunc', 'abs', 'sign', 'min', 'max', 'imul', 'clz32', 'fround', 'PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2']

const MACHINE = ['Date', 'performance', 'process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate', 'window', 'document', 'navigator', 'globalThis', 'crypto', 'fetch']

/** What a room's import breaks, or null. */
function brokenArrow({ from, to }: Import): string | null {
  const room = roomOf(from)
  const allowed = isRoom(room) ? ARROWS[room] : []
  if (isPackage(to)) return brokenPackage(from, room, to.slice('package:'.length))
  const target = roomOf(to)
  if (target === room || allowed.includes(target) || DATA.includes(target)) return null
  if (to === SHARED_SCRIPT && (room === 'cli' || room === 'electron')) return null
  return `${from} imports ${to}`
}

function brokenPackage(from: string, room: string, name: string): string | null {
  const base = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] ?? name)
  if (room === 'core') return CORE_PACKAGES.includes(base) ? null : `${from} imports ${name}`
  if (base === 'electron') return room === 'electron' ? null : `${from} imports ${name}`
  if (base.startsWith('node:')) return room === 'renderer' ? `${from} imports ${name}` : null
  if (base === 'react' || base === 'tone' || base === 'webmidi') return room === 'renderer' ? null : `${from} imports ${name}`
  return null
}

function isRoom(name: string): name is Room {
  return name in ARROWS
}

/** What in a core file depends on the engine or the machine it runs in. */
function impurities(file: SourceFile): string[] {
  const found: string[] = []
  visitNodes(file, (node) => {
    if (node.type === 'BinaryExpression' && node.operator === '**') found.push(`${lineOf(file, node)} uses **`)
    if (node.type === 'AssignmentExpression' && node.operator === '**=') found.push(`${lineOf(file, node)} uses **=`)
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Math') {
      const name = node.property.type === 'Identifier' && !node.computed ? node.property.name : '[…]'
      if (!MATH_ALLOWED.includes(name)) found.push(`${lineOf(file, node)} uses Math.${name}`)
    }
    // `const { sin } = Math` and `const m = Math` would slip past the rule above.
    if (node.type === 'VariableDeclarator' && node.init?.type === 'Identifier' && node.init.name === 'Math') {
      found.push(`${lineOf(file, node)} gives Math another name`)
    }
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && MACHINE.includes(node.object.name)) {
      found.push(`${lineOf(file, node)} uses ${node.object.name}`)
    }
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && node.callee.type === 'Identifier' && MACHINE.includes(node.callee.name)) {
      found.push(`${lineOf(file, node)} uses ${node.callee.name}`)
    }
  })
  return found
}

const sources = readSources(ROOT)
const imports = sources.flatMap(importsOf)

describe('the import graph', () => {
  it('has sources to look at', () => {
    expect(sources.filter(({ path }) => roomOf(path) === 'core').length).toBeGreaterThan(5)
  })

  it('follows the arrows between rooms', () => {
    expect(imports.map(brokenArrow).filter((each) => each !== null)).toEqual([])
  })

  it('names each file with its ending, and each is there', () => {
    const missing = imports.filter(({ to }) => !isPackage(to) && !existsSync(join(ROOT, to)))
    expect(missing.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('has no circle', () => {
    expect(findCircle(imports)).toEqual([])
  })

  it('has no file that only hands on what others export', () => {
    expect(sources.filter(isBarrel).map(({ path }) => path)).toEqual([])
  })

  it('keeps core free of what differs between engines and machines', () => {
    expect(sources.filter(({ path }) => roomOf(path) === 'core').flatMap(impurities)).toEqual([])
  })
})

describe('the laws about structure see', () => {
  const core = (text: string): SourceFile => ({ path: 'core/music/example.ts', text })

  it('arrows that run against the plan', () => {
    const against = [
      core(`import { z } from 'zod'; import { readFile } from 'node:fs'`),
      core(`export type { Hub } from '../../nexus/hub.ts'`),
      { path: 'renderer/studio/view.tsx', text: `const main = await import('../../electron/main/main.ts')` },
      { path: 'cli/studio.ts', text: `import '../scripts/electron-runtime.mjs'; import '../scripts/build.mjs'` },
    ]
    expect(against.flatMap(importsOf).map(brokenArrow).filter((each) => each !== null)).toEqual([
      'core/music/example.ts imports node:fs',
      'core/music/example.ts imports nexus/hub.ts',
      'renderer/studio/view.tsx imports electron/main/main.ts',
      'cli/studio.ts imports scripts/build.mjs',
    ])
  })

  it('circles, of types too', () => {
    const circle = [
      { path: 'core/a.ts', text: `import { b } from './b.ts'` },
      { path: 'core/b.ts', text: `import type { C } from './c/c.ts'` },
      { path: 'core/c/c.ts', text: `export { a } from '../a.ts'` },
    ]
    expect(findCircle(circle.flatMap(importsOf))).toEqual(['core/a.ts', 'core/b.ts', 'core/c/c.ts', 'core/a.ts'])
    expect(findCircle(circle.slice(0, 2).flatMap(importsOf))).toEqual([])
  })

  it('barrels, and not files that also do something', () => {
    expect(isBarrel(core(`export * from './a.ts'; export { b } from './b.ts'`))).toBe(true)
    expect(isBarrel(core(`export { b } from './b.ts'; export const c = 1`))).toBe(false)
  })

  it('impure mathematics, chance and time in whatever dress', () => {
    const lines = ['Math.sin(1)', '2 ** 3', 'Math["cos"](0)', 'const { tan } = Math', 'Date.now()', 'new Date()', 'Math.random()', 'setTimeout(f, 1)']
    for (const line of lines) expect(impurities(core(line)), line).toHaveLength(1)
    expect(impurities(core('Math.sqrt(Math.imul(2, 3)) + Math.PI; type Year = { Date: string }'))).toEqual([])
  })
})
