import type { Clock } from '../clock.ts';

const SLICE_MS = 250;
/** So that the fold, the other sources and the host's page have their turn however much comes in. */
const SHARE = 0.75;
/** For so long it is told that messages were let go. */
const TOLD_MS = 10_000;

/** How much time one source may take: three quarters of each quarter of a second. */
export interface Budget {
  /** Does the work, unless the share of this slice is used up: then it is let go and counted. */
  spend(work: () => void): void;
  /** Does the work in any case, and counts its time. */
  must(work: () => void): void;
  /** Works that were let go since the start, where some were in the last 10 s; otherwise 0. */
  letGo(): number;
}

export const createBudget = (clock: Clock): Budget => {
  let began = clock.now();
  let spent = 0;
  let letGo = 0;
  let lastLetGo = -Infinity;

  const must = (work: () => void): void => {
    const before = clock.now();
    work();
    spent += clock.now() - before;
  };

  return {
    must,
    spend: (work) => {
      const now = clock.now();
      if (now - began >= SLICE_MS) {
        began = now;
        spent = 0;
      }
      if (spent <= SLICE_MS * SHARE) return must(work);
      letGo += 1;
      lastLetGo = now;
    },
    letGo: () => (clock.now() - lastLetGo < TOLD_MS ? letGo : 0),
  };
};
