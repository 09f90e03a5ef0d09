import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD } from '../../../core/signal/fold.ts';
import type { PodFrame } from '../../../core/signal/pod-frame.ts';
import { decodeShardMessage, encodeBatch, encodeMark, type Forwarded, type ShardMessage } from '../../../nexus/scale/forward.ts';
import { createOwner, type Owner } from '../../../nexus/scale/owner.ts';
import { decodePartial, encodePartial } from '../../../nexus/scale/partial.ts';
import { podFrame } from '../../support/pods.ts';

const T = 1_800_000_000_000;
const speaker = { since: T, id: 5 };
const sid = (pod: number): string => pod.toString(16).padStart(16, '0');
const frame = (pod: number, seq: number, at: number, changes: Partial<PodFrame> = {}): Forwarded => ({ kind: 'frame', at: T + at, frame: podFrame({ sid: sid(pod), seq, tMono: seq * 1_000, ...changes }) });
const batch = (...items: readonly Forwarded[]): ShardMessage => ({ kind: 'batch', items });

const listening = (firstMs = 1_000, of = 1): Owner => {
  const owner = createOwner({ shard: 0, of, speaker, firstMs });
  owner.take({ kind: 'mark', speaker });
  return owner;
};
/** So many pods send once a second; gives the pods in the sums at the end of each second. */
const night = (owner: Owner, pods: readonly number[], from: number, to: number, changes: Partial<PodFrame> = {}): number[] => {
  const counts: number[] = [];
  for (let second = from; second < to; second += 1) {
    owner.take(batch(...pods.map((pod) => frame(pod, second, second * 1_000 + 10 * pod, changes))));
    for (let quarter = 1; quarter < 4; quarter += 1) owner.at(T + second * 1_000 + quarter * 250);
    counts.push(owner.at(T + second * 1_000 + 1_000).sums.live[FIELD.pods] ?? -1);
  }
  return counts;
};
const podsAt = (owner: Owner, at: number): number => owner.at(T + at).sums.live[FIELD.pods] ?? -1;

