/** The studio's windows as Playwright sees them, and the bridge to main as a page sees it. */
import type { ElectronApplication, Page } from '@playwright/test'

/** What a page can ask of main, by channel. */
export type Bridge = {
  readonly request: Record<string, (payload: unknown) => Promise<unknown>>
  readonly on: (channel: string, listener: (value: unknown) => void) => void
}

/** The window that shows the studio or the engine, once it has loaded; `other` is one that shall not be meant. */
export async function windowOf(app: ElectronApplication, part: 'studio' | 'engine' | 'sensors', other?: Page): Promise<Page> {
  const isIt = (each: Page): boolean => each.url().includes(`/${part}/`) && each !== other && !each.isClosed()
  const page = app.windows().find(isIt) ?? (await app.waitForEvent('window', { predicate: isIt }))
  await page.waitForLoadState()
  return page
}

/** Asks main as the page itself does; throws its refusal. */
export const ask = (page: Page, channel: string, payload?: unknown): Promise<unknown> =>
  page.evaluate(([name, request]) => {
    const bridge: Bridge = Reflect.get(window, 'dreamscore')
    const call = bridge.request[name]
    if (call === undefined) throw new Error('there is no such function')
    return call(request)
  }, [channel, payload] as const)

/** What asking main comes to: `done`, or the words of the refusal. */
export const answerTo = (page: Page, channel: string, payload?: unknown): Promise<string> => ask(page, channel, payload).then(() => 'done', String)

/** Collects, in the page itself, what main pushes on a channel; `heard` reads it. */
export const listen = (page: Page, channel: string): Promise<void> =>
  page.evaluate((name) => {
    const values: unknown[] = []
    Reflect.set(window, `heard ${name}`, values)
    const bridge: Bridge = Reflect.get(window, 'dreamscore')
    bridge.on(name, (value) => values.push(value))
  }, channel)

export const heard = <Value>(page: Page, channel: string): Promise<Value[]> => page.evaluate((name): Value[] => Reflect.get(window, `heard ${name}`), channel)

/** Puts a person who always chooses these paths in place of the system's dialogs; a file is saved under the first. */
export const chooseInDialogs = (app: ElectronApplication, paths: readonly string[]): Promise<void> =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: filePaths[0] ?? '' })
  }, [...paths])

/** Ends the process behind a window as a crash does. */
export const crash = (app: ElectronApplication, part: 'studio' | 'engine' | 'sensors'): Promise<void> =>
  app.evaluate(({ webContents }, folder) => webContents.getAllWebContents().find((each) => each.getURL().includes(`/${folder}/`))?.forcefullyCrashRenderer(), part)
