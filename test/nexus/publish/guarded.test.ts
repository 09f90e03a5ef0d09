/** The published streams behind a real guard: pods as they come, consents as they change. */
import { describe, expect, it } from 'vitest';
import type { PublishedFrame } from '../../../core/signal/published-frame.ts';
import { createPublisher } from '../../../nexus/publish/publisher.ts';
import { guardedRoom, range } from '../../support/guarded-room.ts';
import { sharp } from '../../support/pods.ts';

const HALF_MINUTE = 30;

interface Night {
  readonly pods: readonly number[];
  readonly publishes: (pod: number, second: number) => boolean;
  readonly seconds: number;
}

/** What is published of a night: a frame, or why there is none, each half minute. */
const publishedOf = ({ pods, publishes, seconds }: Night): (PublishedFrame | string)[] => {
  const room = guardedRoom();
  const publisher = createPublisher();
  const told: (PublishedFrame | string)[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const published = publisher.look(room.now, room.guard.published(room.now));
    if (published !== null) told.push(published.frame ?? published.reason);
    room.live(1, pods, (pod) => ({
      pStage: sharp(pod % 3 === 0 ? 'R' : 'N2'), respPhase: (pod % 5) / 2,
      consent: { live: true, record: true, soloVoice: false, publish: publishes(pod, second), expiresAt: null },
    }));
  }
  return told;
};
const isFrame = (each: PublishedFrame | string | undefined): each is PublishedFrame => typeof each === 'object';

describe('what is published of a guarded room', () => {
  it('is of those who agreed to it alone: the others might as well not be there', () => {
    const publishes = (pod: number): boolean => pod < 12;
    const withOthers = publishedOf({ pods: range(20), publishes, seconds: 200 });
    const without = publishedOf({ pods: range(12), publishes, seconds: 200 });
    expect(withOthers.filter(isFrame).length).toBeGreaterThan(4);
    expect(withOthers).toEqual(without);
    expect(withOthers.find(isFrame)).toMatchObject({ n: 10, dream: 0.33 });
  });

  it('says nothing while ten agreed to be heard and nine to be published', () => {
    expect(publishedOf({ pods: range(20), publishes: (pod) => pod < 9, seconds: 100 }).every((each) => typeof each === 'string')).toBe(true);
  });

  it('falls silent when one takes it back, and speaks again once a second has and five minutes are over', () => {
    const publishes = (pod: number, second: number): boolean => (pod === 0 && second >= 400 ? false : !(pod === 1 && second >= 550));
    const told = publishedOf({ pods: range(14), publishes, seconds: 700 });
    const at = (second: number): PublishedFrame | string | undefined => told[second / HALF_MINUTE];
    expect([at(390), at(420), at(540)].map(isFrame)).toEqual([true, false, false]);
    expect(at(420)).toMatch(/one sleeper alone/);
    // Two have gone by then; the last change was shown when all came, more than five minutes ago.
    expect(at(570)).toMatchObject({ n: 10, dream: 0.33 });
    expect(at(390)).toMatchObject({ dream: 0.36 });
  });
});
