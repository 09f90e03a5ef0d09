import { Fault } from '../../core/fault.ts';
import type { Night } from '../recording/night.ts';
import type { Listeners, Machine } from './playing.ts';

/** What is read sooner than this is not worth a word. */
const QUIET_MS = 500;
const TELL_MS = 200;

/** Reads recordings one after the other, and says how far it is. @throws Fault where one cannot be used, or a person called it off */
export const readNights = async (files: readonly string[], { readNight, clock }: Machine, onReading: Listeners['onReading'], signal: AbortSignal): Promise<Night[]> => {
  const began = clock.now();
  let told = began + QUIET_MS - TELL_MS;
  const nights: Night[] = [];
  const tell = (share: number): void => {
    const now = clock.now();
    if (now - told < TELL_MS) return;
    told = now;
    const done = Math.min(1, (nights.length + share) / files.length);
    onReading(done, done > 0 ? ((now - began) * (1 - done)) / done / 1_000 : null);
  };
  for (const path of files) {
    try {
      nights.push(await readNight(path, { onProgress: tell, signal }));
    } catch (error) {
      if (signal.aborted) throw new Fault('the recordings were not read to their end', 'called off', 'choose them again', { cause: error });
      throw error;
    }
    if (signal.aborted) throw new Fault('the recordings were not read to their end', 'called off', 'choose them again');
    tell(0);
  }
  return nights;
};
