import type { Clock } from '../../clock.ts';

/** How often something may be done: a bucket that fills by `perSecond` up to `burst`. */
export interface Allowance {
  /** Takes one; false where none is left. */
  spend(): boolean;
}

export const createAllowance = (clock: Clock, { perSecond, burst }: { readonly perSecond: number; readonly burst: number }): Allowance => {
  let left = burst;
  let at = clock.now();
  return {
    spend: () => {
      const now = clock.now();
      left = Math.min(burst, left + ((now - at) / 1_000) * perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
};
