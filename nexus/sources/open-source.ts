import type { NexusSource } from '../../core/ipc/nexus-messages.ts';
import { openCollective } from './collective.ts';
import { openRoom } from './open-room.ts';
import { openOwn } from './own-gathering.ts';
import type { Listeners, Machine, Opening } from './playing.ts';
import { openRecording } from './recording.ts';

/** Reads what a source names; nothing is heard of it until it begins. @param signal calls the reading off @throws Fault where it cannot be opened */
export const openSource = async (asked: NexusSource, machine: Machine, listeners: Listeners, signal: AbortSignal): Promise<Opening> => {
  switch (asked.kind) {
    case 'simulate':
    case 'nights':
      return openOwn(asked, machine, listeners, signal);
    case 'recording':
      return openRecording(asked, machine, listeners);
    case 'room':
      return openRoom(asked.room, machine, listeners, signal);
    case 'collective':
      return openCollective(asked, machine, listeners);
  }
};
