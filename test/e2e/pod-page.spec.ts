import { chromium, expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { parsePodFrame, type PodFrame } from '../../core/signal/pod-frame.ts'
import { roomView } from '../support/room-view.ts'
import { axeFindings } from '../support/axe.ts'
import { findChromium } from '../support/electron.ts'
import { hostPage, type PageHost } from '../support/page-host.ts'

let browser: Browser
let host: PageHost
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  const executablePath = findChromium()
  test.skip(executablePath === null, 'there is no Chromium here (looked at CHROMIUM_PATH and /usr/bin)')
  // A microphone that hums, for the chant.
  browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
})

test.afterAll(async () => {
  await browser?.close()
})

const troubles: string[] = []

const visit = async (options: { width?: number; height?: number; reducedMotion?: 'reduce' } = {}): Promise<void> => {
  host = await hostPage()
  const { origin } = new URL(host.link())
  context = await browser.newContext({
    viewport: { width: options.width ?? 360, height: options.height ?? 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true,
    ...(options.reducedMotion === undefined ? {} : { reducedMotion: options.reducedMotion }),
  })
  page = await context.newPage()
  troubles.length = 0
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebSocket|ERR_CONNECTION_REFUSED/.test(message.text())) troubles.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) troubles.push(`asked for ${request.url()}`)
  })
  await page.goto(host.link())
}

test.afterEach(async () => {
  await context?.close()
  await host?.shut()
  expect(troubles).toEqual([])
})

const frames = (): PodFrame[] => host.came.flatMap((each) => (each.kind === 'frame' ? [parsePodFrame(each.payload)] : []))
const lastFrame = (): PodFrame | undefined => frames().at(-1)
const kinds = (): string[] => host.came.map(({ kind }) => kind)
const status = () => page.locator('.status')
const agree = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Yes, let me be heard' }).click()
  await expect(status()).toHaveText('You are heard, with at least 5 pods.')
}
const picture = async (name: string, fullPage = false): Promise<void> => {
  const folder = process.env['DREAMSCORE_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/pod-${name}.png`, fullPage })
}

const findings = (): Promise<string[]> => axeFindings(page, { legacy: false })

/** Buttons, switches and tabs that are lower than a finger needs, and anything wider than the phone. */
const tooSmall = (): Promise<string[]> =>
  page.evaluate(() => {
    const small = [...document.querySelectorAll('button, .toggle, .choice label, summary')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 48)
      .map((element) => element.outerHTML.slice(0, 120))
    return document.documentElement.scrollWidth > innerWidth ? [...small, `the page is ${document.documentElement.scrollWidth} wide`] : small
  })

/** One breath by a finger on the circle: milliseconds in and out. */
const breathe = async (inward: number, outward: number): Promise<void> => {
  await page.mouse.down()
  await page.waitForTimeout(inward)
  await page.mouse.up()
  await page.waitForTimeout(outward)
}

for (const { width, height } of [{ width: 360, height: 740 }, { width: 320, height: 568 }]) {
  test(`from consent by breath and rest to leaving, on a phone of ${width} x ${height}`, async () => {
    await visit({ width, height })
    await expect(status()).toHaveText('Connected. Nothing is sent yet.')
    await expect(page.getByRole('heading', { name: 'Be a pod tonight' })).toBeVisible()
    await expect(page.getByText('dawn-chorus')).toBeVisible()
    await expect(page.getByRole('switch', { name: 'Record' })).not.toBeChecked()
    await expect(page.getByRole('switch', { name: 'Publish' })).not.toBeChecked()
    expect(await findings()).toEqual([])
    expect(await tooSmall()).toEqual([])
    await picture(`consent-${width}`, true)
    await page.waitForTimeout(1_200)
    expect(host.came).toEqual([])

    await page.getByRole('switch', { name: 'Record' }).check()
    await agree()
    expect(lastFrame()).toMatchObject({ pStage: [1, 0, 0, 0, 0], respHz: null, hrBpm: null, motion: null, consent: { live: true, record: true, publish: false, soloVoice: false } })
    expect(Math.abs((lastFrame()?.consent.expiresAt ?? 0) - Date.now() - 12 * 3_600_000)).toBeLessThan(10_000)
    await picture(`awake-${width}`)
    expect(await findings()).toEqual([])
    expect(await tooSmall()).toEqual([])
    await expect(page.getByRole('button', { name: 'Leave' })).toBeInViewport({ ratio: 1 })

    const circle = await page.getByRole('button', { name: /^Breath/ }).boundingBox()
    await page.mouse.move((circle?.x ?? 0) + (circle?.width ?? 0) / 2, (circle?.y ?? 0) + (circle?.height ?? 0) / 2)
    for (let breath = 0; breath < 4; breath += 1) await breathe(800, 1_200)
    await expect(page.getByText(/breaths a minute$/)).toBeVisible()
    await expect.poll(() => lastFrame()?.respHz ?? 0).toBeGreaterThan(0.4)
    expect(lastFrame()?.respHz).toBeLessThan(0.55)
    expect(lastFrame()?.q.resp).toBeGreaterThan(0.5)
    await page.mouse.down()
    await picture(`touched-${width}`)
    await page.mouse.up()

    await page.getByRole('radio', { name: 'I rest' }).check()
    await expect.poll(() => lastFrame()?.pStage).toEqual([0.5, 0.35, 0.15, 0, 0])
    await picture(`resting-${width}`)
    expect(await findings()).toEqual([])
    expect(await tooSmall()).toEqual([])
    await expect(page.getByRole('button', { name: 'Leave' })).toBeInViewport({ ratio: 1 })
    await page.getByRole('radio', { name: 'I am awake' }).check()

    await page.getByText('Guide, phone, what you allow').click()
    await picture(`more-${width}`, true)
    expect(await findings()).toEqual([])
    await page.getByRole('switch', { name: 'Record' }).uncheck()
    await expect.poll(() => host.came.findLast(({ kind }) => kind === 'consent')).toMatchObject({ payload: { live: true, record: false, publish: false } })

    const { sid } = lastFrame() ?? { sid: '' }
    await page.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByText('The Nexus has taken you out.')).toBeVisible()
    await expect(page.getByText('What was recorded while you allowed it stays')).toBeVisible()
    await picture(`gone-${width}`)
    expect(await findings()).toEqual([])
    expect(host.came.filter(({ kind }) => kind === 'bye')).toMatchObject([{ sid }])
    const sent = frames().length
    await page.waitForTimeout(1_500)
    expect(frames()).toHaveLength(sent)
    expect(kinds().at(-1)).toBe('closed')

    await page.getByRole('button', { name: 'Come back' }).click()
    await expect(page.getByRole('heading', { name: 'Be a pod tonight' })).toBeVisible()
    await agree()
    expect(lastFrame()?.sid).not.toBe(sid)
  })
}

