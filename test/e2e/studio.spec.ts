import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchStudio, type Studio } from '../support/electron.ts'
import { PLACES, goTo, readyStudio, stubOpenDialog } from '../support/studio-page.ts'

test.describe.configure({ mode: 'serial' })

let studio: Studio
let page: Page
const complaints: string[] = []

test.beforeAll(async () => {
  studio = await launchStudio()
  page = await readyStudio(studio.app)
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.reload()
  await readyStudio(studio.app)
})

test.afterAll(async () => {
  await studio.close()
})

const rail = (place: string) => page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place })
const fact = (name: string) => page.getByRole('region', { name: 'Transport' }).locator('.fact', { hasText: name }).locator('dd')

test('opens on Perform, with the night clock and a gathering ready', async () => {
  await expect(page.getByRole('heading', { level: 1, name: 'Perform' })).toBeAttached()
  await expect(page.getByRole('img', { name: /^Night clock/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Panic' })).toBeDisabled()
  await expect(page.getByRole('list').filter({ has: page.getByRole('button', { name: /Twilight/ }) }).first()).toBeVisible()
})

test('every place is reached by key and by Tab and Enter', async () => {
  for (const place of PLACES) {
    await goTo(page, place)
    await expect(rail(place)).toHaveAttribute('aria-current', 'page')
  }
  await rail('Perform').focus()
  await page.keyboard.press('Tab')
  await expect(rail('Compose')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Compose' })).toBeAttached()
})

test('one press of Play, and the meters move within seconds', async () => {
  await goTo(page, 'Perform')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Playing' })).toBeVisible()
  await expect(page.locator('.meter[aria-label*="Ground"]')).toHaveAttribute('aria-label', /−\d/)
  await expect(fact('Bar')).not.toHaveText('–')
  await expect(page.getByRole('img', { name: /The sleepers are/ })).toBeVisible()
})

test('a hand moves a level by arrow keys, types it, and gives it back', async () => {
  const slider = page.getByRole('slider', { name: 'Level of Ground' })
  await page.keyboard.press('l')
  await page.keyboard.press('1')
  await expect(slider).toBeFocused()
  const before = Number(await slider.inputValue())
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(before - 0.02, 5)
  const typed = page.getByRole('textbox', { name: 'Level of Ground, typed' })
  await typed.fill('40')
  await typed.press('Enter')
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(0.4, 5)
  await page.getByRole('button', { name: 'Level of Ground: learn, reset' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Reset' }).click()
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(before, 5)
})

test('mute, macros and who leads answer to single keys', async () => {
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('x')
  await page.keyboard.press('2')
  await expect(page.getByRole('button', { name: 'Mute Breath' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('x')
  await page.keyboard.press('2')
  await expect(page.getByRole('button', { name: 'Mute Breath' })).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('e')
  await expect(page.getByRole('radio', { name: 'Lead' })).toBeChecked()
  await page.keyboard.press('w')
  await expect(page.getByRole('radio', { name: 'Follow' })).toBeChecked()
  await page.keyboard.press('m')
  await page.keyboard.press('1')
  const knob = page.locator('#macro-1')
  await expect(knob).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(knob).toHaveValue('0.51')
})

test('a scene taken by hand comes at a bar, and is announced', async () => {
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('3')
  await expect(fact('Scene')).toHaveText('Deep', { timeout: 30_000 })
  await expect(page.getByRole('status')).toHaveText('Scene Deep')
  await expect(page.locator('.pad-current')).toContainText('Deep')
})

test('an edit is made in Compose, undone and redone', async () => {
  await goTo(page, 'Compose')
  await page.getByRole('slider', { name: 'Place in the night, Deep' }).focus()
  const tension = page.getByRole('textbox', { name: 'Tension, Deep, typed' })
  const before = await tension.inputValue()
  await tension.fill('77')
  await tension.press('Enter')
  await expect(tension).toHaveValue('77%')
  const undo = page.getByRole('button', { name: 'Undo: Change tension of Deep' })
  await expect(undo).toBeEnabled()
  await undo.click()
  await expect(tension).toHaveValue(before)
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('Control+Shift+Z')
  await expect(tension).toHaveValue('77%')
  await page.keyboard.press('Control+z')
  await expect(tension).toHaveValue(before)
})

test('layers, the mapping matrix and rules can be edited', async () => {
  await page.getByRole('tab', { name: /Layers/ }).click()
  await page.getByRole('button', { name: 'Duplicate' }).click()
  await expect(page.getByRole('button', { name: /^Ground copy/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Ground copy/ })).toHaveCount(0)
  await page.getByRole('tab', { name: /Mappings/ }).click()
  await page.getByRole('button', { name: /^Dream does not move variety/ }).click()
  await expect(page.getByRole('region', { name: 'Dream → Ground, Variety' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove mapping' }).click()
  await expect(page.getByRole('region', { name: 'Dream → Ground, Variety' })).toHaveCount(0)
  await page.getByRole('tab', { name: /Rules/ }).click()
  const threshold = page.getByRole('textbox', { name: 'Threshold' }).first()
  await threshold.fill('51')
  await threshold.press('Enter')
  await expect(page.locator('.rule-said').first()).toContainText('51%')
})

test('why this: an event tells what made it', async () => {
  const events = page.getByRole('listbox', { name: 'Why this?' })
  await events.getByRole('option').first().click()
  await expect(page.locator('.cause-rule')).toContainText('Made by')
})

test('a preset opens as a new score', async () => {
  await goTo(page, 'Library')
  await expect(page.getByRole('button', { name: /^Undo: / })).toBeEnabled()
  await page.getByRole('button', { name: 'Open as a new score' }).first().click()
  await expect(page.locator('.notice', { hasText: 'is open' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled()
})

test('exports to a folder that the system dialog gave', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dreamscore-export-'))
  await stubOpenDialog(studio.app, [folder])
  await goTo(page, 'Export')
  await page.getByRole('radio', { name: /MIDI and events only/ }).check({ force: true })
  await page.getByRole('radio', { name: /Composed afresh/ }).check({ force: true })
  await expect(page.getByRole('button', { name: 'Export', exact: true }).last()).toBeDisabled()
  await page.getByRole('button', { name: 'Choose a folder …' }).click()
  await expect(page.locator('.folder-name')).not.toBeEmpty()
  const to = page.getByRole('textbox', { name: 'To', exact: true })
  await to.fill('nonsense')
  await expect(page.getByText('Write a time such as 00:10:00')).toBeVisible()
  await to.fill('00:02:00')
  await page.locator('.export-form').getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.locator('.export-done')).toContainText('score.mid', { timeout: 60_000 })
  expect(existsSync(join(folder, 'score.mid')) || readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('score.mid'))).toBe(true)
  rmSync(folder, { recursive: true, force: true })
})

test('dim mode stays when the window is loaded anew', async () => {
  await page.getByRole('button', { name: 'Dim mode' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-dim', 'true')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-dim', 'true')
  await page.getByRole('button', { name: 'Dim mode' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-dim', 'false')
})

test('nothing was refused by the page’s policy and nothing broke', () => {
  expect(complaints).toEqual([])
})
