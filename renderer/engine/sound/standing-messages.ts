import type { LayerMessage } from '../../../core/dsp/types.ts';

/** What a layer has been told and still matters: last controls and open notes. A layer that is built anew starts from it. */
export interface StandingMessages {
  readonly note: (messages: readonly LayerMessage[]) => void;
  readonly all: () => readonly LayerMessage[];
  readonly silence: () => void;
}

export const createStandingMessages = (): StandingMessages => {
  const controls = new Map<string, LayerMessage>();
  const notes = new Map<number, LayerMessage>();
  return {
    note: (messages) => {
      for (const message of messages) {
        if (message.kind === 'control') controls.set(message.parameter, message);
        else if (message.kind === 'on') notes.set(message.note, message);
        else if (message.kind === 'off') notes.delete(message.note);
        else notes.clear();
      }
    },
    all: () => [...controls.values(), ...notes.values()].sort((a, b) => a.frame - b.frame),
    silence: () => notes.clear(),
  };
};
