import type { SensorCard } from '../../core/ipc/sensors.ts';
import type { PodMaker } from '../../core/signal/sensing/pod-maker.ts';
import type { DeviceWish, GattServer } from './bluetooth.ts';

/** How the signals of one connection fare. */
export type SessionHealth = Pick<SensorCard, 'battery' | 'contact' | 'quality' | 'lost'>;

/** One connection, from its first packet until it ends. */
export interface Session {
  /** Once a second: what was heard, to the pod. @param atMs milliseconds of the page's own clock */
  readonly tell: (pod: PodMaker, atMs: number) => void;
  readonly health: (atMs: number) => SessionHealth;
  /** To be called every now and then, so that the line does not fall asleep. */
  readonly keepAlive: () => Promise<void>;
  /** Listens no more. */
  readonly end: () => void;
}

/** What stands between the session and the one who keeps it. */
export interface SessionHost {
  /** Milliseconds, never running back. */
  readonly now: () => number;
  /** A packet of signal came. */
  readonly heard: () => void;
}

/** One kind of sensor: how it is found, and how it speaks. */
export interface Driver {
  readonly wish: DeviceWish;
  /** Without a packet for this long (milliseconds) a connection counts as dead, whatever the system says of it. */
  readonly silence: number;
  /** Begins to listen. @throws Unsuitable where the device speaks otherwise */
  readonly begin: (server: GattServer, host: SessionHost) => Promise<Session>;
}

/** The device is none of its kind, or a newer one than is understood. Trying again would not help. */
export class Unsuitable extends Error {
  override readonly name = 'Unsuitable';
}
