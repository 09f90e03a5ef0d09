import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeNow } from './atomic-write.ts';

/** Where a window stood when it was closed. */
const placeSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(400).max(20_000), height: z.int().min(300).max(20_000), maximised: z.boolean() });
export type Place = z.infer<typeof placeSchema>;
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** True where enough of the title bar lies on a screen to take hold of it: screens come and go. */
export const canBeSeen = (place: Area, screens: readonly Area[]): boolean =>
  screens.some((screen) => place.x + place.width - 100 > screen.x && place.x + 100 < screen.x + screen.width && place.y >= screen.y && place.y + 50 < screen.y + screen.height);

/** The place of the last time; null where there is none, or none that can be read or seen. */
export const readPlace = (file: string, screens: readonly Area[]): Place | null => {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return canBeSeen(place, screens) ? place : null;
  } catch {
    return null; // The first start, or a spoilt file: the usual place does.
  }
};

/** Remembers a place; that it could not be is told and does not matter. */
export const writePlace = (file: string, place: Place): void => {
  try {
    writeWholeNow(file, JSON.stringify(place));
  } catch (error) {
    console.error('The place of the window was not remembered:', error);
  }
};
