import { gainOfDecibels } from '../math/decibels.ts';
import { makeBell } from './instruments/bell.ts';
import { makeDrone } from './instruments/drone.ts';
import { makePad } from './instruments/pad.ts';
import { makeReed } from './instruments/reed.ts';
import { makeGlide, type Glide } from './glide.ts';
import { FADE_FRAMES, QUANTUM, quantumStart } from './grid.ts';
import { makeSine } from './phase.ts';
import { makeRoom, type RoomShape } from './room.ts';
import type { Span } from './strand.ts';
import { clamp01 } from './timbre.ts';
import { SOUND_PARAMETERS, type InstrumentKind, type LayerMessage, type LayerSound, type SoundParameter } from './types.ts';
import { smooth, type Instrument } from './voice.ts';
import { makeVoices } from './voices.ts';

/** A layer's sound: its instrument in its own room, stereo, so that layers sum to the mix. */
export interface Layer {
  /**
   * Tells the layer what happens. Before the first `render` messages of any time may be given, in order:
   * those before the start set up what already sounds. Later ones come before the quantum they fall in is
   * rendered; one that comes too late acts at once, at the next quantum.
   */
  push(message: LayerMessage): void;
  /**
   * Writes `frames` frames from absolute frame `from` into the first places of `left` and `right`. Calls
   * follow each other without a gap; RangeError otherwise.
   */
  render(left: Float32Array, right: Float32Array, from: number, frames: number): void;
}

const makeInstrument = (kind: InstrumentKind, sine: Float32Array, seed: number): Instrument => {
  switch (kind) {
    case 'drone': return makeDrone(sine);
    case 'pad': return makePad(sine);
    case 'reed': return makeReed(sine, seed);
    case 'bell': return makeBell(sine);
  }
};

/** Gain of a fader: 0 silent, 0.75 unity, 1 is +5 dB; it follows the square, as short faders do. */
export const gainOfFader = (level: number): number => (level * level) / 0.5625;

const isParameter = (name: string): name is SoundParameter => (SOUND_PARAMETERS as readonly string[]).includes(name);

/**
 * Builds a layer that starts at `startFrame`. Its samples are right from the frame for which
 * `prerollStart` gives this start (all of them, where it is 0), given all messages from the gathering's start.
 */
