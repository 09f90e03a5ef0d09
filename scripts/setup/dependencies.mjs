/** `npm ci`, when and only when what is installed differs from package-lock.json. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, say, SetupFault } from './project.mjs'
import { runNpm, withHeartbeat, withLock } from './processes.mjs'

/** Refuses a Node that the build tools do not run on. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return
  throw new SetupFault(
    `Dreamscore needs Node 20.19 or newer (in the 22 line 22.12 or newer), and this is Node ${version}`,
    process.execPath,
    'Install a newer one from https://nodejs.org and run the same command again.',
  )
}

/** Installs the locked packages where they are missing or others. */
export async function ensureDependencies(root) {
  if (dependenciesReady(root)) return
  await withLock(root, 'installation', async () => {
    if (dependenciesReady(root)) return
    say('Installing the packages Dreamscore is built from (npm ci) …')
    const { code, output } = await withHeartbeat('Installing packages', () =>
      runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root }),
    )
    if (code !== 0) {
      // npm's list of options after its message helps nobody here.
      say(output.split(/^npm error\s*$\n(?=npm error (?:Clean install|Usage:))/m)[0].trimEnd())
      throw new SetupFault('npm ci failed', root, 'Read its message above; most often the registry was out of reach.')
    }
    writeFileSync(stampFile(root), lockKey(root))
  })
}

/** True where the installed packages are those of package-lock.json. */
export function dependenciesReady(root) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const stamp = stampFile(root)
  const key = lockKey(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return true
  // No stamp yet, or a new lock file: someone may have run npm themselves. npm keeps its own list of what it put there.
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  if (!sameParts(locked, present)) return false
  writeFileSync(stamp, key)
  return true
}

/** True where each locked part that this machine wants is present in the locked version. */
export function sameParts(locked, present, machine = process) {
  return Object.entries(locked).every(([path, part]) => {
    if (path === '' || part.link || !wantedHere(part, machine)) return true
    const found = present[path]
    // An optional part without a system of its own may have been left out by npm for reasons of its own.
    if (!found) return Boolean(part.optional || part.peer) && !part.os && !part.cpu
    return found.version === part.version && found.integrity === part.integrity
  })
}

function wantedHere(part, { platform, arch }) {
  const fits = (list, name) => !list || list.includes(name)
  // npm picks between glibc and musl by itself; either one proves that the machine's parts are there.
  return fits(part.os, platform) && fits(part.cpu, arch) && !part.libc?.includes('musl')
}

function stampFile(root) {
  return join(cacheFolder(root), 'packages.stamp')
}

/** What the installed packages depend on: the lock file and the machine they were fetched for. */
function lockKey(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const machine = `${process.platform} ${process.arch}`
  return createHash('sha256').update(lock).update(machine).digest('hex')
}
