import { nexusToEngineSchema, type NexusToEngine } from '../../core/ipc/nexus-messages.ts';
import type { Inbox } from './inbox.ts';

/** The line from the Nexus: frames and health, checked on arrival. A new port takes the place of the one before. */
export const createNexusLine = (inbox: Inbox, onMessage: (message: NexusToEngine) => void): { readonly use: (port: MessagePort) => void } => {
  let port: MessagePort | null = null;
  return {
    use: (next) => {
      port?.close();
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        const message = nexusToEngineSchema.safeParse(data);
        if (message.success) onMessage(message.data);
        else inbox.refused('the Nexus', message.error.issues[0]?.message ?? 'unknown');
      };
    },
  };
};
