import { z } from 'zod';
import { sensorToNexusSchema } from '../../core/ipc/nexus-messages.ts';
import type { Intake } from './adapter.ts';

/** The line from the page that holds Bluetooth sensors: each device is a connection with one pod. */
export interface SensorsLine {
  /** A message of any shape. It goes into the room that is open; where there is none, nobody hears it. */
  receive(message: unknown, room: { readonly intake: Intake; readonly circle: string } | null): void;
  /** The page is gone, and its connections with it. */
  closed(room: { readonly intake: Intake; readonly circle: string } | null): void;
}

const ADAPTER = 'bluetooth';
const MOST_DEVICES = 32;
const sidSchema = z.looseObject({ sid: z.string() });

export const createSensorsLine = (): SensorsLine => {
  /** The sid that each device spoke with last, so that its sleeper can leave. */
  const sids = new Map<string, string>();
  return {
    receive: (message, room) => {
      const read = sensorToNexusSchema.safeParse(message);
      if (!read.success || room === null) return;
      const { device } = read.data;
      const from = { adapter: ADAPTER, connection: device, one: true, circle: room.circle } as const;
      if ('gone' in read.data) {
        const sid = sids.get(device);
        sids.delete(device);
        if (sid !== undefined) room.intake.bye(sid, from);
        room.intake.closed(from);
        return;
      }
      const named = sidSchema.safeParse(read.data.frame);
      if (named.success && (sids.has(device) || sids.size < MOST_DEVICES)) sids.set(device, named.data.sid);
      room.intake.frame(read.data.frame, from);
    },
    closed: (room) => {
      if (room !== null) for (const device of sids.keys()) room.intake.closed({ adapter: ADAPTER, connection: device, one: true, circle: room.circle });
      sids.clear();
    },
  };
};
