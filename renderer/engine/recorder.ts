import type { RecordedInput } from '../../core/engine/input.ts';

/** Journal entries a request carries at most. */
const AT_MOST = 10_000;

/** Hands the journal to main in order, each entry until it is taken. */
export interface Recorder {
  readonly add: (entries: readonly RecordedInput[]) => void;
  /** Sends what waits, unless a request is under way. */
  readonly flush: () => Promise<void>;
  /** Another take: what waits belongs to none any more. */
  readonly reset: () => void;
}

export const createRecorder = (send: (inputs: RecordedInput[]) => Promise<void>, onRefusal: (reason: string) => void): Recorder => {
  let waiting: RecordedInput[] = [];
  let sending = false;
  return {
    add: (entries) => void waiting.push(...entries),
    flush: async () => {
      if (sending || waiting.length === 0) return;
      const batch = waiting.slice(0, AT_MOST);
      // A reset meanwhile begins another list; this one's entries leave this one.
      const list = waiting;
      sending = true;
      try {
        await send(batch);
        list.splice(0, batch.length);
      } catch (error) {
        onRefusal(error instanceof Error ? error.message : JSON.stringify(error));
      } finally {
        sending = false;
      }
    },
    reset: () => {
      waiting = [];
    },
  };
};
