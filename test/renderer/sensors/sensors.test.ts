import { describe, expect, it } from 'vitest';
import type { SensorToNexus } from '../../../core/ipc/nexus-messages.ts';
import { sensorCardSchema, type SensorCard, type SensorConsent, type SensorKind } from '../../../core/ipc/sensors.ts';
import { BATTERY_LEVEL, BATTERY_SERVICE, HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE } from '../../../core/signal/sensing/heart-rate-service.ts';
import { MUSE_ACCELEROMETER, MUSE_CONTROL, MUSE_ELECTRODES, MUSE_INFRARED, MUSE_SERVICE, MUSE_TELEMETRY } from '../../../core/signal/sensing/muse.ts';
import { parsePodFrame, type PodFrame } from '../../../core/signal/pod-frame.ts';
import type { Bluetooth } from '../../../renderer/sensors/bluetooth.ts';
import { heartBelt } from '../../../renderer/sensors/heart-belt.ts';
import { museBand } from '../../../renderer/sensors/muse-band.ts';
import { createSensors } from '../../../renderer/sensors/sensors.ts';
import { bluetoothWith, fakeDevice, pageClock, refusal, type FakeDevice } from './fake-bluetooth.ts';

const YES: SensorConsent = { live: true, record: true, publish: false };
/** A beat a second, with its interval: what a Polar H7 sent. */
const BEAT = [0x16, 0x3c, 0x00, 0x04];

const belt = (): FakeDevice => fakeDevice('belt', { [HEART_RATE_SERVICE]: [HEART_RATE_MEASUREMENT], [BATTERY_SERVICE]: [BATTERY_LEVEL] }, { [BATTERY_LEVEL]: [85] });
const band = (electrodes = true): FakeDevice =>
  fakeDevice('band', { [MUSE_SERVICE]: [MUSE_CONTROL, MUSE_ACCELEROMETER, MUSE_TELEMETRY, ...(electrodes ? MUSE_ELECTRODES.map(({ uuid }) => uuid) : [])] });

const page = (bluetooth: Bluetooth | null) => {
  const { clock, pass } = pageClock();
  const sent: SensorToNexus[] = [];
  const cards: SensorCard[][] = [];
  let ids = 0;
  const sensors = createSensors({
    bluetooth,
    drivers: { heart: heartBelt, muse: museBand },
    clock,
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    newSid: () => String((ids += 1)).padStart(16, '0'),
    send: (message) => sent.push(message),
    tell: (told) => cards.push([...told]),
    report: () => undefined,
  });
  const connect = async (kind: SensorKind) => {
    const outcome = sensors.connect({ kind, consent: YES });
    await pass(0);
    return outcome;
  };
  const seconds = async (count: number, each: (second: number) => void = () => undefined): Promise<void> => {
    for (let second = 0; second < count; second += 1) {
      await pass(1_000);
      each(second);
      sensors.second();
    }
  };
  const frames = (): PodFrame[] => sent.flatMap((message) => ('frame' in message ? [parsePodFrame(message.frame)] : []));
  return { sensors, connect, seconds, sent, frames, pass, card: () => sensorCardSchema.parse(cards.at(-1)?.[0]), cards };
};

