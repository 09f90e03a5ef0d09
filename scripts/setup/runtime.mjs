/** Sees to it that an Electron runtime is there: an own one, Electron's download, or the fallback. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronRuntime } from '../electron-runtime.mjs'
import { fallbackFits, installFallback } from './fallback.mjs'
import { say, SetupFault } from './project.mjs'
import { runProgram, withHeartbeat, withLock } from './processes.mjs'

const PROBE_MS = 8_000
const GRACE_MS = 12_000
const DOWNLOAD_MS = 20 * 60_000

/** @returns {Promise<import('../electron-runtime.mjs').ElectronRuntime>} */
export async function ensureRuntime(root) {
  const ready = electronRuntime(root)
  if (ready) return ready
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    throw new SetupFault(
      'There is no Electron where ELECTRON_OVERRIDE_DIST_PATH points',
      process.env.ELECTRON_OVERRIDE_DIST_PATH,
      'Point it at the folder that holds the electron program, or unset it.',
    )
  }
  return withLock(root, 'runtime', async () => electronRuntime(root) ?? fetchRuntime(root))
}

async function fetchRuntime(root) {
  const reason = await download(root)
  if (reason !== null) {
    say(`Electron's own download did not come: ${reason}.`)
    if (!fallbackFits()) {
      throw new SetupFault(
        'No Electron runtime could be fetched',
        `${process.platform} ${process.arch}`,
        'Check the network (github.com must be in reach), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
      )
    }
    await installFallback(root)
  }
  const runtime = electronRuntime(root)
  if (!runtime) throw new SetupFault('The Electron runtime is not where it was put', root, 'Delete node_modules and run the same command again.')
  return runtime
}

/**
 * Lets the `electron` package fetch its binary. A network that swallows packets would keep it waiting for minutes, so
 * its page is asked for at the same time, and the download stopped if the page stays silent.
 * @returns {Promise<string | null>} why it failed, or null
 */
async function download(root) {
  const script = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(script)) return 'the electron package is not installed'
  const stop = new AbortController()
  const patience = setTimeout(() => stop.abort(), DOWNLOAD_MS)
  const silence = (await pageAnswers()) ? undefined : setTimeout(() => stop.abort(), GRACE_MS)
  try {
    const { code, output } = await withHeartbeat('Downloading Electron (about 120 MB)', () =>
      runProgram(process.execPath, [script], { cwd: root, signal: stop.signal, killSignal: 'SIGKILL' }),
    )
    return code === 0 && electronRuntime(root) ? null : firstLine(output) || `its installer ended with code ${code}`
  } catch (error) {
    return error.name === 'AbortError' ? 'its page does not answer' : String(error.message)
  } finally {
    clearTimeout(patience)
    clearTimeout(silence)
  }
}

async function pageAnswers() {
  const page = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/electron/electron/releases'
  try {
    await fetch(page, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) })
    return true
  } catch {
    return false
  }
}

function firstLine(output) {
  return output.split('\n').find((line) => line.trim() !== '')?.trim().replace(/\.$/, '')
}
