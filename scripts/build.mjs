/** Builds `out/` when a source has changed since the last build, and only then. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { SetupFault, isProgram, projectRoot, run, say } from './setup/project.mjs'
import { runProgram, withHeartbeat, withLock } from './setup/processes.mjs'

const SOURCES = ['core', 'nexus', 'export', 'cli', 'electron', 'renderer', 'presets', 'samples', 'scripts']
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'electron.vite.config.ts']

/**
 * Builds if anything the build reads differs from last time.
 * @returns {Promise<boolean>} true where a build was made
 */
export async function ensureBuilt(root = projectRoot(), { force = false } = {}) {
  if (!force && isFresh(root)) return false
  return withLock(root, 'build', async () => {
    if (!force && isFresh(root)) return false
    const fingerprint = sourceFingerprint(root)
    rmSync(stampFile(root), { force: true })
    const { code, output } = await withHeartbeat('Building Dreamscore', () =>
      runProgram(process.execPath, [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], { cwd: root }),
    )
    if (code !== 0) {
      say(stripVTControlCharacters(output).trimEnd())
      throw new SetupFault('The build failed', root, 'Read the message of the build above.')
    }
    writeFileSync(stampFile(root), fingerprint)
    return true
  })
}

/** True where out/ was built from the sources as they are now. */
export function isFresh(root) {
  const stamp = stampFile(root)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceFingerprint(root)
}

/** A hash of the names, sizes and times of all sources: a few milliseconds, where hashing their content would take longer. */
export function sourceFingerprint(root) {
  const hash = createHash('sha256')
  for (const file of [...SETTINGS, ...SOURCES.flatMap((folder) => listFiles(root, folder))]) {
    const stat = statSync(join(root, file), { throwIfNoEntry: false })
    if (stat) hash.update(`${file} ${stat.size} ${stat.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function listFiles(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(root, join(folder, entry.name)) : [join(folder, entry.name)]))
}

function stampFile(root) {
  return join(root, 'out', 'build.stamp')
}

if (isProgram(import.meta.url)) {
  await run(async () => {
    await ensureBuilt(projectRoot(), { force: true })
    say('Built into out/.')
  })
}
