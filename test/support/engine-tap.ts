/** Listens in on the line between engine and studio, from inside the studio's page, without touching the studio's code. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { FromEngine, EngineView, ToEngine } from '../../core/ipc/engine-view.ts'
import type { ScoreEvent } from '../../core/events/event.ts'

type Tap = { view: EngineView | null; events: ScoreEvent[]; send: (message: ToEngine) => void; learned: unknown[] }

/** The page of a window by its folder; waits until it is there. */
export async function pageOf(app: ElectronApplication, name: 'studio' | 'engine'): Promise<Page> {
  const is = (page: Page) => page.url().includes(`/${name}/`)
  const found = app.windows().find(is)
  return found ?? app.waitForEvent('window', { predicate: is })
}

/** Loads the studio anew with an ear at its line to the engine. */
export async function tapEngine(studio: Page): Promise<void> {
  await studio.addInitScript(() => {
    const tap: Tap = { view: null, events: [], send: () => undefined, learned: [] }
    Object.assign(window, { tap })
    window.addEventListener('message', (arrival) => {
      const port = arrival.ports[0]
      if (arrival.data?.dreamscorePort !== 'studio-engine' || port === undefined) return
      tap.send = (message) => port.postMessage(message)
      port.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
        if (data.kind === 'view') tap.view = data.view
        if (data.kind === 'events') tap.events.push(...data.events)
        if (data.kind === 'learned') tap.learned.push(data.binding)
      })
    })
  })
  await studio.reload()
  await studio.waitForFunction(() => Reflect.get(window, 'tap').view !== null)
}

export const viewOf = (studio: Page): Promise<EngineView> => studio.evaluate(() => Reflect.get(window, 'tap').view)
export const eventsOf = (studio: Page): Promise<ScoreEvent[]> => studio.evaluate(() => Reflect.get(window, 'tap').events)
export const learnedOf = (studio: Page): Promise<unknown[]> => studio.evaluate(() => Reflect.get(window, 'tap').learned)
export const tell = (studio: Page, message: ToEngine): Promise<void> => studio.evaluate((said) => Reflect.get(window, 'tap').send(JSON.parse(said)), JSON.stringify(message))

/** Waits until the view that the studio has got fulfils a condition. */
export async function waitForView(studio: Page, condition: (view: EngineView) => boolean, timeout = 20_000): Promise<EngineView> {
  const until = Date.now() + timeout
  for (;;) {
    const view = await studio.evaluate((): EngineView | null => Reflect.get(window, 'tap')?.view ?? null)
    if (view !== null && condition(view)) return view
    if (Date.now() > until) throw new Error(`the view never came to ${condition.toString()}; it stands at ${JSON.stringify({ ...view, layers: view?.layers.length, frame: null })}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
