/** The slice of Web Bluetooth that is used here. TypeScript's own DOM has none of it, and tests bring devices of their own. */
export interface GattCharacteristic {
  readonly value: DataView | null;
  readonly addEventListener: (type: 'characteristicvaluechanged', listener: () => void) => void;
  readonly removeEventListener: (type: 'characteristicvaluechanged', listener: () => void) => void;
  readonly startNotifications: () => Promise<unknown>;
  readonly readValue: () => Promise<DataView>;
  readonly writeValueWithoutResponse: (value: Uint8Array<ArrayBuffer>) => Promise<void>;
}

export interface GattService {
  readonly getCharacteristic: (uuid: number | string) => Promise<GattCharacteristic>;
}

export interface GattServer {
  readonly connected: boolean;
  readonly connect: () => Promise<GattServer>;
  readonly disconnect: () => void;
  readonly getPrimaryService: (uuid: number | string) => Promise<GattService>;
}

export interface BluetoothDevice {
  readonly id: string;
  readonly gatt?: GattServer;
  readonly addEventListener: (type: 'gattserverdisconnected', listener: () => void) => void;
  readonly removeEventListener: (type: 'gattserverdisconnected', listener: () => void) => void;
}

export interface DeviceWish {
  readonly filters: readonly { readonly services: readonly (number | string)[] }[];
  readonly optionalServices?: readonly (number | string)[];
}

export interface Bluetooth {
  readonly getAvailability: () => Promise<boolean>;
  readonly requestDevice: (wish: DeviceWish) => Promise<BluetoothDevice>;
}

/** True where an error of Web Bluetooth is of this kind, such as `NotFoundError`. */
export const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** Hands on every value of a characteristic, as bytes of its own. Settles once values may come; the way to stop stands in the answer. */
export const notify = async (characteristic: GattCharacteristic, hear: (bytes: Uint8Array) => void): Promise<() => void> => {
  const listener = (): void => {
    const { value } = characteristic;
    if (value !== null) hear(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  };
  characteristic.addEventListener('characteristicvaluechanged', listener);
  await characteristic.startNotifications();
  return () => characteristic.removeEventListener('characteristicvaluechanged', listener);
};

/** A characteristic that not every device has. */
export const optional = async (found: Promise<GattCharacteristic>): Promise<GattCharacteristic | null> => {
  try {
    return await found;
  } catch (error) {
    if (isNamed(error, 'NotFoundError') || isNamed(error, 'SecurityError')) return null;
    throw error;
  }
};
