import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import { beginRecording, readRecordingFile } from '../../../nexus/collective/recording-file.ts';
import { playRecording } from '../../../nexus/collective/play-recording.ts';
import { gatheringFrames } from '../../../nexus/gathering-source.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const head = { format: 'dreamscore-collective', version: 1, source: '4 simulated sleepers', minimumPods: 1 } as const;
const frames = [...gatheringFrames({ simulate: 4, seed: 2, seconds: 30 })];
const never = (error: Error): void => {
  throw error;
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dreamscore-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const recorded = async (): Promise<string> => {
  const path = join(folder, 'night.ndjson');
  const writer = await beginRecording(path, head, never);
  frames.forEach(writer.write);
  await writer.end();
  return path;
};

describe('a recording of the collective', () => {
  it('reads back as it was written', async () => {
    expect(await readRecordingFile(await recorded())).toEqual({ head, frames });
  });

  it('holds the collective alone: nothing by which a pod could be told', async () => {
    const text = readFileSync(await recorded(), 'utf8');
    expect(text).not.toMatch(/sid|seq|consent|pStage/);
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(frames.length + 1);
  });

  it.each([
    ['', 'empty'],
    ['{"format":"dreamscore-collective"}\n', 'line 1'],
    ['not json\n', 'line 1'],
  ])('is refused by name and line where it is none (%j)', async (text, place) => {
    const path = join(folder, 'odd.ndjson');
    writeFileSync(path, text);
    await expect(readRecordingFile(path)).rejects.toThrow(place);
  });

  it('is refused where a frame is damaged or time falls', async () => {
    const path = await recorded();
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [...lines.slice(0, 3), (lines[3] ?? '').replace(/"depth":[^,]+/, '"depth":7')].join('\n'));
    await expect(readRecordingFile(path)).rejects.toThrow('line 4, depth');
    writeFileSync(path, [lines[0], lines[5], lines[2]].join('\n'));
    await expect(readRecordingFile(path)).rejects.toThrow('out of order');
  });

  it('cannot be begun where there is no folder, and says so', async () => {
    await expect(beginRecording(join(folder, 'no', 'where.ndjson'), head, never)).rejects.toThrow('cannot be written');
  });
});

describe('a recording played', () => {
  const play = (speed: number, startAt = 0): { heard: CollectiveFrame[]; seconds: number[]; ended: () => boolean } => {
    const clock = fakeClock();
    const heard: CollectiveFrame[] = [];
    const seconds: number[] = [];
    let ended = false;
    playRecording({
      frames, startAt, speed, clock,
      onFrame: (frame) => heard.push(frame),
      onSecond: (night) => seconds.push(night),
      onEnd: () => {
        ended = true;
      },
    });
    clock.advance(40_000);
    return { heard, seconds, ended: () => ended };
  };

  it('in real time is every frame once, in order', () => {
    const { heard, ended } = play(1);
    expect(heard.slice(0, frames.length)).toEqual(frames);
    expect(ended()).toBe(true);
  });

  it('ten times faster still has 4 frames a second, and may begin in the midst', () => {
    const { heard, seconds } = play(10, 10);
    expect(heard[0]).toEqual(frames[40]);
    expect(heard[1]).toEqual(frames[50]);
    expect(seconds.slice(0, 2)).toEqual([10, 20]);
  });
});
