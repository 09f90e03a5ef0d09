/** A room opened from the studio: pods come in by the embedded broker, and the host sees how they fare. */
import { expect, test, type Page } from '@playwright/test'
import mqtt, { type MqttClient } from 'mqtt'
import { axeFindings } from '../support/axe.ts'
import { launchStudio } from '../support/electron.ts'
import { goTo, readyStudio } from '../support/studio-page.ts'
import { podFrame, sharp } from '../support/pods.ts'

const openRoom = async (page: Page): Promise<void> => {
  await goTo(page, 'Gathering')
  await page.locator('.option', { hasText: 'A room' }).click()
  for (const door of ['A page that makes a phone a pod', 'A broker for sensors (MQTT)']) {
    const port = page.getByRole('textbox', { name: `Port of: ${door}` })
    await port.fill('0')
    await port.press('Tab')
  }
  await page.getByRole('textbox', { name: 'Circles' }).fill('garden, tower')
  await page.getByRole('textbox', { name: 'Circles' }).press('Tab')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'The room' })).toBeVisible()
}

const doorsOf = async (page: Page): Promise<{ token: string; port: number }> => {
  const link = await page.locator('.join-link').first().innerText()
  const words = await page.locator('.ways li', { hasText: 'broker' }).innerText()
  return { token: decodeURIComponent(link.split('#')[1] ?? ''), port: Number(/port (\d+)/.exec(words)?.[1]) }
}

const sid = (pod: number): string => (pod + 1).toString(16).padStart(16, '0')

test('pods come into a room, are heard from five on, and leave', async () => {
  const studio = await launchStudio()
  const pods: MqttClient[] = []
  let seq = 0
  let speaking = 6
  let beat: NodeJS.Timeout | null = null
  try {
    const page = await readyStudio(studio.app)
    await openRoom(page)
    const { token, port } = await doorsOf(page)
    for (let pod = 0; pod < 6; pod += 1) pods.push(await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, username: 'pod', password: token }))
    const tell = (): void => {
      seq += 1
      pods.slice(0, speaking).forEach((client, pod) => client.publish(`nexus/v1/gathering/pod/${sid(pod)}/frame`, JSON.stringify(podFrame({ sid: sid(pod), seq, tMono: seq * 1_000, pStage: sharp('N3') }))))
    }
    beat = setInterval(tell, 1_000)
    await expect(page.locator('.room-counts')).toContainText('6 pods heard')
    await expect(page.locator('.pod')).toHaveCount(6)
    for (const mode of ['normal', 'dim'] as const) {
      expect(await axeFindings(page, { legacy: true }), mode).toEqual([])
      await page.getByRole('button', { name: 'Dim mode' }).click()
    }
    // The music hears them too: the engine's own picture of the collective.
    await expect(page.locator('.collective-head')).toContainText('6')
    // Nothing by which a sleeper could be told is on the host's screen.
    expect(await page.locator('.room-host').innerText()).not.toContain(sid(0))

    speaking = 5
    pods[5]?.publish(`nexus/v1/gathering/pod/${sid(5)}/bye`, '{}')
    await expect(page.locator('.room-counts')).toContainText('5 pods heard')
    await expect(page.locator('.pod')).toHaveCount(5)
    await page.getByRole('button', { name: /^Take out pod/ }).first().click()
    await expect(page.locator('.room-counts')).toContainText('4 pods heard')
    await expect(page.locator('.collective-head')).toContainText('Too few pods')
  } finally {
    if (beat !== null) clearInterval(beat)
    await Promise.all(pods.map((pod) => pod.endAsync(true)))
    await studio.close()
  }
})
