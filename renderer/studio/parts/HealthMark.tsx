import type { ReactElement } from 'react';

export type Condition = 'good' | 'care' | 'bad' | 'rest';

const SHAPES: Record<Condition, string> = {
  good: 'M3.5 8.2 6.6 11.2 12.5 4.8',
  care: 'M8 3.4V9M8 11.8v.4',
  bad: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  rest: 'M4.5 8h7',
};

/** A mark told by its shape: tick, exclamation, cross, dash. The words beside it say the same. */
export const HealthMark = ({ condition }: { readonly condition: Condition }): ReactElement => (
  <svg className={`mark mark-${condition}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[condition]} />
  </svg>
);
