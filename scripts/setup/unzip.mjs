/** Takes chosen files out of a ZIP archive with Node's own zlib. */
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const STORED = 0
const DEFLATED = 8

/**
 * Unpacks a ZIP archive (without ZIP64 or encryption; the archive's own hash is checked by the caller).
 * @param {(name: string) => string | null} place where an entry goes, relative to `folder`; null leaves it out
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(archive, folder, place) {
  let written = 0
  for (const entry of await readDirectory(archive)) {
    const name = entry.name.endsWith('/') ? null : place(entry.name)
    if (name === null) continue
    const target = resolve(folder, name)
    if (!target.startsWith(resolve(folder) + sep)) throw new Error(`${archive}: entry ${entry.name} leads out of its folder`)
    await writeEntry(archive, entry, target)
    written += 1
  }
  return written
}

async function readDirectory(archive) {
  const file = await open(archive)
  try {
    const { size } = await file.stat()
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || tail.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error(`${archive} is no whole ZIP archive`)
    const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
    const entries = parseDirectory(archive, directory)
    for (const entry of entries) {
      const header = await readAt(file, entry.offset, 30)
      entry.start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    }
    return entries
  } finally {
    await file.close()
  }
}

async function readAt(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw new Error('the ZIP archive ends too early')
  return buffer
}

function parseDirectory(archive, bytes) {
  const entries = []
  for (let at = 0; at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY_ENTRY; ) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const method = bytes.readUInt16LE(at + 10)
    if (method !== STORED && method !== DEFLATED) throw new Error(`${archive} uses an unknown compression (${method})`)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method,
      length: bytes.readUInt32LE(at + 20),
      mode: (bytes.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: bytes.readUInt32LE(at + 42),
      start: 0,
    })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

async function writeEntry(archive, entry, target) {
  mkdirSync(dirname(target), { recursive: true })
  const output = createWriteStream(target, { mode: entry.mode || 0o644 })
  if (entry.length === 0) return void (await new Promise((done, fail) => output.on('error', fail).end(done)))
  const input = createReadStream(archive, { start: entry.start, end: entry.start + entry.length - 1 })
  if (entry.method === STORED) await pipeline(input, output)
  else await pipeline(input, createInflateRaw(), output)
}
