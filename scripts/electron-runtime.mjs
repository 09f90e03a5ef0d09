/**
 * Where the Electron runtime lies and how this checkout is opened in it. Only looks; `setup/runtime.mjs` fetches.
 * Used by `npm start`, by `dreamscore studio` and by the tests, so that all three open the same thing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from './setup/project.mjs'

/** The runtime that stands in where Electron's own download page is out of reach (see docs/dependencies.md). */
export const FALLBACK_VERSION = '33.2.1'

/** The folder of the fallback runtime of a checkout. */
export function fallbackFolder(root) {
  return join(root, 'node_modules', '.cache', 'dreamscore', `electron-${FALLBACK_VERSION}`)
}

/**
 * The runtime in order of choice: ELECTRON_OVERRIDE_DIST_PATH, the `electron` package's own download, the fallback.
 * @returns {{executablePath: string, args: string[], source: 'override' | 'download' | 'fallback'} | null}
 *   `args` come before any argument of the studio; null where no runtime is there yet
 */
export function electronRuntime(root = projectRoot()) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return found(join(override, executableName()), [root], 'override')
  return (
    found(join(root, 'node_modules', 'electron', 'dist', executableName()), [root], 'download', downloadComplete(root)) ??
    // The fallback has its application in resources/app, and so takes no folder on its command line.
    found(join(fallbackFolder(root), 'electron'), [], 'fallback', existsSync(join(fallbackFolder(root), 'complete')))
  )
}

/** The arguments without which Electron cannot run on this machine, with the reason for each, to be said aloud. */
export function machineArguments() {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  return asRoot ? [{ argument: '--no-sandbox', reason: 'Chromium refuses its sandbox to the user root' }] : []
}

/** The environment for Electron: ours, without the switch that would turn it into a plain Node. */
export function electronEnvironment() {
  const { ELECTRON_RUN_AS_NODE: _plainNode, ...environment } = process.env
  return environment
}

/** True where a window can be opened. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function found(executablePath, args, source, complete = true) {
  return complete && existsSync(executablePath) ? { executablePath, args, source } : null
}

function executableName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** The `electron` package writes path.txt last, and dist/version tells an older download from the wanted one. */
function downloadComplete(root) {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const { version } = createRequire(import.meta.url)(join(folder, 'package.json'))
    const there = readFileSync(join(folder, 'dist', 'version'), 'utf8').trim().replace(/^v/, '')
    return existsSync(join(folder, 'path.txt')) && there === version
  } catch {
    return false
  }
}
