import { LONGEST_NAME, MOST_FOUND, type SensorScan } from '../../core/ipc/sensors.ts';

/** Nothing near by then: most sensors call out once a second. */
export const LOOK_MS = 30_000;
/** Something is near, and nobody chooses. */
export const CHOOSE_MS = 120_000;

type Found = SensorScan['found'];
/** One device as Electron lists it. */
export interface ListedDevice {
  readonly deviceId: string;
  readonly deviceName: string;
}

/** Answers Chromium's question which device it shall be, in a person's stead and by their choice alone. */
export interface BluetoothChooser {
  /** Listens to `select-bluetooth-device` of the sensors page. Outside of a look every device is refused. */
  readonly hear: (event: { preventDefault: () => void }, devices: readonly ListedDevice[], answer: (deviceId: string) => void) => void;
  /** A person has asked: a look begins. */
  readonly begin: () => void;
  /** False where there is no such device any more. */
  readonly choose: (key: string) => boolean;
  /** Ends the look; what Chromium asks from now on is refused. */
  readonly end: () => void;
  /** Why the look ended: a person's word, the time, or neither of the two. */
  readonly endedBy: () => 'person' | 'time' | null;
}

export interface ChooserOptions {
  /** What is near has changed. */
  readonly found: (found: Found) => void;
  readonly after: (milliseconds: number, call: () => void) => () => void;
  readonly newKey: () => string;
}

/** A name as it may be shown: what a stranger's device calls out can be anything. Empty where it has none. */
export const shownName = (name: string): string => name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim();

export const createBluetoothChooser = ({ found, after, newKey }: ChooserOptions): BluetoothChooser => {
  let looking = false;
  let by: 'person' | 'time' | null = null;
  /** Chromium takes one answer to the latest of its questions. */
  let answer: ((deviceId: string) => void) | null = null;
  let listed = new Map<string, { readonly deviceId: string; readonly name: string }>();
  let callOff: (() => void) | null = null;

  const stop = (why: 'person' | 'time', deviceId: string): void => {
    if (!looking) return;
    looking = false;
    by = why;
    callOff?.();
    callOff = null;
    answer?.(deviceId);
    answer = null;
    listed = new Map();
  };
  const runOut = (): void => stop('time', '');

  return {
    hear: (event, devices, answerNow) => {
      // Without this Electron would choose the first device by itself.
      event.preventDefault();
      if (!looking) return answerNow('');
      answer = answerNow;
      const before = new Map([...listed].map(([key, { deviceId }]) => [deviceId, key]));
      if (devices.length > 0 && listed.size === 0) {
        callOff?.();
        callOff = after(CHOOSE_MS, runOut);
      }
      listed = new Map(devices.slice(0, MOST_FOUND).map(({ deviceId, deviceName }) => [before.get(deviceId) ?? newKey(), { deviceId, name: shownName(deviceName) }]));
      found([...listed].map(([key, { name }]) => ({ key, name })));
    },
    begin: () => {
      stop('person', '');
      looking = true;
      by = null;
      callOff = after(LOOK_MS, runOut);
    },
    choose: (key) => {
      const chosen = listed.get(key);
      if (!looking || chosen === undefined || answer === null) return false;
      stop('person', chosen.deviceId);
      return true;
    },
    end: () => stop('person', ''),
    endedBy: () => by,
  };
};
