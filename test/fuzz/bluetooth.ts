import { createMovementReader } from '../../core/signal/sensing/movement.ts';
import { parseBattery, parseHeartRate } from '../../core/signal/sensing/heart-rate-service.ts';
import { createSequenceCounter, parseMuseAcceleration, parseMuseBattery, parseMuseEeg, parseMusePulse } from '../../core/signal/sensing/muse.ts';
import { damaged, type Fuzzer } from './fuzzer.ts';

/** A belt with every field, and packets of a band. */
const SOUND: readonly [readonly number[], ...(readonly number[])[]] = [
  [0x1f, 0x3c, 0x00, 0x0a, 0x00, 0x11, 0x04, 0xf5, 0x03],
  [0x16, 0x3c, 0x11, 0x04],
  [1, 2, 87, 33, 192, 82, 73, 6, 106, 242, 49, 64, 88, 153, 128, 66, 254, 44, 119, 157],
  [82, 109, 17, 227, 13, 157, 60, 115, 18, 5, 13, 73, 60, 53, 17, 183, 13, 178, 60, 143],
];

const within = (values: readonly number[], low: number, high: number): void => {
  if (!values.every((value) => value >= low && value <= high)) throw new Error('a value lies outside of its range');
};

/** Bytes that a Bluetooth device (or one that pretends to be it) may send. */
export const bluetoothFuzzer = (): Fuzzer => {
  const movement = createMovementReader(52);
  return {
    name: 'bluetooth',
    make: (chance) => (chance.below(10) === 0 ? chance.bytes(chance.below(600)) : damaged(Uint8Array.from(chance.pick(SOUND)), chance)),
    feed: (input) => {
      if (!(input instanceof Uint8Array)) throw new Error('the fuzzer made no bytes');
      const heart = parseHeartRate(input);
      within([...(heart?.intervalsMs ?? []), heart?.bpm ?? 0], 0, 65_535);
      if ((heart?.intervalsMs.length ?? 0) > 122) throw new Error('more intervals than a packet holds');
      within([parseBattery(input) ?? 0, parseMuseBattery(input) ?? 0], 0, 1);
      within(parseMuseEeg(input)?.samples ?? [], -1_000, 1_000);
      within(parseMusePulse(input)?.samples ?? [], 0, 0xff_ffff);
      for (const sample of parseMuseAcceleration(input)?.samples ?? []) {
        within(sample, -2.01, 2.01);
        movement.push(sample);
      }
      within([movement.read()?.value ?? 0], 0, 1);
      const counter = createSequenceCounter();
      for (let at = 0; at + 1 < Math.min(input.length, 64); at += 2) within([counter.hear((input[at] ?? 0) * 256 + (input[at + 1] ?? 0)) ?? 0], 0, 256);
    },
  };
};
