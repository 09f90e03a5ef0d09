import { toEngineSchema } from '../../core/ipc/engine-messages.ts';
import type { FromEngine, ToEngine } from '../../core/ipc/engine-view.ts';
import type { ScoreEvent } from '../../core/events/event.ts';
import type { Inbox } from './inbox.ts';

/** Events a message carries at most. */
const EVENTS_A_MESSAGE = 64;

/** The line to the studio's window. The window may come and go; each new port takes the place of the one before. */
export interface StudioLine {
  readonly use: (port: MessagePort) => void;
  readonly tell: (message: FromEngine) => void;
  readonly tellEvents: (events: readonly ScoreEvent[]) => void;
}

export const createStudioLine = (inbox: Inbox, onMessage: (message: ToEngine) => void, onOpen: () => void): StudioLine => {
  let port: MessagePort | null = null;
  const tell = (message: FromEngine): void => port?.postMessage(message);
  return {
    use: (next) => {
      port?.close();
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        const message = toEngineSchema.safeParse(data);
        if (message.success) onMessage(message.data);
        else inbox.refused('the studio', message.error.issues[0]?.message ?? 'unknown');
      };
      onOpen();
    },
    tell,
    tellEvents: (events) => {
      for (let at = 0; at < events.length; at += EVENTS_A_MESSAGE) tell({ kind: 'events', events: events.slice(at, at + EVENTS_A_MESSAGE) });
    },
  };
};
