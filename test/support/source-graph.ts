/** Reads the project's own sources: what each file imports, and what its code does, for the laws about structure. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, type Node } from 'oxc-parser'

export const ROOMS = ['core', 'nexus', 'export', 'cli', 'electron', 'renderer'] as const
export type Room = (typeof ROOMS)[number]

export type SourceFile = {
  /** From the project's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export type Import = { readonly from: string; readonly to: string }

/** All TypeScript sources of the rooms. */
export function readSources(root: string): SourceFile[] {
  return ROOMS.flatMap((room) => listFiles(root, room)).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Static, dynamic and re-exporting imports, types included; files as paths from the root, packages by their names. */
export function importsOf(file: SourceFile): Import[] {
  const { module } = parseSync(file.path, file.text)
  const requests = [
    ...module.staticImports.map((each) => each.moduleRequest.value),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((each) => file.text.slice(each.moduleRequest.start, each.moduleRequest.end).replace(/^['"`]|['"`]$/g, '')),
  ]
  return [...new Set(requests)].map((request) => ({ from: file.path, to: resolveRequest(file.path, request) }))
}

export function roomOf(path: string): string {
  return path.split('/')[0] ?? ''
}

/** True for what a package manager brings, and for Node's own modules. */
export function isPackage(target: string): boolean {
  return target.startsWith('package:')
}

/** A file that does nothing but hand on what others export. */
export function isBarrel(file: SourceFile): boolean {
  const { body } = parseSync(file.path, file.text).program
  const handsOn = (node: Node) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null && node.source !== undefined)
  return body.length > 0 && body.every((node) => handsOn(node) || node.type === 'ImportDeclaration') && body.some(handsOn)
}

/** The first circle of imports found, as a list of files that ends where it began; empty where there is none. */
export function findCircle(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    for (const target of targets.get(path) ?? []) {
      const circle = visit(target, [...trail, path])
      if (circle.length > 0) return circle
    }
    done.add(path)
    return []
  }
  for (const path of targets.keys()) {
    const circle = visit(path, [])
    if (circle.length > 0) return circle
  }
  return []
}

/** Walks over every node of a file's syntax tree. */
export function visitNodes(file: SourceFile, visitor: (node: Node) => void): void {
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk)
    if (!isNode(value)) return
    visitor(value)
    Object.values(value).forEach(walk)
  }
  walk(parseSync(file.path, file.text).program)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function resolveRequest(from: string, request: string): string {
  const [path = ''] = request.split('?')
  return path.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), path)) : `package:${request}`
}

function listFiles(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(root, path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

/** The line a node begins on, for messages. */
export function lineOf(file: SourceFile, node: Node): string {
  return `${file.path}:${file.text.slice(0, node.start).split('\n').length}`
}
