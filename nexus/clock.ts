/** The only clock the Nexus knows; a test brings its own. */
export interface Clock {
  /** Milliseconds, never running back. */
  now(): number;
  /** Calls once after so many milliseconds; returns the way to call it off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
