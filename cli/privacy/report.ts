import type { FrameFacts } from './facts.ts';

/** Whom it is about: nobody (simulated), the owners of recordings, people in a room, or it does not say. */
export type About = 'nobody' | 'own nights' | 'a room' | 'unknown';

/** What may be done with it, from the most to the least. */
export type Verdict = 'publish' | 'consented' | 'own';

/** What one file or folder holds and about whom, as `--json` prints it. */
export interface PrivacyReport {
  readonly name: string;
  readonly kind: 'take' | 'recording' | 'collective' | 'published' | 'private' | 'export';
  readonly about: About;
  /** In words: `24 simulated sleepers`. As the file says; nothing in it can prove that. */
  readonly source: string;
  /** Pods that had to be live before anything was said; null where the file does not say. */
  readonly minimumPods: number | null;
  readonly frames: FrameFacts | null;
  /** Frames that hold only those who agreed to be recorded, in place of those that were played; null where it does not say. */
  readonly substituted: number | null;
  /** Whether something in it is of one person alone. */
  readonly singlePerson: boolean;
  /** With differential privacy: what it costs each sleeper. */
  readonly epsilon: number | null;
  /** What does not fit together; with any of these nothing can be vouched for. */
  readonly problems: readonly string[];
  readonly verdict: Verdict;
  /** Files of an export. */
  readonly files: readonly string[];
}

/** Fewer pods than this among other people and one of them could be told. */
const LIVE_GATE = 5;

/** What the facts let be done with frames of the whole fold. */
export const verdictOf = (about: About, facts: FrameFacts, problems: readonly string[]): Verdict => {
  if (problems.length > 0) return 'own';
  if (about === 'nobody') return 'publish';
  if (about === 'own nights') return 'own';
  return facts.least === null || facts.least >= LIVE_GATE ? 'consented' : 'own';
};

/** Whether a frame of people is of one alone. */
export const isOfOne = (about: About, facts: FrameFacts): boolean => about !== 'nobody' && facts.least !== null && facts.least <= 1;
