/** A room opened from the studio: pods come in by the embedded broker, and the host sees how they fare. */
import { createServer, type AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import mqtt, { type MqttClient } from 'mqtt'
import { axeFindings } from '../support/axe.ts'
import { launchStudio } from '../support/electron.ts'
import { goTo, readyStudio } from '../support/studio-page.ts'
import { podFrame, sharp } from '../support/pods.ts'

const openRoom = async (page: Page, ports: readonly [page: number, broker: number] = [0, 0]): Promise<void> => {
  await goTo(page, 'Gathering')
  await page.locator('.option', { hasText: 'A room' }).click()
  for (const [at, door] of ['A page that makes a phone a pod', 'A broker for sensors (MQTT)'].entries()) {
    const port = page.getByRole('textbox', { name: `Port of: ${door}` })
    await port.fill(String(ports[at]))
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

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

test('a Nexus that falls opens the same room to the same links, and the pods come back by themselves', async () => {
  const studio = await launchStudio()
  const pods: MqttClient[] = []
  let seq = 0
  let beat: NodeJS.Timeout | null = null
  try {
    const page = await readyStudio(studio.app)
    await openRoom(page, [await freePort(), await freePort()])
    const { token, port } = await doorsOf(page)
    for (let pod = 0; pod < 5; pod += 1) pods.push(await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, username: 'pod', password: token, reconnectPeriod: 500 }))
    beat = setInterval(() => {
      seq += 1
      pods.forEach((client, pod) => client.publish(`nexus/v1/gathering/pod/${sid(pod)}/frame`, JSON.stringify(podFrame({ sid: sid(pod), seq, tMono: seq * 1_000 }))))
    }, 1_000)
    await expect(page.locator('.room-counts')).toContainText('5 pods heard')
    await studio.app.evaluate(({ app }) => {
      const nexus = app.getAppMetrics().find(({ name }) => name === 'Dreamscore Nexus')
      if (nexus === undefined) throw new Error('there is no Nexus to end')
      process.kill(nexus.pid, 'SIGKILL')
    })
    await expect(page.locator('.notice', { hasText: 'The Nexus stopped and was started again.' })).toBeVisible()
    await expect(page.locator('.room-counts')).toContainText('0 pods heard')
    await expect(page.locator('.room-counts')).toContainText('5 pods heard')
    expect((await doorsOf(page)).token).toBe(token)
  } finally {
    if (beat !== null) clearInterval(beat)
    await Promise.all(pods.map((pod) => pod.endAsync(true)))
    await studio.close()
  }
})
