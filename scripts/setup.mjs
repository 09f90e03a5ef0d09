/**
 * Makes a fresh checkout ready: packages, the Electron runtime, Linux system libraries. Each step is skipped when done,
 * so that a second run costs a few milliseconds. Needs Node alone. `--test` also wants what the tests need.
 */
import { hasDisplay } from './electron-runtime.mjs'
import { checkNode, ensureDependencies } from './setup/dependencies.mjs'
import { ensureLibraries } from './setup/libraries.mjs'
import { SetupFault, isProgram, projectRoot, run, say } from './setup/project.mjs'
import { ensureRuntime } from './setup/runtime.mjs'

/** Packages only: enough for the command line. */
export async function setUpPackages(root = projectRoot()) {
  checkNode()
  await ensureDependencies(root)
}

/** All that a window needs. */
export async function setUpStudio(root = projectRoot(), { test = false } = {}) {
  await setUpPackages(root)
  const runtime = await ensureRuntime(root)
  await ensureLibraries(root, runtime.executablePath, { test })
  return runtime
}

async function main() {
  const test = process.argv.includes('--test')
  const root = projectRoot()
  await setUpPackages(root)
  // Without a display `npm start` renders instead of opening a window: it should not wait for a runtime it cannot use.
  if (!test && !hasDisplay()) return
  try {
    await setUpStudio(root, { test })
  } catch (error) {
    // The other tests run without Electron, and those that need it will say so: a missing runtime must not hide them.
    if (test && error instanceof SetupFault) say(`dreamscore: ${error.message}`)
    else throw error
  }
}

if (isProgram(import.meta.url)) await run(main)
