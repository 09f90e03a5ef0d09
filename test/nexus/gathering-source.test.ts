import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { STAGE_BASELINE } from '../../core/signal/stage-baseline.ts';
import { collectiveFrameSchema } from '../../core/signal/collective-frame.ts';
import { parsePodFrame } from '../../core/signal/pod-frame.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { gatheringFrames, gatheringSeconds, openGathering } from '../../nexus/gathering-source.ts';
import { alignOnset, type Hypnogram } from '../../nexus/hypnogram/hypnogram.ts';
import { createCrowd } from '../../nexus/simulator/crowd.ts';
import { simulateNight } from '../../nexus/simulator/simulated-night.ts';
import { readSleepModel } from '../../nexus/simulator/sleep-model.ts';
import { stageDistribution } from '../../nexus/simulator/stage-distribution.ts';

const night = (...runs: readonly (readonly [Stage | null, number])[]): Hypnogram => ({
  epochs: runs.flatMap(([stage, length]) => new Array<Stage | null>(length).fill(stage)),
  startedAt: null,
  source: 'test',
});

describe('a gathering of simulated sleepers', () => {
  it('has frames that keep the schema, 250 ms apart', () => {
    const frames = [...gatheringFrames({ simulate: 6, seed: 3, seconds: 600 })];
    expect(frames.length).toBe(2_400);
    frames.forEach((frame, i) => {
      expect(frame.t).toBe(i * 250_000);
      if (i % 50 === 0) expect(collectiveFrameSchema.parse(frame)).toEqual(frame);
    });
  });

  it('makes the same bytes on every machine', () => {
    const hash = createHash('sha256');
    for (const frame of gatheringFrames({ simulate: 8, seed: 42, seconds: 3_600 })) hash.update(`${JSON.stringify(frame)}\n`);
    expect(hash.digest('hex')).toMatchInlineSnapshot(`"7154db2799c791885318c6a0df2b872ec2b0373f8d8fe447ea40c76b7b3fdcb2"`);
  });

  it('sends pod frames that the door would take', () => {
    const model = readSleepModel();
    const sources = [0, 1, 2].map((sleeper) => simulateNight(model, 9, sleeper));
    const crowd = createCrowd({ sources, staging: 'probabilities', seed: 9 });
    for (let second = 0; second < 7_200; second += 1) {
      const frames = crowd.step();
      expect(frames.length).toBe(3);
      if (second % 60 === 0) for (const frame of frames) expect(parsePodFrame(frame)).toEqual(frame);
    }
  });

  it('falls asleep: waking at the start, mostly asleep an hour on, with breath and heart of people', () => {
    const gathering = openGathering({ simulate: 24, seed: 1 });
    const first = gathering.next();
    const later = gathering.at(3_600 * 4);
    expect(first.share[0]).toBeGreaterThan(0.7);
    expect(first.unity).toBeLessThan(0.05);
    expect(later.share[0]).toBeLessThan(0.3);
    expect(later.heartBpm).toBeGreaterThan(52);
    expect(later.heartBpm).toBeLessThan(70);
    expect(later.breathHz).toBeGreaterThan(0.2);
    expect(later.breathHz).toBeLessThan(0.3);
  });

  it('meets in breath when kappa is high and hardly otherwise', () => {
    const synchrony = (kappa: number): number => openGathering({ simulate: 24, seed: 2, kappa }).at(2 * 3_600 * 4).synchrony ?? 0;
    expect(synchrony(0.3)).toBeLessThan(0.25);
    expect(synchrony(3)).toBeGreaterThan(0.5);
  });

  it('keeps the chance table of core in step with the model', () => {
    expect(STAGE_BASELINE).toEqual(stageDistribution(readSleepModel(), 2_000, 1));
  });
});

describe('a gathering of scored nights', () => {
  it('shows the recorded stages, certain and on time', () => {
    const frames = [...gatheringFrames({ nights: [night(['W', 2], ['N2', 2], ['R', 1], [null, 1])], align: 'start', seed: 1 })];
    expect(frames.length).toBe(6 * 30 * 4);
    const at = (seconds: number) => frames[seconds * 4];
    expect(at(0)?.share[0]).toBeCloseTo(1.5 / 3.5, 4);
    expect(at(60)?.share[2]).toBeCloseTo(1.5 / 3.5, 4);
    expect(at(121)?.dream).toBe(1);
    expect(at(151)?.share).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
  });

  it('aligns nights so that they fall asleep together, 15 min in', () => {
    const long = night(['W', 100], ['N1', 2], ['N2', 40], ['W', 200], [null, 50]);
    const short = night(['W', 4], ['N1', 2], ['N2', 20]);
    expect(alignOnset(long).epochs.indexOf('N1')).toBe(30);
    expect(alignOnset(long).epochs.length).toBe(30 + 42 + 30);
    expect(alignOnset(short).epochs.indexOf('N1')).toBe(30);
    expect(alignOnset(night(['W', 7])).epochs.length).toBe(7);
    expect(gatheringSeconds({ nights: [long, short], align: 'onset', seed: 1 })).toBe(102 * 30);
    expect(gatheringSeconds({ nights: [long, short], align: 'start', seed: 1 })).toBe(392 * 30);
    expect(gatheringSeconds({ simulate: 3, seed: 1 })).toBeNull();
  });

  it('lets a pod go when its night is over, three minutes fading', () => {
    const nights = [night(['N2', 4]), night(['N2', 40])];
    const gathering = openGathering({ nights, align: 'start', seed: 1 });
    expect(gathering.at(100 * 4).n).toBe(2);
    expect(gathering.at((119 + 179) * 4).n).toBe(2);
    expect(gathering.at((119 + 180) * 4).n).toBe(1);
  });
});
