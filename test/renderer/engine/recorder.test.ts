import { describe, expect, it } from 'vitest';
import type { StampedInput } from '../../../core/engine/input.ts';
import { createRecorder } from '../../../renderer/engine/recorder.ts';
import { createStandingMessages } from '../../../renderer/engine/sound/standing-messages.ts';

const entry = (seq: number): StampedInput => ({ seq, effective: seq, input: { kind: 'panic' } });
const seqs = (entries: readonly StampedInput[]): number[] => entries.map(({ seq }) => seq);

describe('the recorder', () => {
  it('sends each entry once, in order', async () => {
    const sent: number[][] = [];
    const recorder = createRecorder(async (inputs) => void sent.push(seqs(inputs)), () => undefined);
    recorder.add([entry(0), entry(1)]);
    await recorder.flush();
    await recorder.flush();
    recorder.add([entry(2)]);
    await recorder.flush();
    expect(sent).toEqual([[0, 1], [2]]);
  });

  it('keeps what main refused, and says so', async () => {
    const sent: number[][] = [];
    const said: string[] = [];
    let broken = true;
    const recorder = createRecorder(async (inputs) => {
      if (broken) throw new Error('the disk is full');
      sent.push(seqs(inputs));
    }, (reason) => said.push(reason));
    recorder.add([entry(0)]);
    await recorder.flush();
    broken = false;
    recorder.add([entry(1)]);
    await recorder.flush();
    expect(said).toEqual(['the disk is full']);
    expect(sent).toEqual([[0, 1]]);
  });

  it('lets a new take begin while a request of the old one is under way', async () => {
    const sent: number[][] = [];
    let answer = (): void => undefined;
    const recorder = createRecorder((inputs) => {
      sent.push(seqs(inputs));
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    }, () => undefined);
    recorder.add([entry(7)]);
    const under = recorder.flush();
    recorder.reset();
    recorder.add([entry(0)]);
    answer();
    await under;
    const next = recorder.flush();
    answer();
    await next;
    expect(sent).toEqual([[7], [0]]);
  });
});

describe('what a layer that is built anew has to know', () => {
  it('is its last controls and its open notes, in order of time', () => {
    const standing = createStandingMessages();
    standing.note([
      { kind: 'on', frame: 1, note: 0, pitch: 60, velocity: 0.5 },
      { kind: 'control', frame: 2, parameter: 'level', value: 0.1 },
      { kind: 'on', frame: 3, note: 1, pitch: 62, velocity: 0.5 },
      { kind: 'off', frame: 4, note: 0 },
      { kind: 'control', frame: 5, parameter: 'level', value: 0.2 },
    ]);
    expect(standing.all()).toEqual([{ kind: 'on', frame: 3, note: 1, pitch: 62, velocity: 0.5 }, { kind: 'control', frame: 5, parameter: 'level', value: 0.2 }]);
    standing.silence();
    expect(standing.all()).toHaveLength(1);
  });
});
