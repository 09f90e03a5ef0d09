import { createMotionMeter } from './motion-meter.ts';

/** `ask`: a person must press first; `silent`: allowed, but nothing comes. */
export type MotionState = 'insecure' | 'ask' | 'on' | 'denied' | 'silent';

export interface MotionSensor {
  readonly state: MotionState;
  /** From a press of a button, as iOS demands. */
  allow(): Promise<void>;
  read(now: number): number | null;
  stop(): void;
}

/** Safari on iOS asks by this; other browsers do not have it. */
const asker = (): (() => Promise<unknown>) | null => {
  if (!('DeviceMotionEvent' in window)) return null;
  const asks: unknown = Reflect.get(window.DeviceMotionEvent, 'requestPermission');
  return typeof asks === 'function' ? async () => Reflect.apply(asks, window.DeviceMotionEvent, []) : null;
};

const SILENT_MS = 3_000;

/** The phone's accelerometer, where the page may have it: on an encrypted page, after a press. */
export const createMotionSensor = (onChange: () => void): MotionSensor => {
  const meter = createMotionMeter();
  const possible = window.isSecureContext && 'DeviceMotionEvent' in window;
  let state: MotionState = window.isSecureContext ? (possible ? 'ask' : 'silent') : 'insecure';
  let heard = false;

  const become = (next: MotionState): void => {
    if (next === state) return;
    state = next;
    onChange();
  };

  const listen = (event: DeviceMotionEvent): void => {
    const at = event.accelerationIncludingGravity;
    if (at === null || at.x === null || at.y === null || at.z === null) return;
    heard = true;
    become('on');
    meter.add(at.x, at.y, at.z, performance.now());
  };

  return {
    get state() {
      return state;
    },
    allow: async () => {
      if (state !== 'ask' && state !== 'denied') return;
      const ask = asker();
      try {
        if (ask !== null && (await ask()) !== 'granted') return become('denied');
      } catch {
        return become('denied');
      }
      window.addEventListener('devicemotion', listen);
      setTimeout(() => {
        if (!heard) become('silent');
      }, SILENT_MS);
    },
    read: (now) => (state === 'on' ? meter.read(now) : null),
    stop: () => window.removeEventListener('devicemotion', listen),
  };
};

export interface AwakeScreen {
  /** True while the system keeps the screen on for this page. */
  readonly held: boolean;
  hold(): void;
  release(): void;
}

/** Keeps the screen on where the browser lets us: a phone whose screen goes off stops sending. */
export const createAwakeScreen = (onChange: () => void): AwakeScreen => {
  let wanted = false;
  let lock: WakeLockSentinel | null = null;

  const take = async (): Promise<void> => {
    if (!wanted || lock !== null || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const own = await navigator.wakeLock.request('screen');
      if (!wanted) return void own.release();
      lock = own;
      own.addEventListener('release', () => {
        lock = null;
        onChange();
      });
    } catch {
      // Low battery, or the browser does not want to: the page says that the screen may go off.
      lock = null;
    }
    onChange();
  };

  document.addEventListener('visibilitychange', () => void take());
  return {
    get held() {
      return lock !== null;
    },
    hold: () => {
      wanted = true;
      void take();
    },
    release: () => {
      wanted = false;
      void lock?.release();
    },
  };
};
