import type { Bluetooth, BluetoothDevice, GattCharacteristic, GattServer } from '../../../renderer/sensors/bluetooth.ts';
import type { Clock } from '../../../renderer/sensors/sensor.ts';
import { fakeClock, type FakeClock } from '../../support/fake-clock.ts';

/** A device as Web Bluetooth shows it, with no radio behind it. */
export interface FakeDevice {
  readonly device: BluetoothDevice;
  /** A value of a characteristic arrives. */
  send(uuid: number | string, bytes: readonly number[]): void;
  /** It goes out of reach: `connect` is refused from now on. */
  drop(): void;
  back(): void;
  /** The line stays open and nothing comes of it any more; `connect` never settles. */
  hang(): void;
  /** What was written to it. */
  readonly written: number[][];
  readonly connects: number;
}

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** @param services the characteristics that it has, by service @param values what it answers when it is asked */
export const fakeDevice = (id: string, services: Readonly<Record<string, readonly (number | string)[]>>, values: Readonly<Record<string, readonly number[]>> = {}): FakeDevice => {
  const target = new EventTarget();
  const characteristics = new Map<string, { readonly listeners: Set<() => void>; value: DataView | null }>();
  const written: number[][] = [];
  let connected = false;
  let reach: 'near' | 'away' | 'hung' = 'near';
  let connects = 0;
  const viewOf = (bytes: readonly number[]): DataView => new DataView(Uint8Array.from([0, ...bytes]).buffer, 1);
  const ask = <T>(answer: () => T): Promise<T> => (connected ? Promise.resolve().then(answer) : Promise.reject(named('NetworkError')));

  const characteristic = (uuid: string): GattCharacteristic => {
    // One object for a connection: what a former connection listened to falls silent.
    const own = { listeners: new Set<() => void>(), value: null as DataView | null };
    characteristics.set(uuid, own);
    return {
      get value() {
        return own.value;
      },
      addEventListener: (_type, listener) => void own.listeners.add(listener),
      removeEventListener: (_type, listener) => void own.listeners.delete(listener),
      startNotifications: () => ask(() => undefined),
      readValue: () => ask(() => viewOf(values[uuid] ?? [])),
      writeValueWithoutResponse: (bytes) => ask(() => void written.push([...bytes])),
    };
  };
  const server: GattServer = {
    get connected() {
      return connected;
    },
    connect: () => {
      connects += 1;
      if (reach === 'hung') return new Promise(() => undefined);
      if (reach === 'away') return Promise.reject(named('NetworkError'));
      connected = true;
      return Promise.resolve(server);
    },
    disconnect: () => {
      if (!connected) return;
      connected = false;
      target.dispatchEvent(new Event('gattserverdisconnected'));
    },
    getPrimaryService: (service) =>
      ask(() => {
        const has = services[String(service)];
        if (has === undefined) throw named('NotFoundError');
        return {
          getCharacteristic: (uuid: number | string) =>
            ask(() => {
              if (!has.includes(uuid)) throw named('NotFoundError');
              return characteristic(String(uuid));
            }),
        };
      }),
  };
  return {
    device: {
      id,
      gatt: server,
      addEventListener: (type, listener) => target.addEventListener(type, listener),
      removeEventListener: (type, listener) => target.removeEventListener(type, listener),
    },
    send: (uuid, bytes) => {
      const own = characteristics.get(String(uuid));
      if (own === undefined || !connected) return;
      own.value = viewOf(bytes);
      own.listeners.forEach((listener) => listener());
    },
    drop: () => {
      reach = 'away';
      server.disconnect();
    },
    back: () => {
      reach = 'near';
    },
    hang: () => {
      reach = 'hung';
    },
    written,
    get connects() {
      return connects;
    },
  };
};

/** A person who chooses this device, or an error of the browser. */
export const bluetoothWith = (answer: BluetoothDevice | Error, available = true): Bluetooth => ({
  getAvailability: () => Promise.resolve(available),
  requestDevice: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
});

export const refusal = named;

/** A clock for the page that goes on by hand and lets promises settle in between. */
export const pageClock = (): { readonly clock: Clock; readonly fake: FakeClock; readonly pass: (milliseconds: number) => Promise<void> } => {
  const fake = fakeClock();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    clock: { now: fake.now, after: fake.after },
    fake,
    pass: async (milliseconds) => {
      await settle();
      fake.advance(milliseconds);
      await settle();
    },
  };
};
