import { chromium, expect, test, type Page } from '@playwright/test'
import { build } from 'vite'
import { createLayer } from '../../core/dsp/layer.ts'
import { createMix } from '../../core/dsp/mix.ts'
import { selfCheck, type SelfCheck } from '../../core/dsp/self-check.ts'
import type { LayerMessage, LayerSound } from '../../core/dsp/types.ts'
import { findChromium, launchStudio } from '../support/electron.ts'
import { pageOf } from '../support/engine-tap.ts'
import { composedCheck } from '../support/composed-check.ts'
import { assetOf, servePages } from '../support/static-pages.ts'

const RATE = 48_000
const FRAMES = 5 * RATE
const ROOM = { size: 0.7, decay: 0.5, damping: 0.4 }
const sound = (instrument: LayerSound['instrument'], seed: number): LayerSound => ({
  instrument, parameters: { level: 0.75, brightness: 0.5, motion: 0.4, room: 0.5 }, gainDb: -3, pan: -0.3, seed,
})
const LAYERS: readonly { readonly sound: LayerSound; readonly messages: readonly LayerMessage[] }[] = (['drone', 'pad', 'reed', 'bell'] as const).map((instrument, index) => ({
  sound: sound(instrument, 1_000 + index),
  messages: [
    { kind: 'on', frame: 100 + 37 * index, note: 0, pitch: 45 + 7 * index, velocity: 0.8 },
    { kind: 'control', frame: 30_000, parameter: 'brightness', value: 0.9 },
    { kind: 'on', frame: 50_001, note: 1, pitch: 52.08 + 5 * index, velocity: 0.6 },
    { kind: 'off', frame: 90_000, note: 0 },
    { kind: 'control', frame: 120_000, parameter: 'level', value: 0.4 },
    { kind: 'off', frame: 180_000, note: 1 },
  ],
}))

/** What Node renders: the layers and their mix. */
const inNode = (): Float32Array[] => {
  const channels = LAYERS.map(({ sound: of, messages }) => {
    const layer = createLayer(of, ROOM, 0)
    messages.forEach(layer.push)
    const left = new Float32Array(FRAMES)
    const right = new Float32Array(FRAMES)
    layer.render(left, right, 0, FRAMES)
    return [left, right] as const
  })
  const left = new Float32Array(FRAMES)
  const right = new Float32Array(FRAMES)
  createMix(LAYERS.length, -3, 0).process(channels.map(([l]) => l), channels.map(([, r]) => r), left, right, FRAMES)
  return [...channels.flat(), left, right]
}

/** The built live worklets, joined as the engine joins them, into memory; each channel's bits as base64. */
const inWorklets = (page: Page, base: string): Promise<string[]> =>
  page.evaluate(
    async ({ base: assets, layerModule, mixModule, layers, room, frames }) => {
      const count = layers.length
      const context = new OfflineAudioContext(2 * count + 2, frames, 48_000)
      await context.audioWorklet.addModule(`${assets}/${layerModule}`)
      await context.audioWorklet.addModule(`${assets}/${mixModule}`)
      const merger = new ChannelMergerNode(context, { numberOfInputs: 2 * count + 2 })
      merger.connect(context.destination)
      const mix = new AudioWorkletNode(context, 'dreamscore-mix', { numberOfInputs: 32, outputChannelCount: [2], channelCount: 2, channelCountMode: 'explicit', processorOptions: { ceilingDb: -3 } })
      const split = (node: AudioNode, first: number): void => {
        const splitter = new ChannelSplitterNode(context, { numberOfOutputs: 2 })
        node.connect(splitter)
        splitter.connect(merger, 0, first)
        splitter.connect(merger, 1, first + 1)
      }
      layers.forEach(({ sound: of, messages }, index) => {
        const node = new AudioWorkletNode(context, 'dreamscore-layer', { numberOfInputs: 0, outputChannelCount: [2], processorOptions: { sound: of, room, origin: 0, start: 0, standing: messages } })
        const gain = new GainNode(context, { gain: 1 })
        node.connect(gain)
        gain.connect(mix, 0, index)
        split(gain, 2 * index)
      })
      split(mix, 2 * count)
      const rendered = await context.startRendering()
      const texts: string[] = []
      for (let channel = 0; channel < rendered.numberOfChannels; channel += 1) {
        const bytes = new Uint8Array(rendered.getChannelData(channel).slice().buffer)
        let text = ''
        for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
        texts.push(btoa(text))
      }
      return texts
    },
    { base, layerModule: assetOf('layer-worklet'), mixModule: assetOf('mix-worklet'), layers: LAYERS, room: ROOM, frames: FRAMES },
  )

/** Counts samples whose bits differ, and makes sure that something sounds at all. */
const differences = (texts: readonly string[], expected: readonly Float32Array[]): number[] => {
  expect(texts).toHaveLength(expected.length)
  return expected.map((channel, index) => {
    const bytes = Buffer.from(texts[index] ?? '', 'base64')
    const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    const wanted = new Uint32Array(channel.buffer)
    expect(channel.some((sample) => Math.abs(sample) > 0.001)).toBe(true)
    return wanted.reduce((count, word, at) => count + (word === words[at] ? 0 : 1), 0)
  })
}

/** What a module's function gives in a page: the module as one script, called there. */
const inPage = async <T>(page: Page, entry: string, call: string): Promise<T> => {
  const built = await build({ configFile: false, logLevel: 'silent', define: { 'process.env.NODE_ENV': '"production"' }, build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'check' } } })
  const output = Array.isArray(built) ? built[0]?.output : 'output' in built ? built.output : undefined
  const code = output?.[0].code
  if (code === undefined) throw new Error(`${entry} was not built`)
  return page.evaluate<T>(`(() => { ${code}; return check.${call}(); })()`)
}

/** Everything that must have the same bits here as in Node. */
const sameAsNode = async (page: Page, assets: string): Promise<void> => {
  const expected = inNode()
  expect(differences(await inWorklets(page, assets), expected)).toEqual(none(expected.length))
  expect(await inPage<readonly SelfCheck[]>(page, 'core/dsp/self-check.ts', 'selfCheck')).toEqual(selfCheck())
  const composed = await inPage<ReturnType<typeof composedCheck>>(page, 'test/support/composed-check.ts', 'composedCheck')
  expect(composed).toEqual(composedCheck())
  expect(composed.count).toBeGreaterThan(1_000)
}

const none = (count: number): number[] => Array.from({ length: count }, () => 0)

test('Electron: the live worklets, the self-check, frames and events give the bits that Node gives', async () => {
  const studio = await launchStudio()
  try {
    await sameAsNode(await pageOf(studio.app, 'engine'), 'app://dreamscore/assets')
  } finally {
    await studio.close()
  }
})

test("Debian's Chromium: the live worklets, the self-check, frames and events give the bits that Node gives", async () => {
  const executablePath = findChromium()
  test.skip(executablePath === null, 'there is no Chromium here (looked at CHROMIUM_PATH and /usr/bin)')
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
  const pages = await servePages()
  try {
    const page = await browser.newPage()
    await page.goto(pages.origin)
    await sameAsNode(page, `${pages.origin}/assets`)
    console.log(`Chromium ${browser.version()}: ${2 * LAYERS.length + 2} channels of ${FRAMES} samples, all bits equal`)
  } finally {
    pages.close()
    await browser.close()
  }
})
