/**
 * The Heart Rate Service of Bluetooth, which heart belts and many watches speak. Source: Bluetooth SIG, Heart Rate Service
 * 1.0, and GATT Specification Supplement, Heart Rate Measurement.
 */
export const HEART_RATE_SERVICE = 0x180d;
export const HEART_RATE_MEASUREMENT = 0x2a37;
export const BATTERY_SERVICE = 0x180f;
export const BATTERY_LEVEL = 0x2a19;

/** Bits of the first byte. */
const WIDE_RATE = 0x01;
const CONTACT = 0x02;
const CONTACT_KNOWN = 0x04;
const ENERGY = 0x08;
const INTERVALS = 0x10;

/** A measurement longer than this is none: the largest packet of Bluetooth LE has 244 bytes of it. */
const LONGEST = 244;
/** RR intervals count in 1/1024 s. */
const MS_A_COUNT = 1_000 / 1_024;

/** One notification of a belt, as a rule once a second. */
export interface HeartRateMeasurement {
  /** Beats a minute; null where the belt sends 0, which means that it finds no beat. */
  readonly bpm: number | null;
  /** `unknown` where the belt cannot tell. */
  readonly contact: 'touching' | 'off' | 'unknown';
  /** Kilojoules since the belt was reset; null where it does not count them. */
  readonly energyKj: number | null;
  /** Times between heart beats, oldest first, in milliseconds. Never leave this machine. */
  readonly intervalsMs: readonly number[];
}

/** Reads one value of Heart Rate Measurement (0x2A37). Null for what is none; never throws. */
export const parseHeartRate = (bytes: Uint8Array): HeartRateMeasurement | null => {
  if (bytes.length < 2 || bytes.length > LONGEST) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint8(0);
  const wide = (flags & WIDE_RATE) !== 0;
  const energy = (flags & ENERGY) !== 0;
  const rateEnd = wide ? 3 : 2;
  const start = rateEnd + (energy ? 2 : 0);
  if (bytes.length < start) return null;
  const rate = wide ? view.getUint16(1, true) : view.getUint8(1);
  const intervalsMs: number[] = [];
  if ((flags & INTERVALS) !== 0) {
    for (let at = start; at + 1 < bytes.length; at += 2) intervalsMs.push(view.getUint16(at, true) * MS_A_COUNT);
  }
  return {
    bpm: rate === 0 ? null : rate,
    contact: (flags & CONTACT_KNOWN) === 0 ? 'unknown' : (flags & CONTACT) === 0 ? 'off' : 'touching',
    energyKj: energy ? view.getUint16(rateEnd, true) : null,
    intervalsMs,
  };
};

/** Reads Battery Level (0x2A19) as a share, 0..1. Null for what is none. */
export const parseBattery = (bytes: Uint8Array): number | null => {
  const [percent] = bytes;
  return bytes.length !== 1 || percent === undefined || percent > 100 ? null : percent / 100;
};
