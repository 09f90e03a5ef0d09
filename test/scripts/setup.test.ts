import { deflateRawSync } from 'node:zlib'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkNode, sameParts } from '../../scripts/setup/dependencies.mjs'
import { parseMissing } from '../../scripts/setup/libraries.mjs'
import { withLock } from '../../scripts/setup/processes.mjs'
import { unzip } from '../../scripts/setup/unzip.mjs'

describe('the Node that is there', () => {
  it.each(['20.19.0', '20.20.1', '22.12.0', '24.1.0'])('is taken: %s', (version) => {
    expect(() => checkNode(version)).not.toThrow()
  })

  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('is refused with the way out: %s', (version) => {
    expect(() => checkNode(version)).toThrow(`this is Node ${version}`)
    expect(() => checkNode(version)).toThrow('https://nodejs.org')
  })
})

describe('installed packages against locked ones', () => {
  const machine = { platform: 'linux', arch: 'x64' }
  const zod = { version: '4.0.0', integrity: 'sha512-a' }
  const linux = { version: '1.0.0', integrity: 'sha512-b', optional: true, os: ['linux'], cpu: ['x64'] }
  const apple = { ...linux, os: ['darwin'], cpu: ['arm64'] }
  const locked = { '': {}, 'node_modules/zod': zod, 'node_modules/tool-linux': linux, 'node_modules/tool-darwin': apple }

  it('are the same without the parts of other systems', () => {
    expect(sameParts(locked, { 'node_modules/zod': zod, 'node_modules/tool-linux': linux }, machine)).toBe(true)
  })

  it('differ by a version, a hash, a missing package or the parts of another system', () => {
    const linuxOnly = { 'node_modules/tool-linux': linux }
    expect(sameParts(locked, { ...linuxOnly, 'node_modules/zod': { ...zod, version: '4.0.1' } }, machine)).toBe(false)
    expect(sameParts(locked, { ...linuxOnly, 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }, machine)).toBe(false)
    expect(sameParts(locked, linuxOnly, machine)).toBe(false)
    expect(sameParts(locked, { 'node_modules/zod': zod, 'node_modules/tool-darwin': apple }, machine)).toBe(false)
  })
})

it('missing system libraries are read from the linker', () => {
  const listing = '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n\tlibgbm.so.1 => not found\n\tlibnss3.so => not found\n'
  expect(parseMissing(listing)).toEqual(['libnss3.so', 'libgbm.so.1'])
})

describe('in a folder of its own', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dreamscore-setup-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('a ZIP archive gives up the wanted files, with their rights', async () => {
    const archive = join(folder, 'a.zip')
    const program = 'x'.repeat(5000)
    writeFileSync(archive, zipOf([
      { name: 'App/', text: '', mode: 0o755 },
      { name: 'App/App', text: program, mode: 0o755 },
      { name: 'App/empty', text: '', mode: 0o644 },
      { name: 'App/secret', text: 'no', mode: 0o644 },
    ]))
    const count = await unzip(archive, join(folder, 'out'), (name) => (name.endsWith('secret') ? null : name.replace('App/', '')))
    expect(count).toBe(2)
    expect(readFileSync(join(folder, 'out', 'App'), 'utf8')).toBe(program)
    if (process.platform !== 'win32') expect(statSync(join(folder, 'out', 'App')).mode & 0o777).toBe(0o755)
    expect(statSync(join(folder, 'out', 'empty')).size).toBe(0)
    expect(existsSync(join(folder, 'out', 'secret'))).toBe(false)
  })

  it('a ZIP archive that leads out of its folder, or is cut short, is refused', async () => {
    const archive = join(folder, 'a.zip')
    const bytes = zipOf([{ name: '../escaped', text: 'no', mode: 0o644 }])
    writeFileSync(archive, bytes)
    await expect(unzip(archive, join(folder, 'out'), (name) => name)).rejects.toThrow('leads out of its folder')
    expect(existsSync(join(folder, 'escaped'))).toBe(false)
    writeFileSync(archive, bytes.subarray(0, bytes.length - 30))
    await expect(unzip(archive, join(folder, 'out'), (name) => name)).rejects.toThrow('no whole ZIP archive')
  })

  it('two works of one name never overlap', async () => {
    const order: string[] = []
    const work = (name: string) => async () => {
      order.push(`${name} begins`)
      await new Promise((done) => setImmediate(done))
      order.push(`${name} ends`)
    }
    await Promise.all([withLock(folder, 'trial', work('a')), withLock(folder, 'trial', work('b'))])
    expect(order).toHaveLength(4)
    expect(order[1]).toBe(order[0]?.replace('begins', 'ends'))
    expect(order[3]).toBe(order[2]?.replace('begins', 'ends'))
  })
})

type Entry = { readonly name: string; readonly text: string; readonly mode: number }

/** The smallest ZIP archive of these files: local entries, directory, end record. */
function zipOf(entries: readonly Entry[]): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, mode } of entries) {
    const data = text === '' ? Buffer.alloc(0) : deflateRawSync(text)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(text === '' ? 0 : 8, 10)
    entry.writeUInt32LE(data.length, 20)
    entry.writeUInt32LE(text.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE((0o100000 | mode) * 65_536, 38)
    entry.writeUInt32LE(offset, 42)
    local.push(header, Buffer.from(name), data)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + data.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, listing, end])
}
