/** A paced breath to follow: 4 parts in, 6 parts out, longer out than in as in slow breathing exercises. */
export type Pace = 'off' | 'slow' | 'gentle';

export const PER_MINUTE: Readonly<Record<Exclude<Pace, 'off'>, number>> = { slow: 6, gentle: 10 };
const INWARD = 0.4;

/** @returns whether it goes in, and `fill`: 0 empty to 1 full */
export const paced = (pace: Exclude<Pace, 'off'>, now: number): { readonly inward: boolean; readonly fill: number } => {
  const period = 60_000 / PER_MINUTE[pace];
  const at = (now % period) / period;
  const inward = at < INWARD;
  const part = inward ? at / INWARD : (at - INWARD) / (1 - INWARD);
  const eased = (1 - Math.cos(Math.PI * part)) / 2;
  return { inward, fill: inward ? eased : 1 - eased };
};
