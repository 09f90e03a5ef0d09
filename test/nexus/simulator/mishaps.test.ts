import { describe, expect, it } from 'vitest';
import { createCrowd } from '../../../nexus/simulator/crowd.ts';
import { createMishaps } from '../../../nexus/simulator/mishaps.ts';
import { podFrame } from '../../support/pods.ts';

const HOURS = 3;
const PODS = 60;
const sid = (pod: number): string => (pod + 1).toString(16).padStart(16, '0');

/** Each pod's seconds: null where nothing arrived, else how many of its sensors had lost contact. */
const night = (seed: number): (number | null)[][] => {
  const happens = createMishaps(seed);
  const seconds = Array.from({ length: PODS }, (): (number | null)[] => []);
  for (let second = 0; second < HOURS * 3_600; second += 1) {
    seconds.forEach((own, pod) => {
      const sent = happens(podFrame({ sid: sid(pod), seq: second }), second);
      own.push(sent === null ? null : Object.values(sent.q).filter((quality) => quality < 0.3).length);
    });
  }
  return seconds;
};

describe('mishaps of a simulated room', () => {
  const seconds = night(1);

  it('let some come late, up to 40 minutes', () => {
    const firsts = seconds.map((own) => own.findIndex((each) => each !== null));
    const late = firsts.filter((first) => first > 0);
    expect(late.length / PODS).toBeGreaterThan(0.15);
    expect(late.length / PODS).toBeLessThan(0.45);
    expect(Math.max(...late)).toBeLessThan(2_400 + 1_800);
  });

  it('silence pods for a while, and a few for good', () => {
    const ends = seconds.filter((own) => own.at(-1) === null).length;
    const silences = seconds.reduce((sum, own) => sum + own.filter((each, at) => each === null && at > 0 && own[at - 1] !== null).length, 0);
    const anHour = silences / (PODS * HOURS);
    expect(anHour).toBeGreaterThan(0.25);
    expect(anHour).toBeLessThan(0.55);
    expect(ends).toBeGreaterThan(0);
    expect(ends).toBeLessThan(PODS / 3);
  });

  it('take contact from sensors, one at a time more often than all', () => {
    const told = seconds.flat().filter((each) => each !== null);
    const lost = told.filter((count) => count > 0).length / told.length;
    expect(lost).toBeGreaterThan(0.05);
    expect(lost).toBeLessThan(0.4);
    expect(told.filter((count) => count === 1).length).toBeGreaterThan(5 * told.filter((count) => count > 2).length);
  });

  it('are the same with the same seed, and others with another', () => {
    expect(night(1)).toEqual(seconds);
    expect(night(2)).not.toEqual(seconds);
  });

  it('change nothing but the quality of what arrives', () => {
    const happens = createMishaps(5);
    const crowd = createCrowd({ sources: [{ stage: () => 'N2' }], staging: 'probabilities', seed: 3 });
    for (let second = 0; second < 600; second += 1) {
      for (const frame of crowd.step()) {
        const sent = happens(frame, second);
        if (sent !== null) expect({ ...sent, q: frame.q }).toEqual(frame);
      }
    }
  });
});
