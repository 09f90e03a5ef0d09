import type { Patch } from 'immer';
import type { engineRequests } from '../../core/ipc/contract.ts';
import type { Score } from '../../core/score/schema.ts';
import type { Answers } from './dispatch.ts';
import { wholeFields } from './document.ts';
import { sendableScore } from './sendable.ts';
import type { KeptSettings } from './settings.ts';
import type { Takes } from './take.ts';

export interface EngineParts {
  readonly takes: Takes;
  readonly settings: KeptSettings;
  readonly score: () => Score;
  readonly pushEdit: (patches: readonly Patch[]) => void;
  /** Calls once the answer under way has been sent. */
  readonly afterAnswer: (call: () => void) => void;
}

/**
 * What main does for the engine window. An engine that resumes a take plays the score as its journal knows it; edits that came
 * while it was away are sent after it, so that they are journalled like any other.
 */
export const engineAnswers = ({ takes, settings, score, pushEdit, afterAnswer }: EngineParts): Answers<typeof engineRequests> => ({
  'engine.load': async () => {
    const load = takes.load();
    if (load.resume !== null) {
      afterAnswer(() => {
        const missed = wholeFields(takes.heard(), score());
        if (missed.length > 0) pushEdit(missed);
      });
    }
    return {
      score: sendableScore(load.score),
      seed: load.seed,
      resume: load.resume === null ? null : { ...load.resume, inputs: [...load.resume.inputs] },
      clockTo: settings.clockTo(),
    };
  },
  'engine.record': async ({ inputs }) => takes.record(inputs),
  'engine.snapshot': async ({ seq, data }) => takes.keepSnapshot(seq, data),
  'engine.clock': async (port) => settings.setClockTo(port),
  'engine.transport': async (state) => (state === 'started' ? takes.started() : takes.stopped()),
});
