import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
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

/** What axe finds, short enough to read in a failure. */
const findings = async (): Promise<string[]> => {
  // Legacy mode: Electron opens no further page for axe to work in.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.replace(/\s+/g, ' ').slice(0, 200) ?? ''}`))
}

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

    for (const part of ['Layers', 'Mappings', 'Rules'] as const) {
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

test('targets in Perform are at least 44 pixels high or stand in their own space', async () => {
  await goTo(page, 'Perform')
  const small = await page.locator('.pad-button, .transport .push, .segment, .mute, .strip .number-box, .strip .choice-button, .knob').evaluateAll((elements) => elements.filter((element) => element.getBoundingClientRect().height < 43.5).map((element) => element.className))
  expect(small).toEqual([])
})

test('with less motion wished for, the centre stands still', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await goTo(page, 'Perform')
  const ring = page.locator('.night-clock .centre-core')
  await page.waitForTimeout(700)
  const radius = await ring.getAttribute('r')
  await page.waitForTimeout(1200)
  const later = await ring.getAttribute('r')
  // Depth may have moved by a hair meanwhile; breath moves the core by 2 either way.
  expect(Math.abs(Number(radius) - Number(later))).toBeLessThan(0.6)
  await page.emulateMedia({ reducedMotion: null })
})
