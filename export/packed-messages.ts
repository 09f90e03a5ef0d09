import type { LayerMessage } from '../core/dsp/types.ts';

/**
 * A layer's messages as flat arrays: 8 hours are copied to a worker in a blink and take some forty
 * bytes a message. They are in the order of their frames.
 */
export interface PackedMessages {
  readonly kinds: Uint8Array;
  readonly frames: Float64Array;
  /** Note of `on` and `off`; index of the parameter's name for `control`. */
  readonly names: Float64Array;
  /** Pitch of `on`, value of `control`. */
  readonly values: Float64Array;
  /** Velocity of `on`. */
  readonly velocities: Float64Array;
  readonly parameters: readonly string[];
}

const KINDS = ['on', 'off', 'control', 'silence'] as const;

/** Packs messages. RangeError where frames decrease. */
export const packMessages = (messages: readonly LayerMessage[]): PackedMessages => {
  const packed = {
    kinds: new Uint8Array(messages.length),
    frames: new Float64Array(messages.length),
    names: new Float64Array(messages.length),
    values: new Float64Array(messages.length),
    velocities: new Float64Array(messages.length),
  };
  const parameters: string[] = [];
  let latest = -Infinity;
  messages.forEach((message, i) => {
    if (!(message.frame >= latest)) throw new RangeError(`message ${i} is at frame ${message.frame}, before frame ${latest} of the one in front of it`);
    latest = message.frame;
    packed.kinds[i] = KINDS.indexOf(message.kind);
    packed.frames[i] = message.frame;
    if (message.kind === 'on') {
      packed.names[i] = message.note;
      packed.values[i] = message.pitch;
      packed.velocities[i] = message.velocity;
    } else if (message.kind === 'off') {
      packed.names[i] = message.note;
    } else if (message.kind === 'control') {
      if (!parameters.includes(message.parameter)) parameters.push(message.parameter);
      packed.names[i] = parameters.indexOf(message.parameter);
      packed.values[i] = message.value;
    }
  });
  return { ...packed, parameters };
};

/** The message at an index; RangeError beyond the end. */
export const unpackMessage = (packed: PackedMessages, index: number): LayerMessage => {
  const frame = packed.frames[index] ?? NaN;
  const name = packed.names[index] ?? NaN;
  const value = packed.values[index] ?? NaN;
  switch (KINDS[packed.kinds[index] ?? -1]) {
    case 'on': return { kind: 'on', frame, note: name, pitch: value, velocity: packed.velocities[index] ?? 0 };
    case 'off': return { kind: 'off', frame, note: name };
    case 'control': return { kind: 'control', frame, parameter: packed.parameters[name] ?? '', value };
    case 'silence': return { kind: 'silence', frame };
    default: throw new RangeError(`no message ${index} of ${packed.frames.length}`);
  }
};
