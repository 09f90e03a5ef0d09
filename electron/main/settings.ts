import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeNow } from './atomic-write.ts';

/** What this machine is set to, whatever score is open: the clock goes to an instrument that stands here. */
export const settingsSchema = z.strictObject({
  /** Name of the output that MIDI clock is sent to; null for none. */
  clockTo: z.string().max(200).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface KeptSettings {
  readonly clockTo: () => string | null;
  readonly setClockTo: (port: string | null) => void;
}

const readSettings = (file: string): Settings => {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { clockTo: null }; // The first start, or a spoilt file: nothing is set.
  }
};

/** Settings that outlive the engine and the app. That they could not be written is told, and they hold until the app ends. */
export const createSettings = (file: string): KeptSettings => {
  let settings = readSettings(file);
  return {
    clockTo: () => settings.clockTo,
    setClockTo: (clockTo) => {
      if (clockTo === settings.clockTo) return;
      settings = { ...settings, clockTo };
      try {
        writeWholeNow(file, JSON.stringify(settings));
      } catch (error) {
        console.error('The settings were not remembered:', error);
      }
    },
  };
};
