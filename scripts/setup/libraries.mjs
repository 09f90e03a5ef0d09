/** The system libraries that Electron links to on Linux, and the virtual display that its tests need. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheFolder, say } from './project.mjs'
import { runProgram, withHeartbeat } from './processes.mjs'

const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0', 'libdrm2']
const DISPLAY = ['xvfb', 'xauth']

/**
 * Installs what is missing on Debian as root; otherwise says which one command does it.
 * @returns {Promise<boolean>} true where nothing is missing any more
 */
export async function ensureLibraries(root, executablePath, { test }) {
  if (process.platform !== 'linux') return true
  const displayMissing = test && !onPath('xvfb-run') && !process.env.DISPLAY
  if (!displayMissing && librariesSeen(root, executablePath)) return true
  const missing = await missingLibraries(executablePath)
  if (missing.length > 0 || displayMissing) {
    const wanted = [...(missing.length > 0 ? LIBRARIES : []), ...(displayMissing ? DISPLAY : [])]
    if (!(await install(wanted, missing))) return false
  }
  const left = await missingLibraries(executablePath)
  if (left.length > 0) {
    say(`Electron still misses ${left.join(', ')} on this system; the studio will not open until they are installed.`)
    return false
  }
  writeFileSync(stampFile(root), stampText(executablePath))
  return true
}

/** The shared libraries that the dynamic linker does not find for a program. */
export async function missingLibraries(executablePath) {
  const { output } = await runProgram('ldd', [executablePath]).catch(() => ({ output: '' }))
  return parseMissing(output)
}

/** @param {string} listing what `ldd` prints */
export function parseMissing(listing) {
  return [...new Set([...listing.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]))]
}

export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))
}

async function install(wanted, missing) {
  const lack = missing.length > 0 ? `system libraries are missing (${missing.join(', ')})` : 'the virtual display for the tests is missing'
  if (!onPath('apt-get')) {
    say(`On this system ${lack}. Install what your distribution calls: ${wanted.join(' ')}`)
    return false
  }
  const names = await debianNames(wanted)
  if (process.getuid?.() !== 0) {
    say(`On this system ${lack}. This one command installs them:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`)
    return false
  }
  say(`On this system ${lack}; installing: ${names.join(' ')}`)
  return aptInstall(wanted)
}

async function aptInstall(wanted) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await withHeartbeat('Reading the package lists (apt-get update)', () => runProgram('apt-get', ['update', '-q'], { env }))
  const names = await debianNames(wanted)
  const installed = await withHeartbeat('Installing system libraries (apt-get install)', () =>
    runProgram('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env }),
  )
  if (installed.code === 0) return true
  say(`${updated.code === 0 ? '' : updated.output}${installed.output}`.trimEnd())
  say(`apt-get could not install the system libraries. Try by hand: apt-get install -y ${names.join(' ')}`)
  return false
}

/** From Debian 13 on some libraries carry `t64` in their names. */
async function debianNames(names) {
  const candidates = names.filter((name) => name.startsWith('lib')).map((name) => `${name}t64`)
  const { output } = await runProgram('apt-cache', ['pkgnames', 'lib']).catch(() => ({ output: '' }))
  const known = new Set(output.split('\n'))
  return names.map((name) => (candidates.includes(`${name}t64`) && known.has(`${name}t64`) ? `${name}t64` : name))
}

function librariesSeen(root, executablePath) {
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === stampText(executablePath)
}

function stampFile(root) {
  return join(cacheFolder(root), 'libraries.stamp')
}

/** Another program, or the same one built anew, is looked at again. */
function stampText(executablePath) {
  return `${executablePath} ${statSync(executablePath).mtimeMs}`
}
