import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGatheringClock } from '../../../renderer/engine/clock/gathering-clock.ts';
import { createOutputMap } from '../../../renderer/engine/clock/output-map.ts';

describe('the gathering clock', () => {
  it('counts from its origin on the audio clock', () => {
    const clock = createGatheringClock(2);
    expect(clock.read(1.5, 1_000).now).toBeCloseTo(-500_000);
    expect(clock.read(3.25, 2_000)).toEqual({ now: 1_250_000, from: 'audio', audioIsBack: false });
  });

  it('goes on by the wall, without a step, when the audio clock stands still', () => {
    const clock = createGatheringClock(0);
    expect(clock.read(10, 5_000).now).toBe(10_000_000);
    expect(clock.read(10, 5_400)).toEqual({ now: 10_000_000, from: 'audio', audioIsBack: false });
    const leading = clock.read(10, 5_600);
    expect(leading.from).toBe('wall');
    expect(leading.now).toBeCloseTo(10_600_000);
    expect(clock.read(10, 6_600).now).toBeCloseTo(11_600_000);
  });

  it('trusts the audio clock again only once it is anchored', () => {
    const clock = createGatheringClock(0);
    clock.read(10, 5_000);
    clock.read(10, 8_000);
    expect(clock.read(10.5, 8_500)).toMatchObject({ from: 'wall', audioIsBack: false });
    for (let step = 1; step <= 4; step += 1) clock.read(10.5, 8_500);
    expect(clock.read(10.5, 8_500).audioIsBack).toBe(false);
    for (let step = 1; step <= 4; step += 1) expect(clock.read(10.5 + step / 100, 8_500 + step * 10).audioIsBack).toBe(step === 4);
    clock.anchor(10.5 - 13.5);
    const reading = clock.read(10.6, 8_600);
    expect(reading.from).toBe('audio');
    expect(reading.now).toBeCloseTo(13_600_000);
  });

  it('never runs back, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ audio: fc.double({ min: -1, max: 100, noNaN: true }), wall: fc.integer({ min: 0, max: 100_000 }) }), { minLength: 2 }), (readings) => {
        const clock = createGatheringClock(0);
        let before = -Infinity;
        for (const { audio, wall } of readings) {
          const { now } = clock.read(audio, wall);
          expect(now).toBeGreaterThanOrEqual(before);
          before = now;
        }
      }),
    );
  });
});

describe('the map from audio time to performance time', () => {
  it('follows a drift of 15 ms a minute closely', () => {
    const map = createOutputMap();
    for (let second = 0; second <= 600; second += 0.05) map.observe(second, second * 1_000 * (1 + 0.015 / 60) + 3);
    expect(Math.abs((map.toPerformance(600) ?? 0) - (600_000 * (1 + 0.015 / 60) + 3))).toBeLessThan(1);
  });

  it('smooths the jitter of readings, and takes a new device at once', () => {
    const map = createOutputMap();
    for (let index = 0; index < 400; index += 1) map.observe(index, index * 1_000 + (index % 2 === 0 ? 10 : -10));
    expect(Math.abs((map.toPerformance(400) ?? 0) - 400_000)).toBeLessThan(12);
    map.observe(401, 401_000 + 500);
    expect(map.toPerformance(401)).toBeCloseTo(401_500);
  });

  it('says nothing before it has heard anything', () => {
    expect(createOutputMap().toPerformance(1)).toBeNull();
  });
});
