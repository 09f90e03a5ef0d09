import { describe, expect, it } from 'vitest';
import { Fault } from '../../../core/fault.ts';
import { parsePodFrame } from '../../../core/signal/pod-frame.ts';
import { podFrame } from '../../support/pods.ts';

describe('the pod frame', () => {
  it('passes as it is, with null for what is unknown', () => {
    const frame = podFrame({ pStage: null, bands: null, hrBpm: null, respPhase: null, motion: null, arousal: null });
    expect(parsePodFrame(JSON.parse(JSON.stringify(frame)))).toEqual(frame);
  });

  it.each([
    ['another version', { v: 2 }, 'v'],
    ['a stable name as id', { sid: 'anna@example.org' }, 'sid'],
    ['probabilities that do not sum to 1', { pStage: [0.5, 0.5, 0.5, 0, 0] }, 'pStage'],
    ['four probabilities', { pStage: [0.5, 0.5, 0, 0] }, 'pStage'],
    ['a heart of 400', { hrBpm: 400 }, 'hrBpm'],
    ['a phase of a full turn', { respPhase: 6.2832 }, 'respPhase'],
    ['NaN', { motion: Number.NaN }, 'motion'],
    ['half an arousal', { arousal: 0.5 }, 'arousal'],
    ['raw EEG', { eeg: [1, 2, 3] }, 'the frame'],
    ['no consent', { consent: undefined }, 'consent'],
    ['a quality above 1', { q: { eeg: 2, hr: 1, resp: 1, motion: 1 } }, 'q.eeg'],
  ])('refuses %s, naming the field and nothing of the sleeper', (_, change, where) => {
    try {
      parsePodFrame({ ...podFrame(), ...change });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      if (error instanceof Fault) expect(error.where).toBe(where);
      expect(String(error)).not.toContain('00000000000000a1');
    }
  });

  it.each([null, 7, 'frame', [], {}])('refuses %j', (input) => {
    expect(() => parsePodFrame(input)).toThrow(Fault);
  });
});
