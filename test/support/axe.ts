import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds in a page against WCAG 2.2 AA, short enough to read in a failure. @param legacy Electron opens no further page for axe to work in */
export const axeFindings = async (page: Page, { legacy }: { readonly legacy: boolean }): Promise<string[]> => {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(legacy).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.replace(/\s+/g, ' ').slice(0, 200) ?? ''}`))
}
