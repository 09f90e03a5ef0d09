import { describe, expect, it } from 'vitest';
import { keepBeat } from '../../nexus/beat.ts';
import { fakeClock } from '../support/fake-clock.ts';

describe('the beat', () => {
  it('comes at once and then every so often, whatever each call costs', () => {
    const clock = fakeClock();
    const times: number[] = [];
    keepBeat(clock, 250, () => times.push(clock.now()) > 0);
    clock.advance(1_000, 20);
    expect(times).toEqual([0, 270, 520, 770, 1020]);
  });

  it('begins anew after a stall instead of making up for what was missed', () => {
    const clock = fakeClock();
    const times: number[] = [];
    keepBeat(clock, 250, (count) => times.push(clock.now()) > 0 && count < 8);
    clock.advance(250, 5_000);
    clock.advance(1_000);
    expect(times.slice(1)).toEqual([5_250, 5_250, 5_500, 5_750, 6_000, 6_250]);
  });

  it('ends where the call says so, where it is told so, and where the call itself tells it', () => {
    const clock = fakeClock();
    let calls = 0;
    keepBeat(clock, 100, (count) => {
      calls += 1;
      return count < 2;
    });
    clock.advance(1_000);
    expect(calls).toBe(3);
    const end = keepBeat(clock, 100, () => {
      calls += 1;
      if (calls === 5) end();
      return true;
    });
    clock.advance(1_000);
    expect(calls).toBe(5);
    expect(clock.waiting).toBe(0);
  });
});