describe('a heart belt', () => {
  it('becomes pod frames, one a second, and tells how it fares', async () => {
    const device = belt();
    const { connect, seconds, frames, card } = page(bluetoothWith(device.device));
    expect(await connect('heart')).toBe('connected');
    await seconds(70, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    expect(frames().length).toBeGreaterThan(60);
    const last = frames().at(-1);
    expect(last).toMatchObject({ hrBpm: 60, rmssdMs: 0, bands: null, motion: null, consent: { live: true, record: true, soloVoice: false, publish: false, expiresAt: null } });
    expect(last?.q.hr).toBeGreaterThan(0.9);
    expect(new Set(frames().map(({ sid }) => sid)).size).toBe(1);
    expect(card()).toMatchObject({ kind: 'heart', number: 1, state: 'live', battery: 0.85, contact: 'good', dropped: 0, lost: null });
    expect(JSON.stringify(frames())).not.toContain('belt');
  });

  it('that hangs loose is not listened to', async () => {
    const device = belt();
    const { connect, seconds, frames, card } = page(bluetoothWith(device.device));
    await connect('heart');
    await seconds(10, () => device.send(HEART_RATE_MEASUREMENT, [0x14, 0x50, 0x00, 0x04]));
    expect(frames()).toEqual([]);
    expect(card()).toMatchObject({ state: 'live', contact: 'off', quality: 0 });
  });

  it('that goes away is tried again, ever more seldom, and comes back as the same sleeper', async () => {
    const device = belt();
    const { connect, seconds, frames, card } = page(bluetoothWith(device.device));
    await connect('heart');
    await seconds(40, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    device.drop();
    await seconds(1);
    expect(card()).toMatchObject({ state: 'waiting', dropped: 1 });
    const before = device.connects;
    await seconds(64);
    // After 1, 2, 4, 8, 16 and 32 s.
    expect(device.connects - before).toBeGreaterThanOrEqual(5);
    expect(device.connects - before).toBeLessThanOrEqual(7);
    const silent = frames().length;
    await seconds(5);
    expect(frames().length).toBe(silent);
    device.back();
    await seconds(62);
    expect(card().state).not.toBe('waiting');
    await seconds(20, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    expect(card()).toMatchObject({ state: 'live', dropped: 1 });
    expect(frames().length).toBeGreaterThan(silent + 10);
    expect(new Set(frames().map(({ sid }) => sid)).size).toBe(1);
  });

  it('whose line stays open and says nothing counts as gone', async () => {
    const device = belt();
    const { connect, seconds, card } = page(bluetoothWith(device.device));
    await connect('heart');
    await seconds(10, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    await seconds(6);
    expect(card().state).toBe('silent');
    await seconds(8);
    expect(card()).toMatchObject({ dropped: 1 });
    expect(device.connects).toBeGreaterThan(1);
  });

  it('that never answers is given up after 20 s', async () => {
    const device = belt();
    device.hang();
    const { sensors, pass, cards } = page(bluetoothWith(device.device));
    const outcome = sensors.connect({ kind: 'heart', consent: YES });
    await pass(0);
    await pass(20_001);
    expect(await outcome).toBe('unreachable');
    sensors.second();
    expect(cards).toEqual([]);
  });
});

describe('a Muse', () => {
  const eeg = (sequence: number, electrode: number): number[] => {
    const bytes = [sequence >> 8, sequence & 255];
    // A slow wave of some 40 uV with a little of another pitch on each electrode.
    const steps = Array.from({ length: 12 }, (_, i) => {
      const t = (sequence * 12 + i) / 256;
      return 2_048 + Math.round(80 * Math.sin(2 * Math.PI * 1.5 * t) + 10 * Math.sin(2 * Math.PI * (9 + electrode) * t));
    });
    for (let i = 0; i < 12; i += 2) {
      const three = ((steps[i] ?? 0) << 12) | (steps[i + 1] ?? 0);
      bytes.push(three >> 16, (three >> 8) & 255, three & 255);
    }
    return bytes;
  };

  it('becomes bands, movement and battery; lost packets are counted', async () => {
    const device = band();
    const { connect, seconds, frames, card } = page(bluetoothWith(device.device));
    expect(await connect('muse')).toBe('connected');
    expect(device.written.map((bytes) => String.fromCharCode(...bytes.slice(1, -1)))).toEqual(['h', 'p21', 's', 'd']);
    let sequence = 65_000;
    await seconds(45, () => {
      for (let i = 0; i < 21; i += 1) {
        sequence = (sequence + 1) % 65_536;
        MUSE_ELECTRODES.forEach(({ uuid }, electrode) => sequence % 50 !== 0 && device.send(uuid, eeg(sequence, electrode)));
      }
      for (let i = 0; i < 17; i += 1) device.send(MUSE_ACCELEROMETER, [0, i, 17, 227, 13, 157, 60, 115, 18, 5, 13, 73, 60, 53, 17, 183, 13, 178, 60, 143]);
      device.send(MUSE_TELEMETRY, [1, 74, 181, 184, 7, 64, 15, 127, 0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    });
    const last = frames().at(-1);
    expect(last?.bands?.[0]).toBeGreaterThan(0.9);
    expect(last).toMatchObject({ motion: 0, hrBpm: null });
    expect(last?.q.eeg).toBeGreaterThan(0.5);
    const shown = card();
    expect(shown).toMatchObject({ kind: 'muse', state: 'live', contact: 'good' });
    expect(shown.battery).toBeCloseTo(0.9086, 3);
    expect(shown.lost).toBeGreaterThan(0.01);
    expect(shown.lost).toBeLessThan(0.03);
    // It is told to stay awake.
    expect(device.written.filter((bytes) => bytes[1] === 'k'.charCodeAt(0)).length).toBeGreaterThan(2);
  });

  it('with a pulse sensor tells the heart as well', async () => {
    const device = fakeDevice('band', { [MUSE_SERVICE]: [MUSE_CONTROL, MUSE_INFRARED, ...MUSE_ELECTRODES.map(({ uuid }) => uuid)] });
    const { connect, seconds, frames } = page(bluetoothWith(device.device));
    await connect('muse');
    expect(device.written.map((bytes) => String.fromCharCode(...bytes.slice(1, -1)))).toEqual(['h', 'p50', 's', 'd']);
    // Made: each beat, .8 s apart, swallows a little of the light.
    const light = (sample: number): number[] => {
      const inBeat = (sample / 64) % 0.8;
      const value = Math.round(500_000 - 4_000 * Math.exp(-((inBeat - 0.3) * (inBeat - 0.3)) / 0.01));
      return [value >> 16, (value >> 8) & 255, value & 255];
    };
    let packets = 0;
    await seconds(40, (second) => {
      MUSE_ELECTRODES.forEach(({ uuid }, electrode) => device.send(uuid, eeg(second, electrode)));
      for (; packets < ((second + 1) * 64) / 6; packets += 1) {
        if (packets % 40 !== 7) device.send(MUSE_INFRARED, [packets >> 8, packets & 255, ...[0, 1, 2, 3, 4, 5].flatMap((i) => light(packets * 6 + i))]);
      }
    });
    const last = frames().at(-1);
    expect(last?.hrBpm).toBeGreaterThan(73);
    expect(last?.hrBpm).toBeLessThan(77);
    expect(last?.q.hr).toBeGreaterThan(0.8);
  });

  it('of a newer kind is told apart from one that does not answer', async () => {
    expect(await page(bluetoothWith(band(false).device)).connect('muse')).toBe('unsuitable');
    const away = band();
    away.drop();
    expect(await page(bluetoothWith(away.device)).connect('muse')).toBe('unreachable');
  });
});

describe('consent', () => {
  it('withdrawn takes the sleeper out at once; who comes back is someone new', async () => {
    const device = belt();
    const { connect, sensors, seconds, sent, frames, card } = page(bluetoothWith(device.device));
    await connect('heart');
    const beat = (): void => device.send(HEART_RATE_MEASUREMENT, BEAT);
    await seconds(10, beat);
    const { device: id } = card();
    sensors.setConsent(id, { ...YES, live: false });
    expect(sent.at(-1)).toEqual({ device: id, gone: true });
    const count = sent.length;
    await seconds(5, beat);
    expect(sent.length).toBe(count);
    expect(card().state).toBe('live');
    sensors.setConsent(id, { ...YES, record: false });
    await seconds(3, beat);
    expect(frames().at(-1)?.consent).toMatchObject({ live: true, record: false });
    expect(new Set(frames().map(({ sid }) => sid)).size).toBe(2);
  });

  it('changed while nothing is heard takes back what was given under the old one', async () => {
    const device = belt();
    const { connect, sensors, seconds, sent, card } = page(bluetoothWith(device.device));
    await connect('heart');
    await seconds(10, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    const { device: id } = card();
    device.drop();
    await seconds(20);
    sensors.setConsent(id, { ...YES, record: false });
    await seconds(1);
    expect(sent.at(-1)).toEqual({ device: id, gone: true });
  });

  it('forgotten is gone: no frame, no line, no card', async () => {
    const device = belt();
    const { connect, sensors, seconds, sent, cards, card } = page(bluetoothWith(device.device));
    await connect('heart');
    await seconds(5, () => device.send(HEART_RATE_MEASUREMENT, BEAT));
    const { device: id } = card();
    sensors.forget(id);
    expect(sent.at(-1)).toEqual({ device: id, gone: true });
    expect(device.device.gatt?.connected).toBe(false);
    expect(cards.at(-1)).toEqual([]);
    await seconds(30);
    expect(sent.at(-1)).toEqual({ device: id, gone: true });
    expect(device.connects).toBe(1);
  });
});

describe('looking for a device', () => {
  it('tells a person who changed their mind from a machine without Bluetooth', async () => {
    expect(await page(bluetoothWith(refusal('NotFoundError'))).connect('heart')).toBe('cancelled');
    expect(await page(bluetoothWith(refusal('NotFoundError'), false)).connect('heart')).toBe('no bluetooth');
    expect(await page(null).connect('heart')).toBe('no bluetooth');
    expect(await page(bluetoothWith(refusal('SecurityError'))).connect('heart')).toBe('failed');
  });

  it('does not connect one device twice', async () => {
    const { connect, cards } = page(bluetoothWith(belt().device));
    expect(await connect('heart')).toBe('connected');
    expect(await connect('heart')).toBe('already connected');
    expect(cards.at(-1)).toHaveLength(1);
  });

  it('can be given up while the device is being reached', async () => {
    const device = belt();
    device.hang();
    const { sensors, pass } = page(bluetoothWith(device.device));
    const outcome = sensors.connect({ kind: 'heart', consent: YES });
    await pass(0);
    sensors.giveUp();
    await pass(20_001);
    expect(await outcome).toBe('cancelled');
  });
});
