import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { eventsOf, learnedOf, pageOf, tapEngine, tell, viewOf, waitForView } from '../support/engine-tap.ts'
import { launchStudio, type Studio } from '../support/electron.ts'

/** A virtual MIDI system in place of the machine's, with one synth and one controller. It notes what the synth is sent, and how far ahead of its time. */
const midiSystem = (): string => {
  const library = readFileSync(createRequire(import.meta.url).resolve('web-midi-test'), 'utf8')
    .replace('})(this, function', '})(window, function')
    .replace('this.send = function(arr, t) {', '$& window.midi.sent.push({ time: t, ahead: t - performance.now(), bytes: [...arr] });')
  return `
    window.midi = { sent: [], received: [] };
    ${library}
    Object.assign(window.midi, { synth: new WMT.MidiDst('Test Synth', 'Acme', '1'), knobs: new WMT.MidiSrc('Test Knobs', 'Acme', '1') });
    window.midi.synth.receive = (bytes) => window.midi.received.push({ at: performance.now(), bytes: [...bytes] });
    window.midi.synth.connect();
    window.midi.knobs.connect();
    navigator.requestMIDIAccess = WMT.requestMIDIAccess;
  `
}

test.describe('the live engine', () => {
  let studio: Studio
  test.beforeEach(async () => {
    studio = await launchStudio()
  })
  test.afterEach(async () => {
    await studio.close()
  })

  test('sounds within two seconds of the click, and its clock and notes move', async () => {
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    expect((await viewOf(page)).transport).toBe('idle')
    const clicked = Date.now()
    await tell(page, { kind: 'play' })
    const sounding = await waitForView(page, (view) => view.sound.masterDb > -70)
    const took = Date.now() - clicked
    console.log(`first sound ${took} ms after play, master ${sounding.sound.masterDb.toFixed(1)} dB, sound ${sounding.sound.state}`)
    expect(took).toBeLessThan(2_000)
    const later = await waitForView(page, (view) => view.t > 6_000_000 && view.bar >= 1)
    expect(later.transport).toBe('playing')
    expect(later.layers.some((layer) => layer.sounding.length > 0)).toBe(true)
    expect(later.chord).not.toBe('')
    expect(later.signals.state).toBe('live')
    // On a machine that does other work as well a note may come late, but not many.
    expect(later.sound.late).toBeLessThan(3)
    expect(later.midi.state === 'none' || later.midi.state === 'running').toBe(true)
  })

  test('plays on while the studio is loaded anew, and loses no event', async () => {
    const engine = await pageOf(studio.app, 'engine')
    await engine.addInitScript(midiSystem())
    await engine.reload()
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    await waitForView(page, (view) => view.midi.state === 'running')
    await tell(page, { kind: 'clock', port: 'Test Synth' })
    await tell(page, { kind: 'play' })
    const before = await waitForView(page, (view) => view.t > 3_000_000)
    await page.reload()
    const after = await waitForView(page, (view) => view.t > 7_000_000)
    expect(after.transport).toBe('playing')
    expect(after.sound.late).toBeLessThan(3)
    const sent: { time: number; bytes: number[] }[] = await engine.evaluate(() => Reflect.get(window, 'midi').sent)
    const clocks = sent.filter(({ bytes }) => bytes[0] === 0xf8).map(({ time }) => time)
    const period = 60_000 / before.beatsPerMinute / 24
    expect(clocks.length).toBeGreaterThan(7_000 / period)
    // One clock missing would be a gap of two periods; the first second is left out, in which the clocks find each other.
    const gaps = clocks.slice(1).map((time, index) => time - (clocks[index] ?? 0)).slice(Math.ceil(1_000 / period))
    expect(Math.max(...gaps)).toBeLessThan(1.7 * period)
  })

  test('plays on while layers are edited, added and taken out', async () => {
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    await tell(page, { kind: 'play' })
    await waitForView(page, (view) => view.sound.masterDb > -70)
    const edit = (change: object): Promise<void> =>
      page.evaluate((text) => Reflect.get(window, 'dreamscore').request['document.edit']({ label: 'Edit', changes: [JSON.parse(text)] }), JSON.stringify(change))
    await edit({ op: 'set', path: ['layers', 0, 'instrument'], value: 'reed' })
    const layer = await page.evaluate(async () => (await Reflect.get(window, 'dreamscore').request['document.read'](undefined)).score.layers[0])
    await edit({ op: 'insert', path: ['layers', 1], value: { ...layer, id: 'another', name: 'Another', instrument: 'pad' } })
    const more = await waitForView(page, (view) => view.layers.length === 5 && view.layers.some(({ id, meterDb }) => id === 'another' && meterDb > -100), 30_000)
    expect(more.sound.state === 'running' || more.sound.state === 'silent').toBe(true)
    await edit({ op: 'remove', path: ['layers', 1] })
    const t = (await waitForView(page, (view) => view.layers.length === 4)).t
    const after = await waitForView(page, (view) => view.t > t + 2_000_000 && view.sound.masterDb > -70)
    expect(after.transport).toBe('playing')
    expect(after.sound.state === 'running' || after.sound.state === 'silent').toBe(true)
  })

  test('takes the music up at the same bar when its own process dies', async () => {
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    await tell(page, { kind: 'clock', port: 'Test Synth' })
    await tell(page, { kind: 'play' })
    const before = await waitForView(page, (view) => view.t > 5_000_000)
    expect(before.midi.clockTo).toBe('Test Synth')
    const engine = await pageOf(studio.app, 'engine')
    await studio.app.evaluate(({ webContents }) => webContents.getAllWebContents().find((contents) => contents.getURL().includes('/engine/'))?.forcefullyCrashRenderer())
    expect(engine.url()).toContain('/engine/')
    const after = await waitForView(page, (view) => view.t > 9_000_000 && view.sound.masterDb > -70, 30_000)
    expect(after.transport).toBe('playing')
    expect(after.bar).toBeGreaterThanOrEqual(before.bar)
    // At about one beat a second, five bars would be a gathering that began anew or ran away.
    expect(after.bar - before.bar).toBeLessThan(8)
    // The output that was chosen for the clock is the engine's again.
    expect(after.midi.clockTo).toBe('Test Synth')
  })

  test('a panic is silence at once, and resume plays on', async () => {
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    await tell(page, { kind: 'play' })
    await waitForView(page, (view) => view.sound.masterDb > -60)
    await tell(page, { kind: 'input', input: { kind: 'panic' } })
    const silent = await waitForView(page, (view) => view.sound.masterDb <= -119, 1_000)
    expect(silent.transport).toBe('stopped')
    // The journalled panic ends the notes at the next step of the control grid.
    await waitForView(page, (view) => view.layers.every((layer) => layer.sounding.length === 0), 1_000)
    await tell(page, { kind: 'input', input: { kind: 'resume' } })
    const again = await waitForView(page, (view) => view.transport === 'playing' && view.sound.masterDb > -70)
    expect(again.transport).toBe('playing')
  })
})

