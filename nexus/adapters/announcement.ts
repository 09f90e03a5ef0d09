import type { Adapter } from './adapter.ts';
import { advertise, type Advertisement } from './discovery.ts';

export interface AnnouncementOptions {
  readonly gathering: string;
  /** Where the doors stand once they are open; null for one that there is not. */
  readonly ports: () => { readonly broker: number | null; readonly page: number | null };
}

/** Announces an open room on the local network. To be started once its doors stand open. */
export const createAnnouncement = ({ gathering, ports }: AnnouncementOptions): Adapter => {
  let advertisement: Advertisement | null = null;
  return {
    name: 'announcement',
    start: () => {
      const { broker, page } = ports();
      advertisement ??= advertise({ gathering, brokerPort: broker, pagePort: page });
      return Promise.resolve();
    },
    stop: async () => {
      const before = advertisement;
      advertisement = null;
      await before?.stop();
    },
    health: () => (advertisement === null ? { state: 'off', words: 'Off' } : { state: 'live', words: advertisement.words() }),
  };
};
