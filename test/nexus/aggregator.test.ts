import { describe, expect, it } from 'vitest';
import { NEUTRAL_MEASURES } from '../../core/signal/collective.ts';
import { collectiveFrameSchema } from '../../core/signal/collective-frame.ts';
import { createAggregator } from '../../nexus/aggregator.ts';
import { podFrame, sharp } from '../support/pods.ts';

const sid = (i: number): string => i.toString(16).padStart(16, '0');

describe('the aggregator', () => {
  it('says nothing of anyone below the gate, and how many there are', () => {
    const aggregator = createAggregator({ minimumPods: 5 });
    for (let i = 0; i < 4; i += 1) aggregator.accept(podFrame({ sid: sid(i) }), 0);
    expect(aggregator.frameAt(0)).toEqual({ t: 0, n: 4, gated: true, ...NEUTRAL_MEASURES });
    expect(collectiveFrameSchema.safeParse(aggregator.frameAt(1)).success).toBe(true);
    aggregator.accept(podFrame({ sid: sid(4) }), 250);
    expect(aggregator.frameAt(250)).toMatchObject({ t: 250_000, n: 5, gated: false, depth: 0.66 });
    expect(aggregator.health(250)).toEqual({ pods: 5, gated: false, quality: 1 });
  });

  it('plays one recording of one\'s own with a gate of 1', () => {
    const aggregator = createAggregator({ minimumPods: 1 });
    aggregator.accept(podFrame(), 0);
    expect(aggregator.frameAt(0)).toMatchObject({ n: 1, gated: false, synchrony: null, concordance: 0, unity: 0, heartBpm: 60 });
  });

  it('lets stale data fade from 90 s on and drops the pod at 180 s', () => {
    const aggregator = createAggregator({ minimumPods: 1 });
    aggregator.accept(podFrame(), 0);
    const share = (now: number): number => aggregator.frameAt(now).share[2];
    expect(share(90_000)).toBeCloseTo(1.5 / 3.5, 4);
    expect(share(135_000)).toBeCloseTo(1 / 3, 4);
    expect(aggregator.frameAt(179_000).n).toBe(1);
    expect(aggregator.frameAt(180_000)).toMatchObject({ n: 0, gated: true });
  });

  it('carries a breath on between pod frames, and not for long', () => {
    const aggregator = createAggregator({ minimumPods: 1 });
    aggregator.accept(podFrame({ sid: sid(1), respPhase: 0, respHz: 0.25 }), 0);
    aggregator.accept(podFrame({ sid: sid(2), respPhase: Math.PI / 2, respHz: 0.25 }), 1_000);
    expect(aggregator.frameAt(1_000).synchrony).toBe(1);
    expect(aggregator.frameAt(15_000).synchrony).toBeNull();
  });

  it('takes a pod out at once on withdrawal, on a frame without consent, and when consent runs out', () => {
    const aggregator = createAggregator({ minimumPods: 1, unixStart: 1_000_000 });
    const consent = { ...podFrame().consent, expiresAt: 1_005_000 };
    aggregator.accept(podFrame({ sid: sid(1) }), 0);
    aggregator.accept(podFrame({ sid: sid(2) }), 0);
    aggregator.accept(podFrame({ sid: sid(3), consent }), 0);
    expect(aggregator.frameAt(4_999).n).toBe(3);
    expect(aggregator.frameAt(5_000).n).toBe(2);
    aggregator.withdraw(sid(1));
    expect(aggregator.frameAt(5_001).n).toBe(1);
    aggregator.accept(podFrame({ sid: sid(2), seq: 1, consent: { ...consent, live: false } }), 5_002);
    expect(aggregator.frameAt(5_002).n).toBe(0);
  });

  it('ignores frames that come twice or out of order', () => {
    const aggregator = createAggregator({ minimumPods: 1 });
    aggregator.accept(podFrame({ seq: 5, pStage: sharp('N3') }), 0);
    aggregator.accept(podFrame({ seq: 5, pStage: sharp('W') }), 100);
    aggregator.accept(podFrame({ seq: 4, pStage: sharp('W') }), 200);
    expect(aggregator.frameAt(250).depth).toBe(1);
  });

  it('counts an arousal once, however long it lasts, and forgets it', () => {
    const aggregator = createAggregator({ minimumPods: 1 });
    const discord = (seconds: number): number => aggregator.frameAt(seconds * 1_000).discord;
    const flags = [0, 1, 1, 1, 0];
    flags.forEach((arousal, seq) => aggregator.accept(podFrame({ seq, arousal: arousal === 1 ? 1 : 0 }), seq * 1_000));
    const once = discord(4);
    // One arousal: (1 + 30)/(2 + about 0) an hour over itself + 15.
    expect(once).toBeCloseTo(15.5 / 30.5, 2);
    for (let seq = 5; seq < 3_600; seq += 1) aggregator.accept(podFrame({ seq }), seq * 1_000);
    expect(discord(3_600)).toBeLessThan(0.5);
  });
});
