import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPod, emptyShard, type PodReading } from '../../../core/signal/fold.ts';
import { publishedFrameSchema } from '../../../core/signal/published-frame.ts';
import type { Stage } from '../../../core/signal/stages.ts';
import type { PublishedSums } from '../../../nexus/publish/published-sums.ts';
import { createPublisher, type Published, type Publisher } from '../../../nexus/publish/publisher.ts';
import { podFrame, reading } from '../../support/pods.ts';

const HALF_MINUTE = 30_000;
const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `p${from + index}`);

/** The fold over sleepers by name; all in one stage and breathing alike, unless a test says otherwise. */
const sumsOf = (members: readonly string[], of: (name: string) => PodReading = () => reading('N2', 1)): PublishedSums => {
  const shard = emptyShard();
  for (const name of members) addPod(shard, of(name));
  return { shard, pods: members.length, members: new Set(members) };
};
const frameOf = (published: Published | null) => published?.frame ?? null;
const reasonOf = (published: Published | null): string | null => (published?.frame === null ? published.reason : null);
/** Half minute by half minute, whether something is published. */
const told = (publisher: Publisher, from: number, members: readonly (readonly string[])[]): boolean[] =>
  members.map((each, index) => frameOf(publisher.look((from + index) * HALF_MINUTE, sumsOf(each))) !== null);

describe('what is published', () => {
  it('is coarse, every half minute, and nothing else', () => {
    const publisher = createPublisher();
    const stages: readonly Stage[] = ['W', 'N1', 'N2', 'N2', 'N3', 'N3', 'R'];
    const sums = sumsOf(names(14), (name) => reading(stages[Number(name.slice(1)) % 7] ?? 'W', 0.3));
    const frames = [];
    for (let now = 0; now < 95_000; now += 250) {
      const published = publisher.look(now, sums);
      if (published !== null) frames.push(published.frame);
    }
    expect(frames.map((frame) => frame?.t)).toEqual([0, 30_000_000, 60_000_000, 90_000_000]);
    for (const frame of frames) expect(publishedFrameSchema.parse(frame)).toEqual(frame);
    expect(frames[3]).toMatchObject({ n: 10, share: [0.15, 0.15, 0.27, 0.27, 0.15], dream: 0.14, synchrony: 1 });
    expect(Object.keys(frames[0] ?? {})).toEqual(['t', 'n', 'share', 'depth', 'dream', 'discord', 'unity', 'synchrony']);
  });

  it('needs ten', () => {
    const publisher = createPublisher();
    expect(reasonOf(publisher.look(0, sumsOf(names(9))))).toMatch(/fewer than 10/);
    expect(frameOf(publisher.look(HALF_MINUTE, sumsOf(names(10))))?.n).toBe(10);
    expect(reasonOf(publisher.look(2 * HALF_MINUTE, sumsOf(names(9))))).toMatch(/fewer than 10/);
  });

  it('needs ten whose stage is known, not ten of whom one is', () => {
    const alone = sumsOf(names(12), (name) => (name === 'p3' ? reading('R') : { ...reading('N2'), frame: podFrame({ pStage: null }) }));
    expect(reasonOf(createPublisher().look(0, alone))).toMatch(/whose stage is known/);
    const stale = sumsOf(names(12), (name) => (name === 'p3' ? reading('R') : reading('N2', null, { weight: 0.02 })));
    expect(reasonOf(createPublisher().look(0, stale))).toMatch(/whose stage is known/);
  });

  it('says nothing of breath where fewer than ten are heard to breathe', () => {
    const few = sumsOf(names(12), (name) => reading('N2', Number(name.slice(1)) < 3 ? 1 : null));
    expect(frameOf(createPublisher().look(0, few))).toMatchObject({ synchrony: null, unity: 0 });
  });
});

describe('those who come and go', () => {
  it('are shown two at a time, five minutes apart', () => {
    const publisher = createPublisher();
    expect(told(publisher, 0, [names(12), names(12)])).toEqual([true, true]);
    // One more, for ten minutes: nothing at all.
    expect(told(publisher, 2, Array.from({ length: 20 }, () => names(13))).every((each) => !each)).toBe(true);
    expect(told(publisher, 22, [names(14), names(14)])).toEqual([true, true]);
    // Two more at once, but too soon.
    const soon = told(publisher, 24, Array.from({ length: 10 }, () => names(16)));
    expect(soon).toEqual([false, false, false, false, false, false, false, false, true, true]);
  });

  it('are in no frame once they withdrew, though that one alone has gone', () => {
    const publisher = createPublisher();
    const before = publisher.look(0, sumsOf(names(12)));
    expect(frameOf(before)).not.toBeNull();
    expect(reasonOf(publisher.look(HALF_MINUTE, sumsOf(names(11, 1))))).toMatch(/one sleeper alone/);
    // It comes back: the same as before, and nothing to tell apart.
    expect(frameOf(publisher.look(2 * HALF_MINUTE, sumsOf(names(12))))).not.toBeNull();
  });

  it('are told apart by name where names are known: one who comes while another goes are two', () => {
    const publisher = createPublisher();
    expect(told(publisher, 0, [names(12), names(12, 1)])).toEqual([true, false]);
    expect(told(publisher, 11, [names(12, 1)])).toEqual([true]);
  });

  it('do not count twice by coming and going again, so nobody can hurry the others', () => {
    const publisher = createPublisher();
    const stays = names(12);
    expect(told(publisher, 0, [stays])).toEqual([true]);
    // p11 leaves; a stranger comes and goes, again and again: in the end p11 alone is missing.
    const rest = names(11);
    const restless = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? rest : [...rest, `stranger${index}`]));
    const seen = told(publisher, 1, restless);
    expect(seen.filter((each, index) => each && index % 2 === 0)).toEqual([]);
  });

  it('leave nothing behind in what is averaged over time', () => {
    const with13 = (name: string): PodReading => reading('N2', name === 'p12' || name === 'p13' ? Math.PI : 0);
    const publisher = createPublisher();
    for (let now = 0; now < 300_000; now += 1_000) publisher.look(now, sumsOf(names(14), with13));
    const without = publisher.look(300_000, sumsOf(names(12), with13));
    expect(frameOf(without)).toMatchObject({ synchrony: 1 });
  });

  it('law: two frames in a row never differ by one sleeper', () => {
    const someone = fc.integer({ min: 0, max: 15 });
    const quiet = fc.constant<number[]>([]);
    const moves = fc.array(fc.oneof({ weight: 12, arbitrary: quiet }, { weight: 1, arbitrary: fc.array(someone, { minLength: 1, maxLength: 3 }) }), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(moves, (steps) => {
        const publisher = createPublisher();
        const present = new Set(names(12));
        let shown: { readonly members: ReadonlySet<string>; readonly at: number } | null = null;
        steps.forEach((toggled, index) => {
          for (const each of toggled) if (!present.delete(`p${each}`)) present.add(`p${each}`);
          const now = index * HALF_MINUTE;
          if (frameOf(publisher.look(now, sumsOf([...present]))) === null) return;
          expect(present.size).toBeGreaterThanOrEqual(10);
          if (shown !== null) {
            const apart = [...present].filter((name) => !shown?.members.has(name)).length + [...shown.members].filter((name) => !present.has(name)).length;
            expect(apart).not.toBe(1);
            if (apart > 0) expect(now - shown.at).toBeGreaterThanOrEqual(300_000);
            if (apart === 0) return;
          }
          shown = { members: new Set(present), at: now };
        });
      }),
    );
  });
});
