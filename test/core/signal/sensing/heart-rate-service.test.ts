import { describe, expect, it } from 'vitest';
import { parseBattery, parseHeartRate } from '../../../../core/signal/sensing/heart-rate-service.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.split(' ').map((each) => Number.parseInt(each, 16)));

describe('heart rate measurements', () => {
  it('reads what a Polar H7 sent: a rate alone, then with one interval', () => {
    // Noted down by the project cal-id/Polar-H7-Pi from a belt on a chest.
    expect(parseHeartRate(bytes('06 3c'))).toEqual({ bpm: 60, contact: 'touching', energyKj: null, intervalsMs: [] });
    expect(parseHeartRate(bytes('16 3c 11 04'))).toEqual({ bpm: 60, contact: 'touching', energyKj: null, intervalsMs: [1_016.6015625] });
    expect(parseHeartRate(bytes('16 3c f5 03'))?.intervalsMs).toEqual([989.2578125]);
  });

  it('reads every flag: a wide rate, energy, several intervals', () => {
    expect(parseHeartRate(bytes('1f 2c 01 0a 00 00 04 00 02'))).toEqual({ bpm: 300, contact: 'touching', energyKj: 10, intervalsMs: [1_000, 500] });
    expect(parseHeartRate(bytes('18 48 34 12 9a 03'))).toEqual({ bpm: 72, contact: 'unknown', energyKj: 0x1234, intervalsMs: [900.390625] });
  });

  it('tells a belt that hangs loose from one that cannot tell', () => {
    expect(parseHeartRate(bytes('04 00'))).toMatchObject({ bpm: null, contact: 'off' });
    expect(parseHeartRate(bytes('00 41'))).toMatchObject({ bpm: 65, contact: 'unknown' });
    // The contact bit means nothing where the belt does not say that it can tell.
    expect(parseHeartRate(bytes('02 41'))?.contact).toBe('unknown');
  });

  it('keeps to its own part of a larger buffer', () => {
    const larger = bytes('ff ff 16 3c 00 04 ff ff');
    expect(parseHeartRate(larger.subarray(2, 6))).toMatchObject({ bpm: 60, intervalsMs: [1_000] });
  });

  it('refuses what is cut short or too long, and leaves out half an interval', () => {
    for (const broken of ['', '10', '11 3c', '08 3c', '08 3c 01', '19 3c 00 01'] as const) expect(parseHeartRate(broken === '' ? new Uint8Array() : bytes(broken))).toBeNull();
    expect(parseHeartRate(new Uint8Array(245))).toBeNull();
    expect(parseHeartRate(bytes('10 3c 00 04 07'))?.intervalsMs).toEqual([1_000]);
  });

  it('reads the battery', () => {
    expect([bytes('55'), bytes('00'), bytes('64'), bytes('65'), bytes('55 00')].map(parseBattery)).toEqual([0.85, 0, 1, null, null]);
  });
});
