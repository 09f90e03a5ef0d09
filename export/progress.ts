/** How far an export has come. */
export interface ExportStep {
  readonly state: 'composing' | 'rendering' | 'mixing';
  /** 0..1 of the whole, never falling. */
  readonly done: number;
  /** Seconds left, null while unknown. */
  readonly left: number | null;
}

/** Share of the whole that each part takes, from measurement: composing is quick, rendering is most, the mix is made along with it, and at the end the files are read once for their hashes. */
const PARTS = {
  silent: { composing: [0, 1], rendering: [1, 1], mixing: [1, 1] },
  audible: { composing: [0, 0.05], rendering: [0.05, 0.97], mixing: [0.97, 1] },
} as const;

/**
 * Turns "so much of this part" into "so much of the whole, so many seconds left".
 * @param now milliseconds of any monotonic clock
 */
export const createProgress = (audio: boolean, report: (step: ExportStep) => void, now: () => number): ((state: ExportStep['state'], share: number) => void) => {
  const parts = audio ? PARTS.audible : PARTS.silent;
  let state: ExportStep['state'] = 'composing';
  let began = { at: now(), done: 0 };
  let last = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return (next, share) => {
    const [low, high] = parts[next];
    const done = Math.max(last, low + (high - low) * Math.min(1, Math.max(0, share)));
    const at = now();
    if (next !== state) began = { at, done };
    const changed = next !== state;
    state = next;
    last = done;
    if (!changed && at - saidAt < 100 && done < 1) return;
    saidAt = at;
    // The pace of this part tells how long the rest takes; composing tells nothing about rendering.
    const pace = (done - began.done) / (at - began.at);
    const known = done - began.done > 0.01 && at - began.at > 500 && !(audio && next === 'composing');
    report({ state, done, left: done >= 1 ? 0 : known ? Math.max(0, (1 - done) / pace / 1000) : null });
  };
};
