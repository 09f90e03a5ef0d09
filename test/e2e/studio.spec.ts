import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, chooseInDialogs } from '../support/app-pages.ts'
import { launchStudio, type Studio } from '../support/electron.ts'
import { PLACES, goTo, readyStudio } from '../support/studio-page.ts'

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

test('score settings and the targets of a macro are edited, and undone', async () => {
  await goTo(page, 'Compose')
  await page.getByRole('tab', { name: 'Score' }).click()
  const pitch = page.getByRole('textbox', { name: 'A4' })
  const before = await pitch.inputValue()
  await pitch.fill('444')
  await pitch.press('Enter')
  await page.getByRole('button', { name: 'Add a target to Light' }).click()
  const macro = page.locator('.macro-editor').first()
  const last = macro.locator('.target').last()
  await expect(page.getByRole('button', { name: 'Undo: Add a target to Light' })).toBeVisible()
  const count = await macro.locator('.target').count()
  const amount = last.getByRole('textbox')
  await amount.fill('-35')
  await amount.press('Enter')
  await last.getByRole('button', { name: /Parameter of target/ }).click()
  await page.getByRole('option', { name: 'Density' }).click()
  await expect(last.locator('.choice-value').nth(1)).toHaveText('Density')
  await expect(amount).toHaveValue(/35%$/)
  await last.getByRole('button', { name: /^Remove target/ }).click()
  await expect(macro.locator('.target')).toHaveCount(count - 1)
  for (const label of ['Remove a target of Light', 'Change macro light', 'Change macro light', 'Add a target to Light', 'Change the tuning']) {
    await page.getByRole('button', { name: `Undo: ${label}` }).click()
  }
  await expect(pitch).toHaveValue(before)
})

test('mute, gentle stop and panic learn from a controller, and forget it', async () => {
  const bound = (kind: string, number: number) => ({ id: `pad-${number}`, port: 'Pads', maker: 'Acme', message: 'note', channel: 10, number, target: kind === 'mute' ? { kind, layer: 'drone' } : { kind } })
  const { score } = (await ask(page, 'document.read')) as { score: { layers: { id: string; name: string }[] } }
  expect(score.layers[0]).toMatchObject({ id: 'drone', name: 'Ground' })
  await ask(page, 'document.edit', { label: 'Bind', changes: [bound('mute', 36), bound('fade', 37), bound('panic', 38)].map((value, at) => ({ op: 'insert', path: ['bindings', at], value })) })
  await goTo(page, 'Perform')
  await page.getByRole('button', { name: 'Level of Ground: learn, reset' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Learn mute from MIDI' }).click()
  await expect(page.locator('.notice', { hasText: 'Turn a knob or press a pad' })).toBeVisible()
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('Escape')
  await expect(page.locator('.notice', { hasText: 'Turn a knob or press a pad' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Level of Ground: learn, reset' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Forget mute: Pads, note 36, channel 10' }).click()
  for (const stop of ['gentle stop: Pads, note 37', 'panic: Pads, note 38']) {
    await page.getByRole('button', { name: 'Stops: learn, reset' }).press('Enter')
    await expect(page.getByRole('menuitem', { name: /^Learn .* from MIDI$/ })).toHaveCount(2)
    await page.getByRole('menuitem', { name: `Forget ${stop}, channel 10` }).click()
  }
  const { score: after } = (await ask(page, 'document.read')) as { score: { bindings: unknown[] } }
  expect(after.bindings).toEqual([])
})

test('each preset of the library shows its story and credits, opens as a new score, and plays', async () => {
  await goTo(page, 'Library')
  await expect(page.getByRole('button', { name: /^Undo: / })).toBeEnabled()
  const shelf = page.locator('.preset')
  await expect(shelf.locator('h3')).toContainText(['First Light', 'Open Window', 'Still Water'])
  for (const title of ['Still Water', 'Open Window', 'First Light']) {
    await goTo(page, 'Library')
    const preset = shelf.filter({ has: page.getByRole('heading', { name: title }) })
    await expect(preset.locator('.preset-story')).toHaveText(/\w{3}.{60}/)
    await expect(preset.locator('dd').first()).toContainText('Dreamscore')
    await preset.getByRole('button', { name: 'Open as a new score' }).click()
    await expect(page.locator('.notice', { hasText: `${title} is open` })).toBeVisible()
    await expect(preset.locator('.badge')).toHaveText('open now')
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled()
    await goTo(page, 'Perform')
    const { score } = (await ask(page, 'document.read')) as { score: { layers: { name: string }[]; scenes: { name: string }[] } }
    await expect(page.locator('.pad-name')).toHaveText(score.scenes.map(({ name }) => name))
    const play = page.getByRole('button', { name: /^Play( on)?$/ })
    if (await play.isEnabled()) await play.click()
    await expect(page.getByRole('button', { name: 'Playing' })).toBeVisible()
    await expect(page.locator('.meter[aria-label*="−"]:not([aria-label*="∞"])').first()).toBeAttached()
    expect(await page.locator('.strip').count()).toBe(score.layers.length)
  }
})

test('exports to a folder that the system dialog gave', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dreamscore-export-'))
  await chooseInDialogs(studio.app, [folder])
  await goTo(page, 'Export')
  await page.locator('.option', { hasText: 'MIDI and events only' }).click()
  await page.locator('.option', { hasText: 'Composed afresh' }).click()
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
