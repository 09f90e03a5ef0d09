/** Opens the built studio in the real Electron, as a person's first start on this machine. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { electronEnvironment, electronRuntime, machineArguments } from '../../scripts/electron-runtime.mjs'

export type StudioOptions = {
  /** Further arguments of the studio: files to open, Chromium switches. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Settings and autosaves; a fresh folder of its own unless given. */
  readonly userDataFolder?: string
}

export type Studio = {
  readonly app: ElectronApplication
  readonly userDataFolder: string
  /** Closes the studio and removes its fresh folder. */
  readonly close: () => Promise<void>
}

/** Launches the studio of this checkout. Throws where no runtime is there. */
export async function launchStudio(options: StudioOptions = {}): Promise<Studio> {
  const runtime = electronRuntime(resolve('.'))
  if (!runtime) throw new Error('There is no Electron runtime here: run `node scripts/setup.mjs --test`.')
  const userDataFolder = options.userDataFolder ?? mkdtempSync(join(tmpdir(), 'dreamscore-studio-'))
  const launch = (): Promise<ElectronApplication> => _electron.launch({
    executablePath: runtime.executablePath,
    args: [
      ...machineArguments().map(({ argument }) => argument),
      ...(hasGraphicsCard() ? [] : ['--disable-gpu']),
      `--user-data-dir=${userDataFolder}`,
      ...runtime.args,
      ...(options.args ?? []),
    ],
    env: definedOnly({ ...electronEnvironment(), ...options.env }),
    timeout: CONNECT_MS,
  })
  const app = await connect(launch)
  return { app, userDataFolder, close: () => closeStudio(app, options.userDataFolder ? null : userDataFolder) }
}

/** A launch takes 1 to 3 s here; one that has not connected by then never will. */
const CONNECT_MS = 20_000

/**
 * Playwright cannot hold back an Electron that is named by its path, and on a busy machine may attach in the very moment in
 * which the studio opens its windows; then its launch waits for ever (3 of 40 on a loaded machine, none of 40 on an idle one).
 * Such a launch is ended and tried again, aloud; whatever else goes wrong is thrown.
 */
async function connect(launch: () => Promise<ElectronApplication>, triesLeft = 2): Promise<ElectronApplication> {
  try {
    return await launch()
  } catch (error) {
    if (triesLeft === 0 || !(error instanceof Error) || !/Timeout .* exceeded/.test(error.message)) throw error
    console.warn('Playwright did not connect to the studio in time; launching it again.')
    return connect(launch, triesLeft - 1)
  }
}

/** Debian's Chromium, or another one by CHROMIUM_PATH; null where there is none. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser']
  return places.find((place) => place !== undefined && existsSync(place)) ?? null
}

async function closeStudio(app: ElectronApplication, folder: string | null): Promise<void> {
  await app.close()
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function hasGraphicsCard(): boolean {
  return process.platform !== 'linux' || existsSync('/dev/dri')
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