describe('the owner of a partition', () => {
  it('hears nothing before its mark, and only its own', () => {
    const owner = createOwner({ shard: 0, of: 1, speaker, firstMs: 0 });
    owner.take({ kind: 'mark', speaker: { since: T, id: 6 } });
    expect(owner.listens()).toBe(false);
    night(owner, [1, 2], 0, 3);
    expect(owner.at(T + 3_000)).toMatchObject({ heard: 0 });
    owner.take({ kind: 'mark', speaker });
    expect(night(owner, [1, 2], 3, 8).at(-1)).toBe(2);
    expect(owner.at(T + 8_000).heard).toBe(5);
  });

  it('lets newcomers in together, two at least, five minutes apart', () => {
    const owner = listening();
    expect(night(owner, [1], 0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(new Set(night(owner, [1, 2, 3], 10, 20))).toEqual(new Set([0, 3]));
    const later = night(owner, [1, 2, 3, 4, 5], 20, 330);
    expect(new Set(later)).toEqual(new Set([3, 5]));
    expect(later.indexOf(5)).toBeGreaterThan(285);
  });

  it('takes stamps of clocks that are off as near as they can be', () => {
    const slow = listening();
    const right = listening();
    for (const [owner, off] of [[slow, 30_000], [right, 0]] as const) {
      for (let second = 0; second < 8; second += 1) {
        // Every other frame comes by the intake whose clock is off.
        owner.take(batch(...[1, 2, 3].map((pod) => frame(pod, second, second * 1_000 - (second % 2) * off, { respPhase: null }))));
        for (let quarter = 1; quarter <= 4; quarter += 1) owner.at(T + second * 1_000 + quarter * 250);
      }
    }
    expect(slow.at(T + 8_250).sums.live[FIELD.N2]).toEqual(right.at(T + 8_250).sums.live[FIELD.N2]);
    const ahead = listening();
    for (let second = 0; second < 8; second += 1) {
      ahead.take(batch(...[1, 2, 3].map((pod) => frame(pod, second, second * 1_000 + 60_000))));
      for (let quarter = 1; quarter <= 4; quarter += 1) ahead.at(T + second * 1_000 + quarter * 250);
    }
    expect(podsAt(ahead, 8_250)).toBe(3);
  });

  it('obeys a bye at once, and no frame that was overtaken brings the pod back', () => {
    const owner = listening();
    night(owner, [1, 2, 3], 0, 6);
    owner.take(batch({ kind: 'bye', at: T + 6_000, sid: sid(2) }));
    owner.take(batch(frame(2, 7, 6_010), frame(2, 8, 7_000)));
    expect(podsAt(owner, 6_250)).toBe(2);
    expect(owner.at(T + 8_000).sums.live[FIELD.pods]).toBe(2);
    expect(owner.counts().waiting).toBe(0);
  });

  it('ends a consent with its day, or with its own word, and says when the next one ends', () => {
    const owner = listening();
    const consent = { ...podFrame().consent, expiresAt: T + 9_000 };
    night(owner, [1, 2], 0, 6, { consent });
    expect(owner.at(T + 6_000)).toMatchObject({ until: T + 9_000 });
    expect(podsAt(owner, 8_750)).toBe(2);
    expect(podsAt(owner, 9_000)).toBe(0);
    const long = listening();
    night(long, [1, 2], 0, 6);
    expect((long.at(T + 6_250).until ?? 0) - T).toBeLessThanOrEqual(24 * 3_600_000 + 500);
  });

  it('takes no one who agrees no more to be kept into what is kept', () => {
    const owner = listening();
    night(owner, [1, 2, 3], 0, 6);
    expect(owner.at(T + 6_000).sums.kept[FIELD.pods]).toBe(3);
    owner.take(batch({ kind: 'consent', at: T + 6_100, sid: sid(1), consent: { ...podFrame().consent, record: false } }));
    const { sums } = owner.at(T + 6_250);
    expect([sums.live[FIELD.pods], sums.kept[FIELD.pods]]).toEqual([3, 2]);
  });

  it('counts what it lets go: floods, frames again, pods of others', () => {
    const owner = listening(1_000, 2);
    for (let i = 0; i < 40; i += 1) owner.take(batch(...Array.from({ length: 20 }, (_, pod) => frame(pod, i, 1))));
    owner.at(T + 250);
    const { strays, tooFast } = owner.counts();
    expect(strays % 40).toBe(0);
    expect(strays).toBeGreaterThan(0);
    expect(tooFast).toBeGreaterThan(100);
  });
});

describe('what shards say to each other', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  it('comes through to the bit', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ hrBpm: fc.option(fc.double({ min: 20, max: 250, noNaN: true }), { nil: null }), motion: fc.option(share, { nil: null }), respPhase: fc.option(fc.double({ min: 0, max: 6.28, noNaN: true }), { nil: null }), seq: fc.nat() }), { maxLength: 20 }), (all) => {
        const items = all.map((changes, pod) => frame(pod, 0, pod, changes));
        expect(decodeShardMessage(encodeBatch(items))).toEqual({ kind: 'batch', items });
      }),
    );
    expect(decodeShardMessage(encodeMark(speaker))).toEqual({ kind: 'mark', speaker });
    const owner = listening();
    night(owner, [1, 2, 3], 0, 6);
    const partial = owner.at(T + 6_000);
    expect(decodePartial(encodePartial(partial))).toEqual(partial);
  });

  it('is refused where it cannot be: sums that so few pods never make, parts larger than the whole, odd moments', () => {
    const owner = listening();
    night(owner, [1, 2, 3], 0, 6);
    const partial = owner.at(T + 6_000);
    const { live, kept, published } = partial.sums;
    const changed = (field: number, value: number): Float64Array => live.map((each, i) => (i === field ? value : each));
    const wrong = [
      { ...partial, moment: T + 1 },
      { ...partial, shard: 1 },
      { ...partial, sums: { live: changed(FIELD.pods, 1), kept, published } },
      { ...partial, sums: { live: changed(FIELD.W, -1), kept, published } },
      { ...partial, sums: { live: changed(FIELD.heart, 1e12), kept, published } },
      { ...partial, sums: { live: changed(FIELD.N2, 0.5), kept, published } },
      { ...partial, sums: { live, kept: live.map((value) => value * 2), published } },
      { ...partial, chanting: { voices: 1, strength: 5_000 } },
    ];
    for (const each of wrong) expect(decodePartial(encodePartial(each))).toBeNull();
  });
});
