import { createHeartReader } from '../../core/signal/sensing/heart.ts';
import { createMovementReader } from '../../core/signal/sensing/movement.ts';
import {
  createSequenceCounter, MUSE_ACCELEROMETER, MUSE_ACCELEROMETER_RATE, MUSE_CONTROL, MUSE_ELECTRODES, MUSE_INFRARED, MUSE_INFRARED_RATE, MUSE_KEEP_ALIVE,
  MUSE_SERVICE, MUSE_TELEMETRY, museBeginning, museCommand, parseMuseAcceleration, parseMuseBattery, parseMusePulse,
} from '../../core/signal/sensing/muse.ts';
import type { PodMaker } from '../../core/signal/sensing/pod-maker.ts';
import { createPulseDetector } from '../../core/signal/sensing/pulse.ts';
import { isNamed, notify, optional, type GattService } from './bluetooth.ts';
import { Unsuitable, type Driver } from './driver.ts';
import { createElectrodes } from './electrodes.ts';

const PULSE_SAMPLES = 6;
/** The band's clock and ours part slowly; after a gap at once. */
const APART_MS = 1_500;

/** Heart beats from the pulse sensor at the brow. */
const createPulse = (now: () => number): { readonly take: (bytes: Uint8Array) => void; readonly tell: (pod: PodMaker, at: number) => void } => {
  const heart = createHeartReader();
  const counter = createSequenceCounter();
  let detector = createPulseDetector(MUSE_INFRARED_RATE, 'pulse');
  /** When the first sample was taken, and how many came since. */
  let began: number | null = null;
  let count = 0;
  return {
    take: (bytes) => {
      const packet = parseMusePulse(bytes);
      const lost = packet === null ? null : counter.hear(packet.sequence);
      if (packet === null || lost === null) return;
      const samples = new Float64Array((lost + 1) * PULSE_SAMPLES).fill(Number.NaN);
      // More blood swallows more light: turned round, so that a beat is a crest.
      packet.samples.forEach((sample, index) => (samples[lost * PULSE_SAMPLES + index] = -sample));
      const due = began === null ? Number.NEGATIVE_INFINITY : began + ((count + samples.length) * 1_000) / MUSE_INFRARED_RATE;
      if (began === null || Math.abs(due - now()) > APART_MS) {
        detector = createPulseDetector(MUSE_INFRARED_RATE, 'pulse');
        began = now() - (samples.length * 1_000) / MUSE_INFRARED_RATE;
        count = 0;
      }
      count += samples.length;
      for (const seconds of detector.push(samples)) heart.beat(began + seconds * 1_000);
    },
    tell: (pod, at) => {
      const reading = heart.read(at);
      if (reading !== null) pod.heart(reading, at);
    },
  };
};

/** The four electrodes, without which it is no Muse of this kind. */
const electrodesOf = async (service: GattService) => {
  try {
    const found = [];
    for (const { uuid } of MUSE_ELECTRODES) found.push(await service.getCharacteristic(uuid));
    return found;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) throw new Unsuitable('it sends its EEG in another way');
    throw error;
  }
};

/** Muse headbands with classic firmware: EEG, movement, battery, and the pulse where the band has a sensor for it. */
export const museBand: Driver = {
  wish: { filters: [{ services: [MUSE_SERVICE] }] },
  silence: 6_000,
  begin: async (server, { now, heard }) => {
    const service = await server.getPrimaryService(MUSE_SERVICE).catch((error: unknown) => {
      if (isNamed(error, 'NotFoundError')) throw new Unsuitable('it has no service of a Muse');
      throw error;
    });
    const control = await service.getCharacteristic(MUSE_CONTROL);
    const electrodes = createElectrodes();
    const movement = createMovementReader(MUSE_ACCELEROMETER_RATE);
    const pulse = createPulse(now);
    let moved = Number.NEGATIVE_INFINITY;
    let battery: number | null = null;
    const ends: (() => void)[] = [];
    // One after the other: a second question before the first answer is refused.
    for (const [index, characteristic] of (await electrodesOf(service)).entries()) {
      ends.push(await notify(characteristic, (bytes) => {
        if (electrodes.take(index, bytes)) heard();
      }));
    }
    const listen = async (uuid: string, hear: (bytes: Uint8Array) => void): Promise<boolean> => {
      const characteristic = await optional(service.getCharacteristic(uuid));
      if (characteristic !== null) ends.push(await notify(characteristic, hear));
      return characteristic !== null;
    };
    await listen(MUSE_ACCELEROMETER, (bytes) => {
      const packet = parseMuseAcceleration(bytes);
      packet?.samples.forEach(movement.push);
      if (packet !== null) moved = now();
    });
    await listen(MUSE_TELEMETRY, (bytes) => {
      battery = parseMuseBattery(bytes) ?? battery;
    });
    const hasPulse = await listen(MUSE_INFRARED, pulse.take);
    for (const command of museBeginning(hasPulse)) await control.writeValueWithoutResponse(museCommand(command));

    return {
      tell: (pod, at) => {
        electrodes.tell(pod, at);
        pulse.tell(pod, at);
        const moving = at - moved < 2_000 ? movement.read() : null;
        if (moving !== null) pod.motion(moving, at);
      },
      health: () => ({ battery, ...electrodes.health() }),
      keepAlive: () => control.writeValueWithoutResponse(museCommand(MUSE_KEEP_ALIVE)),
      end: () => ends.forEach((end) => end()),
    };
  },
};
