/** Where this checkout lies, what it keeps of its own set-up, and how the set-up speaks. Node built-ins only. */
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of this checkout: the nearest one upwards that holds Dreamscore's package.json. Looked for, rather than
 * counted in `..`, because the same module also runs bundled from `out/main`.
 */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))) {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'dreamscore') return folder
    if (dirname(folder) === folder) throw new Error(`No Dreamscore checkout above ${from}.`)
  }
}

/** The folder for stamps, locks and the fallback runtime. It goes with `node_modules`, so nothing in it can outlive what it describes. */
export function cacheFolder(root = projectRoot()) {
  const folder = join(root, 'node_modules', '.cache', 'dreamscore')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Everything the set-up says goes to stderr: stdout belongs to the command that comes after it. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A failure for people: what happened, where, and how to mend it. */
export class SetupFault extends Error {
  constructor(what, where, mend) {
    super(`${what} (${where}). ${mend}`)
    this.name = 'SetupFault'
  }
}

/** True where this module is the program that Node was started with, by whatever link it was reached. */
export function isProgram(moduleUrl) {
  return process.argv[1] !== undefined && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl)
}

/** Runs a script's main part; a failure becomes one line on stderr and exit code 1. */
export async function run(main) {
  try {
    await main()
  } catch (error) {
    say(`dreamscore: ${error instanceof SetupFault ? error.message : (error?.stack ?? error)}`)
    process.exitCode = 1
  }
}
