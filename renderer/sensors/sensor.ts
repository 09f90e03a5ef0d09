import type { SensorCard, SensorConsent, SensorKind, SensorOutcome } from '../../core/ipc/sensors.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { createPodMaker } from '../../core/signal/sensing/pod-maker.ts';
import type { BluetoothDevice } from './bluetooth.ts';
import { Unsuitable, type Driver, type Session } from './driver.ts';

export interface Clock {
  /** Milliseconds, never running back. */
  readonly now: () => number;
  /** Calls once after so many milliseconds; returns the way to call it off. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A device that is out of reach leaves `connect` open for ever on some systems. */
export const CONNECT_MS = 20_000;
/** Waits between tries: 1 s, then twice as long each time, up to a minute. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A connection that lasted this long was sound: the next wait is short again. */
const LASTED_MS = 30_000;
/** Nothing for this long is said to be so; a belt sends once a second. */
const QUIET_MS = 4_000;
const KEEP_ALIVE_MS = 10_000;

export interface SensorOptions {
  /** Random. */
  readonly id: string;
  readonly kind: SensorKind;
  readonly number: number;
  readonly device: BluetoothDevice;
  readonly driver: Driver;
  readonly consent: SensorConsent;
  readonly clock: Clock;
  /** 16 hexadecimal digits, another each time. */
  readonly newSid: () => string;
  readonly report: (text: string) => void;
}

/** One sensor that is kept connected until it is let go. */
export interface Sensor {
  readonly id: string;
  readonly deviceId: string;
  readonly kind: SensorKind;
  readonly number: number;
  /** Reaches for it for the first time. */
  readonly start: () => Promise<Extract<SensorOutcome, 'connected' | 'unreachable' | 'unsuitable' | 'cancelled'>>;
  /**
   * To be called once a second: watches over the line, and gives the frame of this second where there is one to send. `gone` where
   * a new consent cannot ride on a frame, for nothing is heard: what the Nexus still holds was given under the old one.
   */
  readonly second: () => PodFrame | 'gone' | null;
  /** Without `live` no more frames come; whoever takes it back comes back as someone new. */
  readonly setConsent: (consent: SensorConsent) => void;
  readonly card: () => SensorCard;
  /** Lets it go for good. */
  readonly stop: () => void;
}

const full = ({ live, record, publish }: SensorConsent): PodFrame['consent'] => ({ live, record, soloVoice: false, publish, expiresAt: null });

/** Finer than this nobody reads, and main would hear of it each second. */
const hundredths = (share: number): number => Math.round(share * 100) / 100;

/** What `work` comes to, or an error where it takes too long. */
const inTime = <Result>(work: Promise<Result>, clock: Clock): Promise<Result> =>
  new Promise((resolve, reject) => {
    const callOff = clock.after(CONNECT_MS, () => reject(new Error('it does not answer')));
    work.then(resolve, reject).finally(callOff);
  });

export const createSensor = ({ id, kind, number, device, driver, consent: first, clock, newSid, report }: SensorOptions): Sensor => {
  const pod = createPodMaker({ sid: newSid(), consent: full(first) });
  let consent = first;
  /** Changed since the last frame. */
  let fresh = false;
  let state: 'connecting' | 'live' | 'waiting' | 'stopped' = 'connecting';
  let session: Session | null = null;
  /** Counts tries: what comes of an older one is let go. */
  let turn = 0;
  let since = 0;
  let heardAt = 0;
  let keptAt = 0;
  let wait = FIRST_WAIT_MS;
  let retryAt: number | null = null;
  let callOff: (() => void) | null = null;
  let dropped = 0;

  const part = (): void => {
    session?.end();
    session = null;
    // Also where it was never open: this ends a `connect` under way.
    device.gatt?.disconnect();
  };
  const reach = async (): Promise<void> => {
    turn += 1;
    const own = turn;
    state = 'connecting';
    retryAt = null;
    if (device.gatt === undefined) throw new Unsuitable('it has no GATT server');
    const server = await inTime(device.gatt.connect(), clock);
    if (own !== turn) return;
    const begun = await inTime(driver.begin(server, {
      now: clock.now,
      heard: () => {
        if (own === turn) heardAt = clock.now();
      },
    }), clock);
    if (own !== turn) return begun.end();
    session = begun;
    state = 'live';
    since = clock.now();
    heardAt = since;
    keptAt = since;
  };
  const again = (): void => {
    // First, for `disconnect` calls back at once.
    state = 'waiting';
    turn += 1;
    part();
    retryAt = clock.now() + wait;
    callOff = clock.after(wait, () => {
      callOff = null;
      reach().catch((error: unknown) => {
        if (state === 'stopped') return;
        report(`A sensor did not come back: ${error instanceof Error ? error.name : 'unknown'}`);
        again();
      });
    });
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  };
  /** It went away, or only seems to be there. */
  const lose = (): void => {
    if (state !== 'live') return;
    dropped += 1;
    if (clock.now() - since >= LASTED_MS) wait = FIRST_WAIT_MS;
    again();
  };
  const stop = (): void => {
    state = 'stopped';
    turn += 1;
    callOff?.();
    callOff = null;
    device.removeEventListener('gattserverdisconnected', lose);
    part();
  };
  const watch = (now: number): void => {
    if (state !== 'live') return;
    if (now - heardAt > driver.silence) return lose();
    if (now - keptAt < KEEP_ALIVE_MS) return;
    keptAt = now;
    // Where the line is dead the watch above sees it.
    session?.keepAlive().catch(() => undefined);
  };

  return {
    id,
    deviceId: device.id,
    kind,
    number,
    start: async () => {
      device.addEventListener('gattserverdisconnected', lose);
      try {
        await reach();
        return session === null ? 'cancelled' : 'connected';
      } catch (error) {
        if (state === 'stopped') return 'cancelled';
        stop();
        return error instanceof Unsuitable ? 'unsuitable' : 'unreachable';
      }
    },
    second: () => {
      const now = clock.now();
      watch(now);
      session?.tell(pod, now);
      if (!consent.live) return null;
      const frame = pod.frame(now);
      if (frame === null && fresh) pod.rotate(newSid());
      const sent = frame ?? (fresh ? 'gone' : null);
      fresh = false;
      return sent;
    },
    setConsent: (next) => {
      if (!consent.live && next.live) pod.rotate(newSid());
      fresh = next.live && consent.live;
      consent = next;
      pod.setConsent(full(next));
    },
    card: () => {
      const now = clock.now();
      const health = session?.health(now) ?? { battery: null, contact: 'unknown' as const, quality: null, lost: null };
      const quiet = state === 'live' && now - heardAt > QUIET_MS;
      return {
        device: id,
        kind,
        number,
        state: quiet ? 'silent' : state === 'stopped' ? 'waiting' : state,
        retryIn: retryAt === null || state !== 'waiting' ? null : Math.max(0, Math.ceil((retryAt - now) / 1_000)),
        ...health,
        quality: health.quality === null ? null : hundredths(health.quality),
        lost: health.lost === null ? null : hundredths(health.lost),
        dropped,
        consent,
      };
    },
    stop,
  };
};
