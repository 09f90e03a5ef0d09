import { BATTERY_LEVEL, BATTERY_SERVICE, HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE, parseBattery, parseHeartRate, type HeartRateMeasurement } from '../../core/signal/sensing/heart-rate-service.ts';
import { createHeartReader } from '../../core/signal/sensing/heart.ts';
import { isNamed, notify, optional, type GattServer } from './bluetooth.ts';
import { Unsuitable, type Driver, type Session, type SessionHost } from './driver.ts';

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** The battery, where the belt tells of it: asked once, and heard of when it changes. */
const listenToBattery = async (server: GattServer, hear: (share: number) => void): Promise<() => void> => {
  const level = await optional(server.getPrimaryService(BATTERY_SERVICE).then((service) => service.getCharacteristic(BATTERY_LEVEL)));
  if (level === null) return () => undefined;
  const take = (bytes: Uint8Array): void => {
    const share = parseBattery(bytes);
    if (share !== null) hear(share);
  };
  take(bytesOf(await level.readValue()));
  // Some belts let it be read and nothing more.
  return notify(level, take).catch(() => () => undefined);
};

const begin = async (server: GattServer, { now, heard }: SessionHost): Promise<Session> => {
  const reader = createHeartReader();
  let contact: HeartRateMeasurement['contact'] = 'unknown';
  let battery: number | null = null;
  /** A belt that sends intervals now and then sends none for a second in which no heart beat. */
  let intervals = false;

  const take = (bytes: Uint8Array): void => {
    const measured = parseHeartRate(bytes);
    if (measured === null) return;
    heard();
    contact = measured.contact;
    // A belt that hangs loose goes on telling numbers.
    if (contact === 'off') return;
    const at = now();
    intervals ||= measured.intervalsMs.length > 0;
    // Several at once lie behind one another: the last has just ended.
    let ended = at - measured.intervalsMs.reduce((sum, ms) => sum + ms, 0);
    for (const ms of measured.intervalsMs) {
      ended += ms;
      reader.interval(ms, ended);
    }
    if (!intervals && measured.bpm !== null) reader.rate(measured.bpm, at);
  };

  const service = await server.getPrimaryService(HEART_RATE_SERVICE).catch((error: unknown) => {
    if (isNamed(error, 'NotFoundError')) throw new Unsuitable('it has no Heart Rate Service');
    throw error;
  });
  // One after the other: a second question before the first answer is refused.
  const endHeart = await notify(await service.getCharacteristic(HEART_RATE_MEASUREMENT), take);
  const endBattery = await listenToBattery(server, (share) => {
    battery = share;
  }).catch(() => () => undefined); // A heart is heard without it.

  return {
    tell: (pod, at) => {
      const reading = reader.read(at);
      if (reading !== null) pod.heart(reading, at);
    },
    health: (at) => ({
      battery,
      contact: contact === 'touching' ? 'good' : contact,
      quality: contact === 'off' ? 0 : (reader.read(at)?.quality ?? null),
      lost: null,
    }),
    keepAlive: async () => undefined,
    end: () => {
      endHeart();
      endBattery();
    },
  };
};

/** Belts, straps and watches that speak the Heart Rate Service, as a rule once a second. */
export const heartBelt: Driver = {
  wish: { filters: [{ services: [HEART_RATE_SERVICE] }], optionalServices: [BATTERY_SERVICE] },
  silence: 12_000,
  begin,
};
