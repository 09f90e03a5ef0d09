/**
 * The GATT protocol of Muse headbands with classic firmware (Muse 2016, Muse 2, Muse S of the first generations). The maker
 * publishes none; facts from muse-js (urish, MIT) and muse-lsl (Alexandre Barachant, BSD). Newer firmware (Muse S Athena) sends all
 * signals over characteristics of its own and is not read here.
 */
export const MUSE_SERVICE = 0xfe8d;

const characteristic = (number: string): string => `273e${number}-4c4d-454d-96be-f03bac821358`;
export const MUSE_CONTROL = characteristic('0001');
export const MUSE_ACCELEROMETER = characteristic('000a');
export const MUSE_TELEMETRY = characteristic('000b');
/** Infrared of the pulse sensor, which older bands have not. */
export const MUSE_INFRARED = characteristic('0010');
/** The electrodes: ear, brow, brow, ear. */
export const MUSE_ELECTRODES = [
  { name: 'TP9', uuid: characteristic('0003') },
  { name: 'AF7', uuid: characteristic('0004') },
  { name: 'AF8', uuid: characteristic('0005') },
  { name: 'TP10', uuid: characteristic('0006') },
] as const;

/** Samples a second. */
export const MUSE_EEG_RATE = 256;
export const MUSE_ACCELEROMETER_RATE = 52;
export const MUSE_INFRARED_RATE = 64;

/** Every packet of signals has a sequence number and 18 bytes of them. */
const PACKET_BYTES = 20;
const SAMPLES = 12;
/** Microvolts of one step of the 12-bit converter, whose middle is 2048. */
const MICROVOLTS = 0.48828125;
const MIDDLE = 2_048;
/** g of one step of the accelerometer. */
const G = 0.0000610352;

/** A command as it is written to the control characteristic: its length, the text, a line's end. @param command such as `p21`, at most 18 letters */
export const museCommand = (command: string): Uint8Array<ArrayBuffer> => {
  const letters = [...command].map((letter) => letter.charCodeAt(0));
  if (letters.length === 0 || letters.length > 18 || letters.some((code) => code < 0x20 || code > 0x7e)) throw new RangeError('a command of a Muse has 1 to 18 plain letters');
  return Uint8Array.from([letters.length + 1, ...letters, 0x0a]);
};

/** `h` halt, `p21` four electrodes (`p50` with the pulse sensor), `s` status, `d` begin. In this order. */
export const museBeginning = (pulse: boolean): readonly string[] => ['h', pulse ? 'p50' : 'p21', 's', 'd'];
/** To be sent every now and then: some systems let an idle line fall asleep (muse-lsl#184). */
export const MUSE_KEEP_ALIVE = 'k';

export interface MusePacket {
  /** 0..65535, up by one with each packet of this characteristic. */
  readonly sequence: number;
  readonly samples: readonly number[];
}

const packet = (bytes: Uint8Array): DataView | null => (bytes.length === PACKET_BYTES ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null);

/** Twelve samples of one electrode in microvolts, -1000 to 999.5. Null for what is no such packet. */
export const parseMuseEeg = (bytes: Uint8Array): MusePacket | null => {
  const view = packet(bytes);
  if (view === null) return null;
  const samples: number[] = [];
  for (let at = 2; at + 2 < PACKET_BYTES && samples.length < SAMPLES; at += 3) {
    const three = (view.getUint16(at) << 8) | view.getUint8(at + 2);
    samples.push(MICROVOLTS * ((three >> 12) - MIDDLE), MICROVOLTS * ((three & 0xfff) - MIDDLE));
  }
  return { sequence: view.getUint16(0), samples };
};

/** Six samples of the pulse sensor, 24 bits each, without a unit. */
export const parseMusePulse = (bytes: Uint8Array): MusePacket | null => {
  const view = packet(bytes);
  if (view === null) return null;
  const samples: number[] = [];
  for (let at = 2; at + 2 < PACKET_BYTES; at += 3) samples.push((view.getUint16(at) << 8) | view.getUint8(at + 2));
  return { sequence: view.getUint16(0), samples };
};

export type Acceleration = readonly [x: number, y: number, z: number];

/** Three samples of acceleration in g. */
export const parseMuseAcceleration = (bytes: Uint8Array): { readonly sequence: number; readonly samples: readonly Acceleration[] } | null => {
  const view = packet(bytes);
  if (view === null) return null;
  const sample = (at: number): Acceleration => [G * view.getInt16(at), G * view.getInt16(at + 2), G * view.getInt16(at + 4)];
  return { sequence: view.getUint16(0), samples: [sample(2), sample(8), sample(14)] };
};

/** Charge of the battery, 0..1. */
export const parseMuseBattery = (bytes: Uint8Array): number | null => {
  const view = packet(bytes);
  if (view === null) return null;
  const percent = view.getUint16(2) / 512;
  return percent > 100 ? null : percent / 100;
};

/** Further ahead than this (12 s of EEG) is no gap but a band that began anew. */
const LONGEST_GAP = 256;

/** Counts what was lost on the way, by the sequence numbers of one characteristic. */
export interface SequenceCounter {
  /** Packets lost just before this one; null for one that came twice or too late, which is to be left out. */
  hear(sequence: number): number | null;
  readonly heard: number;
  readonly lost: number;
}

export const createSequenceCounter = (): SequenceCounter => {
  let last: number | null = null;
  let heard = 0;
  let lost = 0;
  return {
    hear: (sequence) => {
      const ahead = last === null ? 1 : (sequence - last + 0x1_0000) % 0x1_0000;
      if (ahead === 0 || ahead > 0x1_0000 - LONGEST_GAP) return null;
      last = sequence;
      heard += 1;
      const gap = ahead > LONGEST_GAP ? 0 : ahead - 1;
      lost += gap;
      return gap;
    },
    get heard() {
      return heard;
    },
    get lost() {
      return lost;
    },
  };
};
