import { describe, expect, it } from 'vitest';
import { collectiveFrameSchema } from '../../../core/signal/collective-frame.ts';
import { parsePublishedLine, publishedAsCollective, publishedAtPace, publishedLine, type PublishedFrame } from '../../../core/signal/published-frame.ts';

const published = (changes: Partial<PublishedFrame> = {}): PublishedFrame => ({ t: 0, n: 15, share: [0.1, 0.05, 0.5, 0.15, 0.2], depth: 0.61, dream: 0.2, discord: 0.5, unity: 0.13, synchrony: -0.02, ...changes });

describe('a published frame', () => {
  it('is the same after a trip through text', () => {
    expect(parsePublishedLine(publishedLine(published()), 'a line')).toEqual(published());
    expect(publishedLine(published())).toBe('{"t":0,"n":15,"share":[0.1,0.05,0.5,0.15,0.2],"depth":0.61,"dream":0.2,"discord":0.5,"unity":0.13,"synchrony":-0.02}');
  });

  it.each([
    ['too few', { n: 5 }], ['an exact number', { n: 12 }], ['a fine measure', { depth: 0.615 }], ['a time between', { t: 1 }], ['a heart', { heartBpm: 60 }],
  ])('has not %s in it', (_name, changes) => {
    expect(() => parsePublishedLine(JSON.stringify({ ...published(), ...changes }), 'a line')).toThrow(/no published frame/);
  });

  it('holds every hundredth that rounding gives', () => {
    for (let hundred = -100; hundred <= 100; hundred += 1) {
      const synchrony = hundred === 0 ? 0 : hundred / 100;
      expect(parsePublishedLine(publishedLine(published({ synchrony, depth: Math.abs(synchrony) })), 'a line').synchrony).toBe(synchrony);
    }
  });
});

describe('music from what is published', () => {
  it('hears a whole frame, with what is not published neutral', () => {
    const frame = publishedAsCollective(published());
    expect(collectiveFrameSchema.parse(frame)).toEqual(frame);
    expect(frame).toMatchObject({ n: 15, gated: false, depth: 0.61, dream: 0.2, synchrony: -0.02, concordance: 0, novelty: 0, heartBpm: null, breathHz: null, motion: 0, chant: 0 });
    // -sum p ln p / ln 5 of the shares, and Miller and Madow's (5 - 1)/(2 x 15)/ln 5.
    expect(frame.entropy).toBeCloseTo((1.334_4 + 4 / 30) / Math.log(5), 2);
    expect(publishedAsCollective(published({ share: [0, 0, 0, 0, 0] })).entropy).toBe(0);
  });

  it('comes four times a second, holds for a minute, and then says nothing', () => {
    const frames = [...publishedAtPace([published(), published({ t: 30_000_000, n: 20 }), published({ t: 150_000_000, n: 25 })])];
    expect(frames.slice(0, 121).map(({ t }) => t)).toEqual(Array.from({ length: 121 }, (_, index) => index * 250_000));
    expect(frames.filter(({ n }) => n === 15)).toHaveLength(120);
    expect(frames.filter(({ n }) => n === 20).map(({ t }) => t).at(-1)).toBe(89_750_000);
    expect(frames.filter(({ n }) => n === 25)).toHaveLength(120);
    expect([...publishedAtPace([])]).toEqual([]);
  });
});
