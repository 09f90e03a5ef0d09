import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD, emptyShard, type Shard } from '../../core/signal/fold.ts';
import type { PodFrame } from '../../core/signal/pod-frame.ts';
import { podTopic } from '../../nexus/adapters/topics.ts';
import { AROUSALS_APART_MS } from '../../nexus/guard/intake.ts';
import { addHeard, hear, type Heard } from '../../nexus/heard.ts';
import { runMerger } from '../../nexus/scale/merger.ts';
import type { Sums } from '../../nexus/scale/partial.ts';
import { runShard } from '../../nexus/scale/shard.ts';
import { partitionOf } from '../../nexus/scale/topics.ts';
import { fakeBroker, fakeWallClock } from '../nexus/scale/fake-broker.ts';
import { podFrame } from '../support/pods.ts';

const START = 1_800_000_000_000;
/** The first batch of a partition is called so long after its first frame; every pod has sent before and sends after it. */
const FIRST_MS = 1_000;
const SETTLED_MS = 3_000;
const END_MS = 6_000;
const GATHERING = 'law';

interface Event {
  readonly at: number;
  readonly frame: PodFrame;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const content = fc.record({
  pStage: fc.constantFrom(null, [0.1, 0.2, 0.3, 0.15, 0.25] as const, [0, 0, 0.8, 0.2, 0] as const).map((p): PodFrame['pStage'] => (p === null ? null : [...p])),
  hrBpm: fc.option(fc.double({ min: 20, max: 250, noNaN: true }), { nil: null }),
  respHz: fc.option(fc.double({ min: 0.02, max: 2, noNaN: true }), { nil: null }),
  respPhase: fc.option(fc.double({ min: 0, max: 6.28, noNaN: true }), { nil: null }),
  motion: fc.option(share, { nil: null }),
  arousal: fc.constantFrom(0 as const, 1 as const, null),
  q: fc.record({ eeg: share, hr: share, resp: share, motion: share }),
});

/** Ids for so many pairs, each pair in one partition of so many, so that every owner has two or none. */
const pairsOf = (pairs: number, of: number, from: number): string[] => {
  const sid = (n: number): string => n.toString(16).padStart(16, '0');
  const found: string[] = [];
  for (let pair = 0, n = from; pair < pairs; pair += 1) {
    const first = sid(n);
    n += 1;
    while (partitionOf(sid(n), of) !== partitionOf(first, of)) n += 1;
    found.push(first, sid(n));
    n += 1;
  }
  return found;
};

const gathering = fc
  .record({ of: fc.integer({ min: 1, max: 5 }), pairs: fc.integer({ min: 1, max: 5 }), from: fc.nat({ max: 1_000_000 }), kept: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }) })
  .chain(({ of, pairs, from, kept }) => {
    const sids = pairsOf(pairs, of, from);
    const ticks = END_MS / 500;
    const one = fc.tuple(fc.array(fc.option(content), { minLength: ticks, maxLength: ticks }), fc.integer({ min: 0, max: 499 }));
    return fc.record({ of: fc.constant(of), kept: fc.constant(kept), sids: fc.constant(sids), lives: fc.array(one, { minLength: sids.length, maxLength: sids.length }), choices: fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 40 }) });
  });

const eventsOf = (sids: readonly string[], kept: readonly boolean[], lives: readonly (readonly [readonly (Partial<PodFrame> | null)[], number])[]): Event[] =>
  sids
    .flatMap((sid, pod) => {
      const [ticks, phase] = lives[pod] ?? [[], 0];
      const agreed = kept[pod >> 1] ?? true;
      return ticks.flatMap((changes, tick): Event[] => {
        // In the beginning every pod speaks, so that all of them wait and are called in one batch.
        if (changes === null && tick > 4) return [];
        return [{ at: tick * 500 + phase, frame: podFrame({ ...changes, sid, seq: tick, consent: { live: true, record: agreed, soloVoice: false, publish: agreed, expiresAt: null } }) }];
      });
    })
    .toSorted((a, b) => a.at - b.at);

/** The moment at which the first batch of each partition is called: what came until then was not kept. */
const callsOf = (events: readonly Event[], of: number): number[] =>
  Array.from({ length: of }, (_, shard) => {
    const first = events.find(({ frame }) => partitionOf(frame.sid, of) === shard)?.at ?? 0;
    return Math.ceil((first + FIRST_MS) / 250) * 250;
  });

/** The fold over everything, in one go and without a shard. */
const wholeAt = (events: readonly Event[], moment: number, calls: readonly number[], counts: (frame: PodFrame) => boolean): Shard => {
  const heard = new Map<string, Heard>();
  for (const { at, frame } of events) {
    if (START + at > moment || at <= (calls[partitionOf(frame.sid, calls.length)] ?? 0) || !counts(frame)) continue;
    heard.set(frame.sid, hear(heard.get(frame.sid) ?? null, frame, START + at, AROUSALS_APART_MS));
  }
  return [...heard.values()].reduce((sum, each) => addHeard(sum, each, moment), emptyShard());
};

describe('law: scale', () => {
  it('any split of any frames over any intakes and owners is the fold of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(gathering, async ({ of, kept, sids, lives, choices }) => {
        const clock = fakeWallClock(START);
        let turn = 0;
        const broker = fakeBroker(() => choices[(turn += 1) % choices.length] ?? 0);
        const source = { url: 'mqtt://fake:1883', version: 5, username: null, password: null, ca: null, circle: 'one' } as const;
        const merged = new Map<number, Sums>();
        const shards = Array.from({ length: of }, (_, shard) => runShard({ broker: source, gathering: GATHERING, shard, of, clock, firstMs: FIRST_MS, link: broker.link }));
        const merger = runMerger({ broker: source, gathering: GATHERING, of, clock, link: broker.link, onMerged: ({ sums }, moment) => merged.set(moment, sums) });
        for (const program of [...shards, merger]) await program.start();
        const events = eventsOf(sids, kept, lives);
        const calls = callsOf(events, of);
        for (const { at, frame } of events) {
          clock.advance(START + at - clock.unix());
          broker.publish(podTopic(GATHERING, frame.sid, 'frame'), JSON.stringify(frame));
        }
        clock.advance(END_MS + 1_000 - clock.now());
        expect(merged.get(START + SETTLED_MS)?.live[FIELD.pods]).toBe(sids.length);
        for (let moment = START + SETTLED_MS; moment <= START + END_MS; moment += 250) {
          expect(merged.get(moment)?.live).toEqual(wholeAt(events, moment, calls, () => true));
          expect(merged.get(moment)?.kept).toEqual(wholeAt(events, moment, calls, ({ consent }) => consent.record));
          expect(merged.get(moment)?.published).toEqual(wholeAt(events, moment, calls, ({ consent }) => consent.publish));
        }
        for (const program of [...shards, merger]) await program.stop();
        expect(clock.waiting).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});
