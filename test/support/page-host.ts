/** The pod page on this machine, in the test's own process, for a browser: Playwright reads TypeScript but not Vite's imports. */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'
import { bundledPage } from '../../scripts/bundled-page.mjs'
import { createTokens } from '../../nexus/adapters/tokens.ts'
import type { PageAdapter, PageAdapterOptions } from '../../nexus/adapters/page/page-adapter.ts'
import type { Clock } from '../../nexus/clock.ts'
import type { RoomView } from '../../core/ipc/room.ts'
import type { Verdict } from '../../nexus/guard/verdict.ts'
import { recordingIntake, type Came } from './recording-intake.ts'

export type PageHost = {
  readonly came: Came[]
  readonly link: () => string
  readonly open: () => Promise<void>
  readonly shut: () => Promise<void>
  /** What the guard is to answer, and who is here. */
  answer: Verdict
  crowd: { pods: number; heard: boolean }
  /** The room as the host's page shows it. */
  view: RoomView | null
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
}

const load = async <T>(file: string): Promise<T> =>
  (await runnerImport<T>(resolve(file), { configFile: false, logLevel: 'error', plugins: [bundledPage()] })).module

/** Opens the page at a port of the system's choice, which it keeps when it is shut and opened again. */
export async function hostPage(changes: Partial<PageAdapterOptions> = {}): Promise<PageHost> {
  const { createPageAdapter } = await load<typeof import('../../nexus/adapters/page/page-adapter.ts')>('nexus/adapters/page/page-adapter.ts')
  const { createHostPages } = await load<typeof import('../../nexus/status/host-pages.ts')>('nexus/status/host-pages.ts')
  const pages = createHostPages({ view: () => host.view, metrics: null, token: null })
  const tokens = createTokens(['one'])
  const { intake, came } = recordingIntake(() => host.answer)
  let port = 0
  let adapter: PageAdapter | null = null
  const host: PageHost = {
    came,
    answer: 'taken',
    crowd: { pods: 7, heard: true },
    view: null,
    link: () => adapter?.joinUrl('one') ?? '',
    open: async () => {
      adapter = createPageAdapter({ port, open: false, gathering: 'dawn-chorus', tokens, intake, clock: systemClock, crowd: () => host.crowd, host: pages, ...changes })
      await adapter.start()
      port = adapter.port ?? 0
    },
    shut: async () => adapter?.stop(),
  }
  await host.open()
  return host
}
