import { CONTROL_MAX } from '../events/event.ts';
import type { Performed } from '../events/performed.ts';
import type { Micros, Tick } from '../units.ts';
import { controlChange, noteOff, noteOn, type MidiBytes } from './messages.ts';

/**
 * Controllers that a layer's sound parameters drive. Level goes to expression (11), so that the
 * instrument's own volume (7) stays with its owner; 74, 1 and 91 are brightness, modulation and
 * reverb send of General MIDI 2.
 */
export const CONTROLLERS: Readonly<Record<string, number>> = { level: 11, brightness: 74, motion: 1, room: 91 };

/** The upper 7 of our 14 bits, 0..127, as MIDI's coarse controllers take them. */
export const sevenBits = (value: number): number => Math.floor(Math.min(CONTROL_MAX, Math.max(0, value)) / 128);

/** One message of a layer with its time. */
export interface MidiOutMessage {
  readonly t: Micros;
  readonly tick: Tick;
  readonly layer: string;
  readonly bytes: MidiBytes;
}

/** Channel of a layer, 1..16; null where it has none. */
export type ChannelOf = (layer: string) => number | null;

export interface MidiOut {
  /** The message that a performed event becomes; null where it has none (tempo, scenes) or nothing changes in 7 bits. */
  message(performed: Performed): MidiOutMessage | null;
  /** Forgets the controller values sent, so that the next ones are sent whole (a port came back). */
  forget(): void;
}

/** The one way from performed events to MIDI messages, for live outputs and for files. It remembers controller values in order to send each only when it moves. */
export const createMidiOut = (channelOf: ChannelOf): MidiOut => {
  const sent = new Map<string, number>();

  const bytesOf = (performed: Performed): MidiBytes | null => {
    if (performed.kind !== 'on' && performed.kind !== 'off' && performed.kind !== 'control') return null;
    const channel = channelOf(performed.layer);
    if (channel === null) return null;
    if (performed.kind === 'on') return noteOn(channel, performed.pitch, performed.velocity);
    if (performed.kind === 'off') return noteOff(channel, performed.pitch);
    const controller = CONTROLLERS[performed.parameter];
    if (controller === undefined) return null;
    const value = sevenBits(performed.value);
    const key = `${performed.layer}/${controller}`;
    if (sent.get(key) === value) return null;
    sent.set(key, value);
    return controlChange(channel, controller, value);
  };

  return {
    message(performed) {
      const bytes = bytesOf(performed);
      return bytes === null ? null : { t: performed.t, tick: performed.tick, layer: performed.layer, bytes };
    },
    forget: () => sent.clear(),
  };
};