test('MIDI: notes ahead of time, clock, learning, ports that come and go, panic', async () => {
  const studio = await launchStudio()
  try {
    const engine = await pageOf(studio.app, 'engine')
    await engine.addInitScript(midiSystem())
    await engine.reload()
    const page = await pageOf(studio.app, 'studio')
    await tapEngine(page)
    await waitForView(page, (view) => view.midi.state === 'running' && view.midi.outputs.length === 1)
    await page.evaluate(async () => {
      const bridge = Reflect.get(window, 'dreamscore')
      const { score } = await bridge.request['document.read'](undefined)
      for (const index of score.layers.keys()) {
        await bridge.request['document.edit']({ label: 'Route', changes: [{ op: 'set', path: ['layers', index, 'route'], value: { port: 'Test Synth', maker: 'Acme', channel: index + 1 } }] })
      }
    })
    await waitForView(page, (view) => view.layers.every((layer) => layer.route === 'connected'))
    await tell(page, { kind: 'clock', port: 'Test Synth' })
    await tell(page, { kind: 'play' })
    await waitForView(page, (view) => view.t > 5_000_000)
    type Received = { at: number; bytes: number[] }[]
    const received = (): Promise<Received> => engine.evaluate(() => Reflect.get(window, 'midi').received)
    const first = await received()
    expect(first.some(({ bytes }) => bytes[0] === 0xfa)).toBe(true)
    expect(first.filter(({ bytes }) => bytes[0] === 0xf8).length).toBeGreaterThan(60)
    expect(first.some(({ bytes }) => ((bytes[0] ?? 0) & 0xf0) === 0x90)).toBe(true)
    const sent: { ahead: number; bytes: number[] }[] = await engine.evaluate(() => Reflect.get(window, 'midi').sent)
    const notes = sent.filter(({ bytes }) => ((bytes[0] ?? 0) & 0xf0) === 0x90).map(({ ahead }) => ahead)
    console.log(`${notes.length} note-ons sent ${Math.min(...notes).toFixed(0)} to ${Math.max(...notes).toFixed(0)} ms ahead of their time`)
    expect(notes.filter((ahead) => ahead > 0).length).toBeGreaterThanOrEqual(notes.length - 1)

    await tell(page, { kind: 'learn', target: { kind: 'macro', macro: (await viewOf(page)).macros[0]?.id ?? '' } })
    await waitForView(page, (view) => view.learning !== null)
    await engine.evaluate(() => Reflect.get(window, 'midi').knobs.emit([0xb0, 21, 64]))
    await expect.poll(async () => (await learnedOf(page)).length).toBe(1)
    expect(await learnedOf(page)).toMatchObject([{ port: 'Test Knobs', maker: 'Acme', message: 'controller', channel: 1, number: 21 }])
    // The studio puts the binding into the score; from then on the knob turns the macro.
    await expect.poll(() => page.evaluate(async () => (await Reflect.get(window, 'dreamscore').request['document.read'](undefined)).score.bindings.length)).toBe(1)
    await page.waitForTimeout(700)
    await engine.evaluate(() => [64, 80, 127].forEach((value) => Reflect.get(window, 'midi').knobs.emit([0xb0, 21, value])))
    await waitForView(page, (view) => (view.macros[0]?.value ?? 0) > 0.99)

    await engine.evaluate(() => Reflect.get(window, 'midi').synth.disconnect())
    await waitForView(page, (view) => view.layers.every((layer) => layer.route === 'absent') && view.midi.outputs.some((port) => port.name === 'Test Synth' && !port.connected))
    await engine.evaluate(() => Reflect.get(window, 'midi').synth.connect())
    await waitForView(page, (view) => view.layers.every((layer) => layer.route === 'connected'))

    await tell(page, { kind: 'input', input: { kind: 'panic' } })
    await expect.poll(async () => (await received()).filter(({ bytes }) => bytes[1] === 123).length).toBeGreaterThanOrEqual(4)
    await page.waitForTimeout(500)
    const all = await received()
    const open = new Map<string, number>()
    for (const { bytes: [status = 0, key = 0] } of all) {
      if ((status & 0xf0) === 0x90) open.set(`${status & 15}/${key}`, 1)
      if ((status & 0xf0) === 0x80) open.delete(`${status & 15}/${key}`)
      if ((status & 0xf0) === 0xb0 && key === 123) for (const name of [...open.keys()]) if (name.startsWith(`${status & 15}/`)) open.delete(name)
    }
    expect([...open.keys()]).toEqual([])
    expect((await eventsOf(page)).length).toBeGreaterThan(10)
  } finally {
    await studio.close()
  }
})