test('the chant has its own consent, sends strengths and nothing else, by tap and by hum', async () => {
  await visit()
  await page.getByRole('tab', { name: 'Chant' }).click()
  await picture('chant-consent')
  expect(await findings()).toEqual([])
  await page.getByRole('button', { name: 'Join the chant' }).click()
  const circle = page.getByRole('button', { name: /^Chant/ })
  for (let taps = 0; taps < 4; taps += 1) {
    await circle.tap()
    await page.waitForTimeout(250)
  }
  await picture('chant')
  await expect(status()).toHaveText('Your chant reaches the music.')
  expect(await findings()).toEqual([])
  expect(await tooSmall()).toEqual([])
  const strengths = (): number[] => host.came.flatMap((each) => (each.kind === 'chant' ? [Number(each.strength)] : []))
  expect(Math.max(...strengths())).toBeGreaterThan(0.6)
  expect(Math.max(...strengths())).toBeLessThanOrEqual(1)
  await expect.poll(() => strengths().at(-1)).toBe(0)
  const rested = strengths().length
  await page.waitForTimeout(800)
  expect(strengths()).toHaveLength(rested)

  await page.getByRole('button', { name: 'Hum instead' }).click()
  await expect.poll(() => strengths().slice(rested).filter((strength) => strength > 0.05).length, { timeout: 10_000 }).toBeGreaterThan(2)
  await picture('chant-hum')
  expect(new Set(kinds())).toEqual(new Set(['chant']))
  await page.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByText('Your chant has ended.')).toBeVisible()
  expect(strengths().at(-1)).toBe(0)
})

test('a broken way comes back by itself, with the same pod; a good-bye waits for it', async () => {
  await visit()
  await agree()
  const { sid = '', seq = 0 } = lastFrame() ?? {}
  await host.shut()
  await expect(status()).toHaveText('No way to the Nexus. It is tried again by itself.')
  await picture('offline')
  await page.waitForTimeout(1_500)
  await host.open()
  await expect(status()).toHaveText('You are heard, with at least 5 pods.', { timeout: 15_000 })
  expect(lastFrame()?.sid).toBe(sid)
  expect(lastFrame()?.seq).toBeGreaterThan(seq)

  await host.shut()
  await expect(status()).toHaveText('No way to the Nexus. It is tried again by itself.')
  await page.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByText('The Nexus cannot be reached')).toBeVisible()
  await expect(page.getByText('Not yet taken out')).toBeVisible()
  await picture('leaving-offline')
  await host.open()
  await expect(page.getByText('The Nexus has taken you out.')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('Taken out and forgotten')).toBeVisible()
  expect(host.came.findLast(({ kind }) => kind === 'bye')).toMatchObject({ sid })
})

