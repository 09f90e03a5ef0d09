import type { MidiNote } from '../units.ts';

/** One MIDI message as it goes over the wire, status byte first. */
export type MidiBytes = readonly number[];

const status = (kind: number, channel: number): number => {
  if (!Number.isInteger(channel) || channel < 1 || channel > 16) throw new RangeError(`a MIDI channel is a whole number from 1 to 16, got ${channel}`);
  return kind | (channel - 1);
};

/** Note on; velocity 1..127 (0 would mean off and is refused by clamping to 1). */
export const noteOn = (channel: number, key: MidiNote, velocity: number): MidiBytes => [status(0x90, channel), key, Math.min(127, Math.max(1, Math.round(velocity)))];

/** Note off with the neutral release velocity 0. */
export const noteOff = (channel: number, key: MidiNote): MidiBytes => [status(0x80, channel), key, 0];

/** Control change; controller and value 0..127. */
export const controlChange = (channel: number, controller: number, value: number): MidiBytes => [status(0xb0, channel), controller & 0x7f, value & 0x7f];

/** Controllers of the MIDI 1.0 channel mode messages. */
export const ALL_SOUND_OFF = 120;
export const ALL_NOTES_OFF = 123;

/** System real-time messages, one byte each. */
export const CLOCK: MidiBytes = [0xf8];
export const START: MidiBytes = [0xfa];
export const CONTINUE: MidiBytes = [0xfb];
export const STOP: MidiBytes = [0xfc];
