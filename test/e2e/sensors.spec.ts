/** Bluetooth sensors in the real Electron: without an adapter, and with one of cardboard whose bytes were captured from real devices. */
import { expect, test, type Page } from '@playwright/test'
import { parsePodFrame } from '../../core/signal/pod-frame.ts'
import { ask, crash, heard, listen, windowOf } from '../support/app-pages.ts'
import { axeFindings } from '../support/axe.ts'
import { launchStudio, type Studio } from '../support/electron.ts'
import { fakeBluetooth, heardNearby, type FakeRadio } from '../support/fake-sensors.ts'
import { goTo, readyStudio } from '../support/studio-page.ts'

const findings = (page: Page): Promise<string[]> => axeFindings(page, { legacy: true })

/** Takes a picture where one is asked for. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.DREAMSCORE_SENSOR_PICTURES
  if (folder === undefined) return
  await page.locator('.sensors').scrollIntoViewIfNeeded()
  await page.screenshot({ path: `${folder}/${name}.png` })
}

const inBothModes = async (page: Page, name: string): Promise<void> => {
  for (const mode of ['normal', 'dim']) {
    expect(await findings(page)).toEqual([])
    await picture(page, `${name}-${mode}`)
    await page.getByRole('button', { name: /^Dim mode/ }).click()
  }
}

test.describe.serial('a machine without Bluetooth', () => {
  let studio: Studio
  let page: Page

  test.beforeAll(async () => {
    studio = await launchStudio()
    page = await readyStudio(studio.app)
    await goTo(page, 'Gathering')
  })
  test.afterAll(() => studio.close())

  test('opens no page for sensors until someone asks for one', async () => {
    await expect(page.getByRole('region', { name: 'Sensors by Bluetooth' })).toBeVisible()
    await page.getByRole('button', { name: 'Connect a heart belt' }).press('Enter')
    const card = page.getByRole('dialog', { name: 'Is it your own heart belt?' })
    await expect(card).toBeFocused()
    const switches = card.getByRole('switch')
    expect(await switches.evaluateAll((each) => each.map((one) => (one as HTMLInputElement).checked))).toEqual([true, true, false])
    await inBothModes(page, 'consent')
    expect(studio.app.windows()).toHaveLength(2)
    // Escape goes back to where it began.
    await card.press('Escape')
    await expect(page.getByRole('button', { name: 'Connect a heart belt' })).toBeFocused()
  })

  test('says so in words, and how to mend it', async () => {
    await page.getByRole('button', { name: 'Connect a Muse' }).press('Enter')
    await page.getByRole('button', { name: 'Agree and look for it' }).press('Enter')
    const card = page.getByRole('dialog', { name: 'No Bluetooth here' })
    await expect(card).toContainText('no Bluetooth adapter, or it is switched off')
    await expect(page.getByRole('status')).toHaveText('No Bluetooth here')
    expect(studio.app.windows()).toHaveLength(3)
    await inBothModes(page, 'no-bluetooth')
    await card.getByRole('button', { name: 'Look again' }).press('Enter')
    await expect(card).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByRole('button', { name: 'Connect a Muse' })).toBeFocused()
  })

  test('only the page of sensors has Web Bluetooth, and no device without a look', async () => {
    const sensors = await windowOf(studio.app, 'sensors')
    const engine = await windowOf(studio.app, 'engine')
    expect(await Promise.all([page, engine, sensors].map((each) => each.evaluate(() => 'bluetooth' in navigator)))).toEqual([false, false, true])
    // By itself, without a press, it may not even ask.
    expect(await sensors.evaluate(() => (Reflect.get(navigator, 'bluetooth') as { requestDevice: (wish: object) => Promise<unknown> }).requestDevice({ filters: [{ services: [0x180d] }] }).then(() => 'given', (error: Error) => error.name))).toMatch(/SecurityError|NotFoundError/)
    const answers = await studio.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const given: string[] = []
        let prevented = false
        contents.emit('select-bluetooth-device', { preventDefault: () => (prevented = true) }, [{ deviceId: 'x', deviceName: 'x' }], (id: string) => given.push(id))
        return { given, prevented }
      }),
    )
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ given: [''], prevented: true })))
    // The pages' own policy holds where Chromium's switch does not: a window that has Web Bluetooth and shows another page.
    const other = await studio.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { enableBlinkFeatures: 'WebBluetooth' } })
      await window.loadURL('app://dreamscore/engine/index.html')
      const outcome: string = await window.webContents.executeJavaScript("navigator.bluetooth.requestDevice({ filters: [{ services: ['heart_rate'] }] }).then(() => 'given', (error) => error.name)", true)
      window.destroy()
      return outcome
    })
    expect(other).toBe('SecurityError')
  })
})

test.describe.serial('a belt and a headband', () => {
  let studio: Studio
  let page: Page
  let sensors: Page
  const sent = (): Promise<FakeRadio['sent']> => sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).sent)
  const framesOf = async (device: string): Promise<ReturnType<typeof parsePodFrame>[]> => (await sent()).filter((message) => message.device === device && message.frame !== undefined).map(({ frame }) => parsePodFrame(frame))
  const rows = (): ReturnType<Page['getByRole']> => page.getByRole('list', { name: 'Connected sensors' }).getByRole('listitem')

  test.beforeAll(async () => {
    studio = await launchStudio()
    await fakeBluetooth(studio.app)
    page = await readyStudio(studio.app)
    await goTo(page, 'Gathering')
  })
  test.afterAll(() => studio.close())

  test('are chosen by name with the keyboard, by a person’s press', async () => {
    await page.getByRole('button', { name: 'Connect a heart belt' }).press('Enter')
    await page.getByRole('button', { name: 'Agree and look for it' }).press('Enter')
    await expect(page.getByRole('dialog', { name: 'Looking for heart belts …' })).toBeVisible()
    sensors = await windowOf(studio.app, 'sensors')
    await expect.poll(() => sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).pressed)).toEqual([true])
    await heardNearby(studio.app, [{ deviceId: 'belt', deviceName: 'Polar H7 1324' }])
    await heardNearby(studio.app, [{ deviceId: 'other', deviceName: '\u202E\n' }, { deviceId: 'belt', deviceName: 'Polar H7 1324' }])
    const list = page.getByRole('listbox', { name: 'Sensors near by' })
    await expect(list.getByRole('option')).toHaveText(['A device without a name', 'Polar H7 1324'])
    await inBothModes(page, 'chooser')
    await list.focus()
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('option', { name: 'Polar H7 1324' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(rows()).toHaveCount(1)
    await expect(rows().first()).toContainText('Heart belt 1')
    await expect(rows().first()).toContainText('Lies on the skin')
    await expect(rows().first()).toContainText('Battery 85%')
    // The name was for the choice alone.
    expect(await page.locator('body').innerText()).not.toContain('Polar')
  })

  test('become pod frames on the line to the Nexus', async () => {
    await page.getByRole('button', { name: 'Connect a Muse' }).click()
    await page.getByRole('button', { name: 'Agree and look for it' }).click()
    await expect(page.getByRole('dialog', { name: 'Looking for Muse headbands …' })).toBeVisible()
    await expect.poll(() => sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).pressed.length)).toBe(2)
    await heardNearby(studio.app, [{ deviceId: 'band', deviceName: 'Muse-1324' }])
    await page.getByRole('option', { name: 'Muse-1324' }).click()
    await expect(rows()).toHaveCount(2)
    expect((await sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).commands)).slice(0, 4)).toEqual(['h', 'p21', 's', 'd'])
    await expect(rows().nth(1)).toContainText('All electrodes touch', { timeout: 60_000 })
    await expect(rows().nth(1)).toContainText('Battery 91%')
    const [belt, band] = [...new Set((await sent()).map(({ device }) => device ?? ''))]
    await expect.poll(async () => (await framesOf(band ?? '')).at(-1)?.bands?.[0] ?? 0, { timeout: 30_000 }).toBeGreaterThan(0.8)
    const heart = (await framesOf(belt ?? '')).at(-1)
    expect(heart?.hrBpm).toBeGreaterThan(58)
    expect(heart?.hrBpm).toBeLessThan(61)
    expect((await framesOf(band ?? '')).at(-1)).toMatchObject({ motion: 0, consent: { live: true, record: true, publish: false, soloVoice: false } })
    await inBothModes(page, 'connected')
  })

  test('are heard in a room of one’s own', async () => {
    await listen(page, 'room.changed')
    await ask(page, 'gathering.use', { kind: 'room', room: { whose: 'mine', broker: null, page: null } })
    const live = async (): Promise<number> => (await heard<{ counts: { live: number } }>(page, 'room.changed')).at(-1)?.counts.live ?? 0
    await expect.poll(live).toBe(2)
    await expect(page.getByText('Your sensors are connected and not heard yet')).toBeHidden()
    const wish = rows().first().getByRole('switch', { name: 'Heard in the music' })
    await wish.press('Space')
    await expect.poll(live, { timeout: 3_000 }).toBe(1)
    await wish.press('Space')
    await expect.poll(live).toBe(2)
    // The focus lies on a switch far down: the place scrolls to it, and the page itself stays.
    expect(await page.evaluate(() => [document.querySelector('.shell')?.getBoundingClientRect().top, document.scrollingElement?.scrollTop])).toEqual([0, 0])
    await inBothModes(page, 'in-a-room')
  })

  test('stay connected while the studio loads anew', async () => {
    const before = (await sent()).length
    await page.reload()
    await readyStudio(studio.app)
    await goTo(page, 'Gathering')
    await expect(rows()).toHaveCount(2)
    await expect.poll(async () => (await sent()).length).toBeGreaterThan(before)
  })

  test('that go away are tried again, and said to be', async () => {
    await sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).drop())
    await expect(rows().first()).toContainText(/Went away; tr/)
    await expect(rows().first()).toContainText('Went away once')
    await inBothModes(page, 'away')
    await sensors.evaluate(() => (Reflect.get(window, 'radio') as FakeRadio).back())
    await expect(rows().first()).toContainText('Lies on the skin', { timeout: 60_000 })
  })

  test('are heard as far as their wearers agree, and let go', async () => {
    const belt = (await sent())[0]?.device ?? ''
    await rows().first().getByRole('switch', { name: 'Heard in the music' }).press('Space')
    await expect(rows().first()).toContainText('not heard by its wearer’s wish')
    await expect.poll(async () => (await sent()).filter(({ device }) => device === belt).at(-1)).toEqual({ device: belt, gone: true })
    await page.getByRole('button', { name: /^Let go of Heart belt 1/ }).click()
    await page.getByRole('button', { name: /^Let go of Muse 1/ }).click()
    await expect(rows()).toHaveCount(0)
    expect((await sent()).filter(({ gone }) => gone === true).length).toBeGreaterThanOrEqual(3)
  })

  test('are told to be gone where their page falls', async () => {
    await crash(studio.app, 'sensors')
    await expect(page.locator('.notice', { hasText: 'Connect your sensors once more' })).toBeVisible()
  })
})
