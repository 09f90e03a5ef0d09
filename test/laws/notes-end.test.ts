import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../core/engine/advance.ts';
import type { StampedInput } from '../../core/engine/input.ts';
import { initialState } from '../../core/engine/state.ts';
import { BAR_HORIZON } from '../../core/engine/timing.ts';
import { createPerformer } from '../../core/events/perform.ts';
import type { Performed } from '../../core/events/performed.ts';
import { tickAt } from '../../core/time/tempo-map.ts';
import { micros } from '../../core/units.ts';
import { anyJournal } from '../support/journals.ts';
import { firstLight } from '../support/score.ts';

const score = firstLight();
const SPAN = 60_000_000;

/** Advances and performs in the given steps of time, then ends everything. */
const perform = (seed: number, journal: readonly StampedInput[], cuts: readonly number[]): Performed[] => {
  let state = initialState(score, seed);
  const performer = createPerformer();
  const out: Performed[] = [];
  for (const cut of [...cuts].sort((a, b) => a - b).concat(SPAN)) {
    const advanced = advance(state, journal, micros(cut));
    state = advanced.state;
    out.push(...performer.perform(advanced.events, state.tempo, micros(cut)));
  }
  return [...out, ...performer.finish(state.tempo, micros(SPAN), tickAt(state.tempo, micros(SPAN)))];
};

const anyCuts = fc.array(fc.integer({ min: 0, max: SPAN }), { maxLength: 20 });
const anySeed = fc.integer({ min: 0, max: 0xffff_ffff });

describe('laws of the expander', () => {
  it('every note that begins ends once, later, and no key of a layer sounds twice at a time', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), anyCuts, (seed, journal, cuts) => {
        const sounding = new Map<string, number>();
        let before = 0;
        for (const performed of perform(seed, journal, cuts)) {
          expect(performed.t).toBeGreaterThanOrEqual(before);
          before = performed.t;
          if (performed.kind !== 'on' && performed.kind !== 'off') continue;
          const key = `${performed.layer}/${performed.pitch}`;
          expect(sounding.get(key)).toBe(performed.kind === 'on' ? undefined : performed.note);
          if (performed.kind === 'on') sounding.set(key, performed.note);
          else sounding.delete(key);
        }
        expect([...sounding]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('performing in pieces gives the same stream as in one go', () => {
    fc.assert(
      fc.property(anySeed, anyJournal(score, SPAN), anyCuts, (seed, journal, cuts) => {
        expect(perform(seed, journal, cuts)).toEqual(perform(seed, journal, []));
      }),
      { numRuns: 40 },
    );
  });

  it('after a panic nothing begins until the music is asked to go on', () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: 1_000_000, max: 20_000_000 }), (seed, at) => {
        const journal: StampedInput[] = [
          { seq: 0, effective: at, input: { kind: 'panic' } },
          { seq: 1, effective: at + 20_000_000, input: { kind: 'resume' } },
        ];
        const stream = perform(seed, journal, []);
        const panic = stream.findIndex((performed) => performed.kind === 'cue' && performed.cue === 'panic');
        const resume = stream.findIndex((performed) => performed.kind === 'cue' && performed.cue === 'resume');
        expect(panic).toBeGreaterThan(-1);
        expect(stream[panic]?.t).toBeLessThanOrEqual(at + 200_000);
        expect(stream.slice(panic, resume).filter(({ kind }) => kind === 'on' || kind === 'off')).toEqual([]);
        expect(stream.slice(resume).some(({ kind }) => kind === 'on')).toBe(true);
        expect(BAR_HORIZON).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });
});