export const createLayer = (sound: LayerSound, shape: RoomShape, startFrame: number): Layer => {
  const sine = makeSine();
  const voices = makeVoices(makeInstrument(sound.instrument, sine, sound.seed), sound.seed);
  const room = makeRoom(shape, sine);
  const glides = new Map<SoundParameter, Glide>(SOUND_PARAMETERS.map((name) => [name, makeGlide(sound.parameters[name])]));
  const { level, brightness, motion, room: send } = Object.fromEntries(glides) as Record<SoundParameter, Glide>;
  const unity = gainOfDecibels(sound.gainDb);
  const panLeft = Math.sqrt(1 - sound.pan) * unity;
  const panRight = Math.sqrt(1 + sound.pan) * unity;

  const queue: LayerMessage[] = [];
  let head = 0;
  let begun = false;
  const silences: number[] = [];
  /** Next frame the host will get, and the quantum that `outLeft` and `outRight` hold. */
  let position = startFrame;
  let made = quantumStart(startFrame) - QUANTUM;

  const span: Span = {
    left: new Float64Array(QUANTUM), right: new Float64Array(QUANTUM), frame: 0, begin: 0, end: QUANTUM,
    brightness0: 0, brightness1: 0, motion0: 0, motion1: 0,
  };
  const sendLeft = new Float64Array(QUANTUM);
  const sendRight = new Float64Array(QUANTUM);

  const apply = (message: LayerMessage): void => {
    switch (message.kind) {
      case 'on': return voices.on(message.frame, message.note, message.pitch, clamp01(message.velocity));
      case 'off': return voices.off(message.frame, message.note);
      case 'silence':
        silences.push(message.frame);
        return voices.silence(message.frame);
      case 'control':
        if (isParameter(message.parameter)) glides.get(message.parameter)?.set(message.frame, clamp01(message.value));
    }
  };

  const applyUntil = (frame: number): void => {
    while (head < queue.length && (queue[head] as LayerMessage).frame < frame) apply(queue[head++] as LayerMessage);
    if (head > 1_024 || (head > 0 && head === queue.length)) {
      queue.splice(0, head);
      head = 0;
    }
  };

  /** 1, but around a `silence` it dips to 0 and comes back, so that the room falls silent too. */
  const openness = (frame: number): number => {
    let open = 1;
    for (const silence of silences) {
      const since = frame - silence;
      if (since > 0 && since <= FADE_FRAMES) open *= 1 - smooth(since / FADE_FRAMES);
      else if (since > FADE_FRAMES) open *= smooth((since - 2 * FADE_FRAMES) / FADE_FRAMES);
    }
    return open;
  };

  /** Empties the room in the middle of the dip, and drops silences that are over. */
  const heedSilences = (frame: number): void => {
    for (const silence of silences) {
      const since = frame - silence - FADE_FRAMES;
      if (since >= 0 && since < QUANTUM) room.reset();
    }
    while (silences.length > 0 && (silences[0] as number) + 3 * FADE_FRAMES <= frame) silences.shift();
  };

  /** Level and openness at a frame. */
  const masterAt = (frame: number): number => gainOfFader(level.at(frame)) * openness(frame);

  const sendToRoom = (frame: number): void => {
    const amount0 = send.at(frame);
    const amount1 = send.at(frame + QUANTUM);
    const slope = (amount1 - amount0) / QUANTUM;
    const { left, right } = span;
    for (let i = 0; i < QUANTUM; i += 1) {
      const amount = amount0 + slope * i;
      left[i] = (left[i] as number) * panLeft;
      right[i] = (right[i] as number) * panRight;
      sendLeft[i] = amount * (left[i] as number);
      sendRight[i] = amount * (right[i] as number);
    }
    room.process(sendLeft, sendRight, left, right, frame);
  };

  const makeQuantum = (frame: number): void => {
    applyUntil(frame + QUANTUM);
    for (const glide of glides.values()) glide.forget(frame);
    heedSilences(frame);
    span.left.fill(0);
    span.right.fill(0);
    span.frame = frame;
    span.brightness0 = brightness.at(frame);
    span.brightness1 = brightness.at(frame + QUANTUM);
    span.motion0 = motion.at(frame);
    span.motion1 = motion.at(frame + QUANTUM);
    voices.render(span);
    sendToRoom(frame);
    const master0 = masterAt(frame);
    const slope = (masterAt(frame + QUANTUM) - master0) / QUANTUM;
    for (let i = 0; i < QUANTUM; i += 1) {
      const master = master0 + slope * i;
      span.left[i] = (span.left[i] as number) * master;
      span.right[i] = (span.right[i] as number) * master;
    }
    made = frame;
  };

  return {
    push: (message) => {
      const earliest = begun ? made + QUANTUM : -Infinity;
      const timed = message.frame < earliest ? { ...message, frame: earliest } : message;
      let at = queue.length;
      while (at > head && (queue[at - 1] as LayerMessage).frame > timed.frame) at -= 1;
      queue.splice(at, 0, timed);
    },
    render: (left, right, from, frames) => {
      if (from !== position) throw new RangeError(`the next frame is ${position}, asked for ${from}`);
      begun = true;
      for (let done = 0; done < frames;) {
        const frame = quantumStart(position);
        if (made !== frame) makeQuantum(frame);
        const offset = position - frame;
        const count = Math.min(QUANTUM - offset, frames - done);
        for (let i = 0; i < count; i += 1) {
          left[done + i] = span.left[offset + i] as number;
          right[done + i] = span.right[offset + i] as number;
        }
        position += count;
        done += count;
      }
    },
  };
};

