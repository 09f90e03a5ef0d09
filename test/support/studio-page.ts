/** Hands and eyes of a person at the studio's own window. */
import { expect, type ElectronApplication, type Page } from '@playwright/test'
import { windowOf } from './app-pages.ts'

export const PLACES = ['Perform', 'Compose', 'Gathering', 'Library', 'Export'] as const

/** The studio's page, once the engine has told it of itself. */
export async function readyStudio(app: ElectronApplication): Promise<Page> {
  const page = await windowOf(app, 'studio')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled()
  return page
}

/** Goes to a place as the keyboard does. */
export async function goTo(page: Page, place: (typeof PLACES)[number]): Promise<void> {
  await page.keyboard.press(`Control+${PLACES.indexOf(place) + 1}`)
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeAttached()
}
