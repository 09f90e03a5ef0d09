import { describe, expect, it } from 'vitest';
import { createMovementReader } from '../../../../core/signal/sensing/movement.ts';
import { createSequenceCounter, museBeginning, museCommand, parseMuseAcceleration, parseMuseBattery, parseMuseEeg, parseMusePulse } from '../../../../core/signal/sensing/muse.ts';

describe('packets of a Muse', () => {
  it('reads twelve samples of an electrode', () => {
    // Samples that muse-js keeps in its tests as they came from a band (without the two bytes of the sequence number).
    const packet = Uint8Array.from([1, 2, 87, 33, 192, 82, 73, 6, 106, 242, 49, 64, 88, 153, 128, 66, 254, 44, 119, 157]);
    const steps = [1394, 448, 1316, 2310, 1711, 561, 1029, 2201, 2052, 766, 711, 1949];
    expect(parseMuseEeg(packet)).toEqual({ sequence: 258, samples: steps.map((step) => (step - 2_048) * 0.48828125) });
    expect(parseMuseEeg(Uint8Array.from([0, 1, ...Array.from({ length: 6 }, () => [40, 3, 128]).flat()]))?.samples).toEqual(Array.from({ length: 6 }, () => [-687.5, -562.5]).flat());
  });

  it('reads acceleration, battery and pulse', () => {
    const acceleration = parseMuseAcceleration(Uint8Array.from([82, 109, 17, 227, 13, 157, 60, 115, 18, 5, 13, 73, 60, 53, 17, 183, 13, 178, 60, 143]));
    expect(acceleration?.sequence).toBe(21_101);
    expect(acceleration?.samples[0]).toEqual([4_579 * 0.0000610352, 3_485 * 0.0000610352, 15_475 * 0.0000610352]);
    // Nearly one g in all: the band lay still.
    for (const [x, y, z] of acceleration?.samples ?? []) expect(Math.hypot(x, y, z)).toBeCloseTo(1, 1);
    expect(parseMuseBattery(Uint8Array.from([1, 74, 181, 184, 7, 64, 15, 127, 0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeCloseTo(0.90859375, 10);
    expect(parseMusePulse(Uint8Array.from([0, 9, 0, 0, 1, 0, 1, 0, 1, 0, 0, 255, 255, 255, 0, 0, 0, 18, 52, 86]))).toEqual({ sequence: 9, samples: [1, 256, 65_536, 0xff_ffff, 0, 0x12_3456] });
  });

  it('refuses packets of another length, and a battery beyond full', () => {
    for (const length of [0, 1, 2, 19, 21, 512]) {
      const packet = new Uint8Array(length);
      expect([parseMuseEeg(packet), parseMusePulse(packet), parseMuseAcceleration(packet), parseMuseBattery(packet)]).toEqual([null, null, null, null]);
    }
    expect(parseMuseBattery(new Uint8Array(20).fill(255))).toBeNull();
  });

  it('writes commands with their length and a line end', () => {
    expect([...museCommand('p21')]).toEqual([4, 112, 50, 49, 10]);
    expect([...museCommand('h')]).toEqual([2, 104, 10]);
    expect(museBeginning(false)).toEqual(['h', 'p21', 's', 'd']);
    for (const wrong of ['', 'd\n', 'x'.repeat(19)]) expect(() => museCommand(wrong)).toThrow(RangeError);
  });
});

describe('lost packets', () => {
  it('are counted by the sequence number, around its end as well', () => {
    const counter = createSequenceCounter();
    expect([65_533, 65_534, 1, 2, 5].map((sequence) => counter.hear(sequence))).toEqual([0, 0, 2, 0, 2]);
    expect([counter.heard, counter.lost]).toEqual([5, 4]);
  });

  it('leave out what comes twice or late, and do not count a band that began anew', () => {
    const counter = createSequenceCounter();
    expect([100, 100, 99, 101].map((sequence) => counter.hear(sequence))).toEqual([0, null, null, 0]);
    expect(counter.hear(20_000)).toBe(0);
    expect(counter.hear(20_001)).toBe(0);
    expect(counter.lost).toBe(0);
  });
});

describe('movement', () => {
  it('is nothing in a band that lies still, whichever way it lies, and all in one that is shaken', () => {
    const still = createMovementReader(52);
    expect(still.read()).toBeNull();
    for (let i = 0; i < 52; i += 1) still.push([0.28, 0.21, 0.94 + (i % 2) * 0.002]);
    expect(still.read()).toEqual({ value: 0, quality: 1 });
    for (let i = 0; i < 52; i += 1) still.push([i % 2 === 0 ? 0.3 : -0.3, 0.2, 0.9]);
    expect(still.read()?.value).toBe(1);
  });

  it('passes over what is no acceleration', () => {
    const reader = createMovementReader(2);
    reader.push([Number.NaN, 0, 1]);
    reader.push([0, 500, 1]);
    expect(reader.read()).toBeNull();
  });
});
