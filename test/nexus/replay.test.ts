import { describe, expect, it } from 'vitest';
import { parsePodFrame, type PodFrame } from '../../core/signal/pod-frame.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { gatheringFrames } from '../../nexus/gathering-source.ts';
import type { Hypnogram } from '../../nexus/hypnogram/hypnogram.ts';
import { readRecordingBytes } from '../../nexus/recording/read-recording.ts';
import { replayOf, type AnyNight } from '../../nexus/replay.ts';
import { createCrowd } from '../../nexus/simulator/crowd.ts';

const scored = (...runs: readonly (readonly [Stage | null, number])[]): Hypnogram => ({ epochs: runs.flatMap(([stage, length]) => new Array<Stage | null>(length).fill(stage)), startedAt: null, source: 'test' });
const table = (text: string) => readRecordingBytes(new TextEncoder().encode(text), 'night.csv');
const framesOf = (night: AnyNight, seconds: number, align: 'start' | 'onset' = 'start'): PodFrame[] => {
  const crowd = createCrowd({ sources: [replayOf(night, align).source], staging: 'labels', seed: 7 });
  return Array.from({ length: seconds }, () => crowd.step()).flat();
};
const hearts = (count: number, stage: (i: number) => string): string => `onset_s,stage,hr_bpm\n${Array.from({ length: count }, (_, i) => `${i * 30},${stage(i)},${50 + i}`).join('\n')}\n`;

describe('a night as a pod', () => {
  it('is to the bit what it was where nothing was measured', () => {
    const night = scored(['W', 4], ['N2', 10], [null, 2], ['R', 4]);
    const crowd = createCrowd({ sources: [replayOf(night, 'start').source], staging: 'labels', seed: 7 });
    expect(framesOf(night, 600)).toEqual(Array.from({ length: 600 }, () => crowd.step()).flat());
  });

  it('tells what was measured as measured, and models the rest on its stages', async () => {
    const measured = framesOf(await table(hearts(20, (i) => (i < 10 ? 'W' : 'N3'))), 600);
    const modelled = framesOf(scored(['W', 10], ['N3', 10]), 600);
    measured.forEach((frame, second) => {
      expect(parsePodFrame(frame)).toEqual(frame);
      expect(frame.hrBpm).toBe(50 + Math.floor(second / 30));
      expect(frame.rmssdMs).toBeNull();
      expect({ ...frame, hrBpm: 0, rmssdMs: 0, q: 0 }).toEqual({ ...modelled[second], hrBpm: 0, rmssdMs: 0, q: 0 });
    });
  });

  it('has nothing modelled where there are no stages to model it on', async () => {
    const [frame] = framesOf(await table('time,hr\n0,60\n30,61\n60,62\n'), 1);
    expect(frame).toMatchObject({ hrBpm: 60, pStage: null, bands: null, respHz: null, motion: null, arousal: null, spindlePerMin: null, q: { eeg: 0, hr: 1, resp: 0, motion: 0 } });
    expect(parsePodFrame(frame)).toEqual(frame);
  });

  it('keeps the gaps of what was measured', async () => {
    const frames = framesOf(await table('onset_s,stage,hr_bpm\n0,W,60\n30,W,61\n60,N1,62\n600,N2,70\n'), 630);
    expect(frames[400]?.hrBpm).toBeNull();
    expect(frames[400]?.q.hr).toBe(0);
    expect(frames[400]?.respHz).not.toBeNull();
    expect(frames[610]?.hrBpm).toBe(70);
  });

  it('moves measures with the stages when it is aligned', async () => {
    // 50 epochs awake: 20 of them are cut off; 10 awake: 20 are put before.
    for (const [awake, shift] of [[50, 600], [10, -600]] as const) {
      const night = await table(hearts(awake + 20, (i) => (i < awake ? 'W' : 'N2')));
      const frames = framesOf(night, 900 + 300, 'onset');
      expect(frames[899]?.pStage?.[0]).toBe(1);
      expect(frames[900]?.pStage?.[2]).toBe(1);
      expect(frames[900]?.hrBpm).toBe(50 + awake);
      expect(frames[30]?.hrBpm ?? null).toBe(shift > 0 ? 50 + 21 : null);
    }
  });

  it('tells stages from bands as probabilities where nobody scored them', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i * 30},80,10,5,3,2`).join('\n');
    const frames = framesOf(await table(`onset_s,delta,theta,alpha,sigma,beta\n${rows}\n`), 1_200);
    const sure = frames[1_000]?.pStage ?? [];
    expect(sure.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    expect(Math.max(...sure)).toBeLessThan(1);
    expect(frames[1_000]?.bands?.[0]).toBeCloseTo(0.8, 5);
    for (const frame of frames) expect(parsePodFrame(frame)).toEqual(frame);
  });

  it('plays several in one gathering, the same bytes twice', async () => {
    const nights = [await table(hearts(40, (i) => (i < 5 ? 'W' : 'N2'))), scored(['W', 10], ['N2', 30]), await table('time,hr\n0,60\n30,61\n600,62\n')];
    const play = (): string => JSON.stringify([...gatheringFrames({ nights, align: 'start', seed: 3 })]);
    expect(play()).toBe(play());
    expect([...gatheringFrames({ nights, align: 'start', seed: 3 })][40]?.n).toBe(3);
  });
});
