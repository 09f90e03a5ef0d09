/**
 * Branded numbers, so that a tick is never passed where microseconds are wanted. Each maker checks
 * its range and throws a RangeError that names the unit.
 */

declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Musical time: a whole number of ticks from the start of the gathering, 960 a quarter note. */
export type Tick = Branded<'Tick'>;
/** Clock time: whole microseconds from the start of the gathering (or a length of such). */
export type Micros = Branded<'Micros'>;
/** Quarter notes a minute, 5 to 300. */
export type Bpm = Branded<'Bpm'>;
/** A MIDI key, whole, 0 to 127; 60 is middle C. */
export type MidiNote = Branded<'MidiNote'>;
/** Hundredths of an equal-tempered semitone. */
export type Cents = Branded<'Cents'>;
/** A share or a level, 0 to 1 inclusive. */
export type Unit01 = Branded<'Unit01'>;
/** Decibels relative to full scale or to unity gain. */
export type Decibels = Branded<'Decibels'>;
/** Seed of all chance in a take: a whole number, 0 to 2^32 - 1. */
export type Seed = Branded<'Seed'>;

export const TICKS_PER_QUARTER = 960;
export const MICROS_PER_SECOND = 1_000_000;
/** Every sample of Dreamscore, live or in files, is made at this rate, so that both are the same. */
export const SAMPLE_RATE = 48_000;

const within = (name: string, value: number, low: number, high: number, whole: boolean): number => {
  if (!(value >= low && value <= high) || (whole && !Number.isSafeInteger(value))) {
    throw new RangeError(`${name} must be ${whole ? 'a whole number ' : ''}from ${low} to ${high}, got ${value}`);
  }
  return value;
};

export const tick = (value: number): Tick => within('Tick', value, 0, Number.MAX_SAFE_INTEGER, true) as Tick;
export const micros = (value: number): Micros => within('Micros', value, 0, Number.MAX_SAFE_INTEGER, true) as Micros;
export const bpm = (value: number): Bpm => within('Bpm', value, 5, 300, false) as Bpm;
export const midiNote = (value: number): MidiNote => within('MidiNote', value, 0, 127, true) as MidiNote;
export const cents = (value: number): Cents => within('Cents', value, -120_000, 120_000, false) as Cents;
export const unit01 = (value: number): Unit01 => within('Unit01', value, 0, 1, false) as Unit01;
export const decibels = (value: number): Decibels => within('Decibels', value, -200, 60, false) as Decibels;
export const seed = (value: number): Seed => within('Seed', value, 0, 0xffff_ffff, true) as Seed;

/** Whole seconds or fractions of them as microseconds, rounded. */
export const seconds = (value: number): Micros => micros(Math.round(value * MICROS_PER_SECOND));

/** The sample frame that sounds at a time: floor(t x 48 000 / 1 000 000), exact for any Micros below 47 years. */
export const frameAt = (time: Micros): number => Math.floor((time * 6) / 125);
