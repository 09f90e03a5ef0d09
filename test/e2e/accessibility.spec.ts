import { expect, test, type Page } from '@playwright/test'
import { axeFindings } from '../support/axe.ts'
import { launchStudio, type Studio } from '../support/electron.ts'
import { PLACES, goTo, readyStudio } from '../support/studio-page.ts'

let studio: Studio
let page: Page

test.beforeAll(async () => {
  studio = await launchStudio()
  page = await readyStudio(studio.app)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('img', { name: /The sleepers are/ })).toBeVisible()
})

test.afterAll(async () => {
  await studio.close()
})

const findings = (): Promise<string[]> => axeFindings(page, { legacy: true })

for (const mode of ['normal', 'dim'] as const) {
  test.describe(`${mode} mode`, () => {
    test.beforeAll(async () => {
      const pressed = (await page.getByRole('button', { name: 'Dim mode' }).getAttribute('aria-pressed')) === 'true'
      if (pressed !== (mode === 'dim')) await page.getByRole('button', { name: 'Dim mode' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-dim', String(mode === 'dim'))
    })

    for (const place of PLACES) {
      test(`axe finds nothing in ${place}`, async () => {
        await goTo(page, place)
        expect(await findings()).toEqual([])
      })
    }

    for (const part of ['Layers', 'Mappings', 'Rules', 'Score'] as const) {
      test(`axe finds nothing in Compose, ${part}`, async () => {
        await goTo(page, 'Compose')
        await page.getByRole('tab', { name: new RegExp(`^${part}`) }).click()
        if (part === 'Mappings') await page.locator('.cell-full').first().click()
        expect(await findings()).toEqual([])
      })
    }

    test('axe finds nothing in a control’s menu and in the list of keys', async () => {
      await goTo(page, 'Perform')
      await page.getByRole('button', { name: 'Level of Ground: learn, reset' }).press('Enter')
      await expect(page.getByRole('menu')).toBeVisible()
      expect(await findings()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Keys' }).click()
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
      expect(await findings()).toEqual([])
      await page.keyboard.press('Escape')
    })
  })
}

test('Perform shows all that a hand needs on a small laptop, without scrolling and in targets that a finger hits', async () => {
  await goTo(page, 'Perform')
  for (const [width, height] of [[1024, 640], [1280, 720], [1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    await expect.poll(() => page.locator('.place').evaluate((place) => [place.scrollHeight - place.clientHeight, place.scrollWidth - place.clientWidth])).toEqual([0, 0])
    const seen = await page.locator('.pad-button, .macro, .segment, .strip .slider, .mute, .health-line, .legend li, .transport .push, .perform-clock .night-clock').evaluateAll((elements) =>
      elements.map((element) => element.getBoundingClientRect()).map(({ left, top, right, bottom, height: tall }) => tall > 10 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight))
    expect(seen.length).toBeGreaterThan(40)
    expect(seen).not.toContain(false)
    const lower = (selector: string, least: number): Promise<string[]> =>
      page.locator(selector).evaluateAll((elements, limit) => elements.filter((element) => element.getBoundingClientRect().height < limit - 0.5 && element.checkVisibility()).map((element) => element.className), least)
    expect(await lower('.pad-button, .transport .push, .segment, .mute, .knob', 44)).toEqual([])
    expect(await lower('.strip .number-box, .strip .choice-button, .strip .slider-track, .strip .control-name, .macro .control-name, .pad .control-name', 32 - (height > 800 ? 2 : 0))).toEqual([])
  }
})

/** How far the core of the clock's centre swings over a breath, in its own units: breath moves it by 2 either way, depth by a hair. */
const swingOverABreath = (): Promise<number> =>
  page.evaluate(async () => {
    const radii: number[] = []
    for (let sample = 0; sample < 25; sample += 1) {
      radii.push(Number(document.querySelector('.night-clock .centre-core')?.getAttribute('r')))
      await new Promise((done) => setTimeout(done, 200))
    }
    return Math.max(...radii) - Math.min(...radii)
  })

test('with less motion wished for, the centre stands still', async () => {
  await goTo(page, 'Perform')
  expect(await swingOverABreath()).toBeGreaterThan(2.5)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.waitForTimeout(700)
  expect(await swingOverABreath()).toBeLessThan(1.5)
  await page.emulateMedia({ reducedMotion: null })
})
