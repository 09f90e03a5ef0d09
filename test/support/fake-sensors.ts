/** A Bluetooth of cardboard for the hidden sensors page: a belt and a headband that send bytes as real ones did. */
import type { ElectronApplication } from '@playwright/test'

/** What the fake notes down in its page. */
export type FakeRadio = {
  /** Messages to the Nexus, over the real port. */
  readonly sent: { readonly device?: string; readonly frame?: Record<string, unknown>; readonly gone?: boolean }[]
  /** Whether each request came with a person's press, as Chromium demands. */
  readonly pressed: boolean[]
  /** Commands that were written to the headband. */
  readonly commands: string[]
  readonly choose: (id: string) => void
  readonly drop: () => void
  readonly back: () => void
}

/** Puts the fake in place of Web Bluetooth wherever the sensors page opens from now on. Runs in the page: nothing from outside of it. */
export const fakeBluetooth = (app: ElectronApplication): Promise<unknown> => app.context().addInitScript(() => {
  if (!location.pathname.startsWith('/sensors/')) return
  const named = (name: string): Error => new DOMException(name, name)
  let choose: ((id: string) => void) | null = null
  let near = true
  const devices = new Map<string, EventTarget & { gatt: { connected: boolean; disconnect: () => void } }>()
  const radio = {
    sent: [] as unknown[],
    pressed: [] as boolean[],
    commands: [] as string[],
    choose: (id: string) => choose?.(id),
    drop: () => {
      near = false
      devices.forEach((device) => device.gatt.disconnect())
    },
    back: () => {
      near = true
    },
  }
  Reflect.set(window, 'radio', radio)
  const post = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
    if (typeof message === 'object' && message !== null && 'device' in message) radio.sent.push(structuredClone(message))
    Reflect.apply(post, this, [message, ...rest])
  }

  const characteristic = (value: () => number[], every: number | null): unknown => {
    const target = new EventTarget()
    let timer = 0
    return Object.assign(target, {
      value: null as DataView | null,
      readValue: () => Promise.resolve(new DataView(Uint8Array.from(value()).buffer)),
      startNotifications() {
        if (every !== null && timer === 0) {
          timer = window.setInterval(() => {
            if (!near) return
            Reflect.set(target, 'value', new DataView(Uint8Array.from(value()).buffer))
            target.dispatchEvent(new Event('characteristicvaluechanged'))
          }, every)
        }
        return Promise.resolve(this)
      },
      writeValueWithoutResponse: (bytes: Uint8Array) => {
        radio.commands.push(String.fromCharCode(...bytes.slice(1, -1)))
        return Promise.resolve()
      },
    })
  }
  // A Polar H7 (cal-id/Polar-H7-Pi): 60 bpm, on the skin, one interval.
  const beats = [[0x16, 0x3c, 0x11, 0x04], [0x16, 0x3c, 0xf5, 0x03]]
  let beat = 0
  let sequence = 65_500
  const eeg = (electrode: number): (() => number[]) => () => {
    if (electrode === 0) sequence = (sequence + 1) % 65_536
    const steps = Array.from({ length: 12 }, (_, i) => 2_048 + Math.round(90 * Math.sin((2 * Math.PI * 1.2 * (sequence * 12 + i)) / 256) + 12 * Math.sin((2 * Math.PI * 10 * (sequence * 12 + i)) / 256)))
    const bytes = [sequence >> 8, sequence & 255]
    for (let i = 0; i < 12; i += 2) {
      const three = ((steps[i] ?? 0) << 12) | (steps[i + 1] ?? 0)
      bytes.push(three >> 16, (three >> 8) & 255, three & 255)
    }
    return bytes
  }
  const muse = (number: string): string => `273e${number}-4c4d-454d-96be-f03bac821358`
  const services: Record<string, Record<string, Record<string, unknown>>> = {
    belt: {
      [0x180d]: { [0x2a37]: characteristic(() => beats[(beat += 1) % 2] ?? [], 1_000) },
      [0x180f]: { [0x2a19]: characteristic(() => [85], null) },
    },
    band: {
      [0xfe8d]: {
        [muse('0001')]: characteristic(() => [], null),
        [muse('0003')]: characteristic(eeg(0), 47),
        [muse('0004')]: characteristic(eeg(1), 47),
        [muse('0005')]: characteristic(eeg(2), 47),
        [muse('0006')]: characteristic(eeg(3), 47),
        // Captured by muse-js from a band that lay still, and its battery.
        [muse('000a')]: characteristic(() => [82, 109, 17, 227, 13, 157, 60, 115, 18, 5, 13, 73, 60, 53, 17, 183, 13, 178, 60, 143], 58),
        [muse('000b')]: characteristic(() => [1, 74, 181, 184, 7, 64, 15, 127, 0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1_000),
      },
    },
  }
  const device = (id: string): unknown => {
    const known = devices.get(id)
    if (known !== undefined) return known
    const target = new EventTarget()
    const own = services[id] ?? {}
    const gatt = {
      connected: false,
      connect: () => {
        if (!near) return Promise.reject(named('NetworkError'))
        gatt.connected = true
        return Promise.resolve(gatt)
      },
      disconnect: () => {
        if (!gatt.connected) return
        gatt.connected = false
        target.dispatchEvent(new Event('gattserverdisconnected'))
      },
      getPrimaryService: (service: number) => {
        const has = own[service]
        if (has === undefined) return Promise.reject(named('NotFoundError'))
        return Promise.resolve({ getCharacteristic: (uuid: string) => (has[uuid] === undefined ? Promise.reject(named('NotFoundError')) : Promise.resolve(has[uuid])) })
      },
    }
    const made = Object.assign(target, { id, gatt })
    devices.set(id, made)
    return made
  }
  Object.defineProperty(navigator, 'bluetooth', {
    configurable: true,
    value: {
      getAvailability: () => Promise.resolve(true),
      requestDevice: () => {
        radio.pressed.push(navigator.userActivation.isActive)
        return new Promise((resolve, reject) => {
          choose = (id) => (id === '' ? reject(named('NotFoundError')) : resolve(device(id)))
        })
      },
    },
  })
})

/** Asks main which device it shall be, as Chromium does each time that another one is heard. */
export const heardNearby = (app: ElectronApplication, list: readonly { readonly deviceId: string; readonly deviceName: string }[]): Promise<void> =>
  app.evaluate(({ webContents }, found) => {
    const page = webContents.getAllWebContents().find((each) => each.getURL().includes('/sensors/'))
    if (page === undefined) throw new Error('there is no sensors page')
    const choose = (id: string): void => void page.executeJavaScript(`radio.choose(${JSON.stringify(id)})`)
    page.emit('select-bluetooth-device', { preventDefault: () => undefined }, found, choose)
  }, list)
