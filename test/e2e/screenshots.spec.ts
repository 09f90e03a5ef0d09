/** Takes the pictures of the README from the real app: `DREAMSCORE_SCREENSHOTS=1 npx playwright test screenshots`. */
import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseInDialogs } from '../support/app-pages.ts'
import { launchStudio } from '../support/electron.ts'
import { goTo, readyStudio } from '../support/studio-page.ts'

const WANTED = process.env.DREAMSCORE_SCREENSHOTS !== undefined

/** A night that has run for some hours, fast. */
const beginNight = async (page: Page): Promise<void> => {
  await goTo(page, 'Gathering')
  const fill = async (name: string, value: string): Promise<void> => {
    const field = page.getByRole('textbox', { name, exact: true })
    await field.fill(value)
    await field.press('Tab')
  }
  await fill('Begin at', '00:00:00')
  await fill('Speed', '240')
  await page.getByRole('button', { name: 'Begin this night anew' }).click()
  await expect(page.locator('.notice', { hasText: 'A new night is ready' })).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
}

const nightHours = async (page: Page): Promise<number> => {
  const words = (await page.locator('.fact', { hasText: 'Night' }).locator('dd').innerText()).split(':').map(Number)
  return words.length === 3 ? (words[0] ?? 0) : 0
}

test('the pictures of the README', async () => {
  test.skip(!WANTED, 'set DREAMSCORE_SCREENSHOTS=1 to take the pictures anew')
  test.setTimeout(240_000)
  const studio = await launchStudio()
  const folder = mkdtempSync(join(tmpdir(), 'First night '))
  const page = await readyStudio(studio.app)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.reload()
  await readyStudio(studio.app)
  await beginNight(page)
  await goTo(page, 'Perform')
  // At this speed the scenes' own dwell outlasts the night: a hand leads through them.
  for (const scene of [2, 3, 4, 5]) {
    await page.getByRole('heading', { level: 1 }).focus()
    await expect.poll(() => nightHours(page), { timeout: 60_000, intervals: [500] }).toBeGreaterThanOrEqual(scene - 1)
    await page.keyboard.press(String(scene))
  }
  await expect.poll(() => nightHours(page), { timeout: 60_000, intervals: [500] }).toBeGreaterThanOrEqual(5)
  await page.getByRole('heading', { level: 1 }).focus()
  await page.screenshot({ path: 'docs/images/perform.png' })
  await page.getByRole('button', { name: 'Dim mode' }).click()
  await page.mouse.move(700, 4)
  await page.screenshot({ path: 'docs/images/perform-dim.png' })
  await page.getByRole('button', { name: 'Dim mode' }).click()

  await goTo(page, 'Compose')
  await page.getByRole('tab', { name: /^Mappings/ }).click()
  await page.locator('.cell-full').nth(1).click()
  await page.getByRole('listbox', { name: 'Why this?' }).getByRole('option').nth(2).click()
  await page.mouse.move(700, 4)
  await page.screenshot({ path: 'docs/images/compose.png' })

  await chooseInDialogs(studio.app, [folder])
  await goTo(page, 'Export')
  await page.getByRole('button', { name: 'Choose a folder …' }).click()
  await page.locator('.export-form').getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.locator('.under-way-figure')).not.toHaveText('0%', { timeout: 60_000 })
  await expect(page.locator('.under-way')).toContainText(/about .* left/, { timeout: 60_000 })
  await page.mouse.move(700, 4)
  await page.screenshot({ path: 'docs/images/export.png' })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('.export-progress')).toContainText('Cancelled')
  await studio.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the picture of a room', async () => {
  test.skip(!WANTED, 'set DREAMSCORE_SCREENSHOTS=1 to take the pictures anew')
  const studio = await launchStudio()
  try {
    const page = await readyStudio(studio.app)
    await page.setViewportSize({ width: 1440, height: 900 })
    await goTo(page, 'Gathering')
    await page.locator('.option', { hasText: 'A room' }).click()
    const fill = async (name: string, value: string): Promise<void> => {
      const field = page.getByRole('textbox', { name, exact: true })
      await field.fill(value)
      await field.press('Tab')
    }
    await fill('Name of the gathering', 'attic')
    await fill('Circles', 'garden, tower')
    await fill('Simulated beside them', '24')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.locator('.pod').nth(14)).toBeVisible({ timeout: 60_000 })
    await page.getByRole('heading', { level: 1 }).focus()
    await page.locator('.room-host').evaluate((room) => room.scrollIntoView({ block: 'start' }))
    await page.screenshot({ path: 'docs/images/room.png' })
  } finally {
    await studio.close()
  }
})
