import type { Intake, Origin } from '../../nexus/adapters/adapter.ts';
import type { Verdict } from '../../nexus/guard/verdict.ts';

/** What came in, and from where. */
export type Came =
  | { readonly kind: 'frame'; readonly payload: unknown; readonly from: Origin }
  | { readonly kind: 'consent'; readonly sid: string; readonly payload: unknown; readonly from: Origin }
  | { readonly kind: 'bye'; readonly sid: string; readonly from: Origin }
  | { readonly kind: 'chant'; readonly strength: unknown; readonly from: Origin }
  | { readonly kind: 'closed'; readonly from: Origin }
  | { readonly kind: 'refused'; readonly reason: string; readonly from: Origin };

/** An intake that writes down what it is given, for tests of what stands before the guard. */
export const recordingIntake = (verdict: () => Verdict = () => 'taken'): { readonly intake: Intake; readonly came: Came[] } => {
  const came: Came[] = [];
  const take = (what: Came): Verdict => {
    came.push(what);
    return verdict();
  };
  const intake: Intake = {
    frame: (payload, from) => take({ kind: 'frame', payload, from }),
    consent: (sid, payload, from) => take({ kind: 'consent', sid, payload, from }),
    bye: (sid, from) => take({ kind: 'bye', sid, from }),
    chant: (strength, from) => take({ kind: 'chant', strength, from }),
    closed: (from) => void take({ kind: 'closed', from }),
    refused: (reason, from) => void take({ kind: 'refused', reason, from }),
  };
  return { intake, came };
};
