import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beatsPerMinute, microsPerQuarter, nextTempo } from '../../../core/compose/tempo.ts';
import { bpm, TICKS_PER_QUARTER } from '../../../core/units.ts';
import { frames, play } from '../../support/engine.ts';
import { firstLight } from '../../support/score.ts';
import { scene, smallScore } from '../../support/small-score.ts';

const unit = fc.integer({ min: 0, max: 1_000 }).map((value) => value / 1_000);
/** Rounding a quarter note to whole microseconds costs this much at 120 beats a minute. */
const ROUNDING = 0.001;

describe('tempo', () => {
  it('arrives between the waking and the deepest tempo by depth, quicker with discord', () => {
    const settle = (depth: number, discord: number): number => {
      let at = bpm(50);
      for (let bar = 0; bar < 100; bar += 1) at = nextTempo(scene('a', { tempo: [40, 60] }), at, depth, discord);
      return at;
    };
    expect(settle(0, 0.5)).toBe(60);
    expect(settle(1, 0.5)).toBe(40);
    // The mean of a crowd moves between .3 and .8, and so does the tempo.
    expect([settle(0.3, 0.5), settle(0.55, 0.5), settle(0.8, 0.5)]).toEqual([60, 50, 40]);
    expect(settle(0.55, 0.75)).toBe(51);
    expect(settle(0.55, 0.25)).toBe(49);
  });

  it('moves at most half a beat a minute from bar to bar, within 20 to 120, in the engine too', () => {
    fc.assert(
      fc.property(fc.tuple(fc.integer({ min: 80, max: 480 }), fc.integer({ min: 80, max: 480 })), fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 40 }), ([low, high], moves) => {
        const of = scene('a', { tempo: [low / 4, high / 4] });
        let from = bpm(high / 4);
        for (const [depth, discord] of moves) {
          const next = beatsPerMinute(microsPerQuarter(nextTempo(of, from, depth, discord)));
          expect(Math.abs(next - from)).toBeLessThanOrEqual(0.5 + ROUNDING);
          expect(next).toBeGreaterThanOrEqual(20 - ROUNDING);
          expect(next).toBeLessThanOrEqual(120 + ROUNDING);
          from = next;
        }
      }),
    );
  });

  it('changes on bar lines only, glides through a scene change, and says why', () => {
    const score = firstLight();
    const { events } = play(score, [...frames(0, 100, { depth: 0.2 }), [60, { kind: 'scene', scene: 'deep' }], ...frames(100, 240, { depth: 0.9 })], 240);
    const tempos = events.filter((event) => event.kind === 'tempo');
    expect(tempos.length).toBeGreaterThan(10);
    let before = tempos[0]?.microsPerQuarter ?? 0;
    for (const tempo of tempos) {
      expect(tempo.tick % (score.beatsPerBar * TICKS_PER_QUARTER)).toBe(0);
      expect(Math.abs(60_000_000 / tempo.microsPerQuarter - 60_000_000 / before)).toBeLessThanOrEqual(0.5 + ROUNDING);
      expect(tempo.cause.signals).toHaveProperty('depth');
      before = tempo.microsPerQuarter;
    }
    expect(60_000_000 / before).toBeLessThan(50);
  });

  it('begins on its grid even where the score asks for an odd tempo, so that the first steps are small too', () => {
    const { events } = play(smallScore({ scenes: [scene('a', { tempo: [40, 58.1] })] }), frames(0, 60, { depth: 1 }), 60);
    const tempos = events.flatMap((event) => (event.kind === 'tempo' ? [60_000_000 / event.microsPerQuarter] : []));
    expect(tempos.length).toBeGreaterThan(3);
    tempos.forEach((tempo, at) => expect(Math.abs(tempo - (tempos[at - 1] ?? tempo))).toBeLessThanOrEqual(0.5 + ROUNDING));
  });
});
