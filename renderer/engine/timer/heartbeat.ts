/** Milliseconds between beats: well below the sinks' lookahead. */
const EVERY = 10;

export interface Heartbeat {
  /** `atomics` where the page is cross-origin isolated, else the worker's own timers. */
  readonly by: 'atomics' | 'timers';
  readonly dispose: () => void;
}

/** Calls `beat` some hundred times a second from a worker's clock, however hidden the window is. */
export const startHeartbeat = (beat: () => void): Heartbeat => {
  const worker = new Worker(new URL('./heartbeat-worker.ts', import.meta.url), { type: 'module' });
  const shared = globalThis.crossOriginIsolated ? new SharedArrayBuffer(4) : null;
  worker.onmessage = beat;
  worker.postMessage({ every: EVERY, shared });
  return {
    by: shared === null ? 'timers' : 'atomics',
    dispose: () => {
      if (shared !== null) {
        const cell = new Int32Array(shared);
        Atomics.store(cell, 0, 1);
        Atomics.notify(cell, 0);
      }
      worker.terminate();
    },
  };
};