test('a good-bye that could not be said yet is said even by one who comes back at once', async () => {
  await visit()
  await agree()
  const { sid = '' } = lastFrame() ?? {}
  await host.shut()
  await expect(status()).toHaveText('No way to the Nexus. It is tried again by itself.')
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Come back' }).click()
  await expect(page.getByRole('heading', { name: 'Be a pod tonight' })).toBeVisible()
  await host.open()
  await expect.poll(() => host.came.findLast(({ kind }) => kind === 'bye'), { timeout: 20_000 }).toMatchObject({ sid })
  await expect(status()).toHaveText('Connected. Nothing is sent yet.', { timeout: 20_000 })
})

test('says in words how it stands: few, waiting, full, taken out by the host', async () => {
  await visit()
  host.crowd = { pods: 3, heard: false }
  await page.getByRole('button', { name: 'Yes, let me be heard' }).click()
  await expect(status()).toHaveText('You are in. Fewer than five pods are here, so no one is heard yet.')
  host.answer = 'waiting'
  await expect(status()).toHaveText('You wait to enter with others. That can take some minutes.')
  await picture('waiting')
  host.answer = 'too many pods'
  await expect(status()).toHaveText('The room is full. You come in when a place is free.')
  await picture('trouble')
  expect(await findings()).toEqual([])
  host.answer = 'removed'
  await expect(page.getByText('Your host has taken you out of this circle.')).toBeVisible()
})

test('works from the keyboard, with less motion where it is wished for', async () => {
  await visit({ reducedMotion: 'reduce' })
  const press = async (name: RegExp | string, key = 'Enter'): Promise<void> => page.getByRole('button', { name }).press(key)
  await press('Yes, let me be heard')
  await expect(page.getByRole('heading', { name: 'Rest' })).toBeFocused()
  const scale = (): Promise<string> => page.locator('.rest .circle-disc').evaluate((disc) => getComputedStyle(disc).transform)
  const first = await scale()
  await page.waitForTimeout(1_500)
  expect(await scale()).toBe(first)
  const circle = page.getByRole('button', { name: /^Breath/ })
  await circle.focus()
  for (let breath = 0; breath < 3; breath += 1) {
    await page.keyboard.down(' ')
    await page.waitForTimeout(700)
    await page.keyboard.up(' ')
    await page.waitForTimeout(1_100)
  }
  await expect.poll(() => lastFrame()?.respHz ?? null).not.toBeNull()
  await page.getByRole('radio', { name: 'I am awake' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => lastFrame()?.pStage).toEqual([0.5, 0.35, 0.15, 0, 0])
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('tab', { name: 'Rest' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Chant' })).toBeFocused()
  await expect(page.getByRole('tabpanel', { name: 'Chant' })).toBeVisible()
  await press('Leave', ' ')
  await expect(page.getByRole('heading', { name: 'You have left' })).toBeFocused()
})

test('closing the page takes the pod out; a link without a token or with an old one says so', async () => {
  await visit()
  await agree()
  await page.goto('about:blank')
  await expect.poll(kinds).toContain('bye')
  const { origin } = new URL(host.link())
  troubles.length = 0
  await page.goto(`${origin}/`)
  await expect(page.getByText('It lacks its last part.')).toBeVisible()
  await picture('broken')
  await page.goto(`${origin}/#0123456789`)
  await expect(page.getByText('It no longer opens a circle of this gathering.')).toBeVisible()
  expect(await findings()).toEqual([])
})

test('the host’s page shows the room as it is, on a desk and on a phone', async () => {
  await visit({ width: 1_180, height: 900 })
  host.view = roomView(host.link())
  const { origin } = new URL(host.link())
  await page.goto(`${origin}/status`)
  await expect(page.getByText('5 pods are live')).toBeVisible()
  await expect(page.getByText('2 pods wait to enter, in 84 s at the earliest.')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Code of the link into circle north' })).toBeVisible()
  await expect(page.getByRole('link', { name: host.link() })).toHaveCount(2)
  await expect(page.getByRole('row', { name: /pod 3.*limited: sends too often/ })).toBeVisible()
  expect(await findings()).toEqual([])
  await picture('status', true)
  host.view = { ...host.view, counts: { ...host.view.counts, live: 6 } }
  await expect(page.getByText('6 pods are live')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await picture('status-phone')
  await host.shut()
  await expect(page.getByText('The Nexus does not answer.')).toBeVisible()
})
