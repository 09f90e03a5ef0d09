import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { gatheringSourceSchema, type GatheringSource } from '../../core/ipc/contract.ts';
import { writeWholeNow } from './atomic-write.ts';

/** The live source that was open last, so that a start after a power cut finds the same pods by the same links. */
const keptSchema = z.strictObject({ source: gatheringSourceSchema, secret: z.string().regex(/^[0-9a-f]{64}$/) });
export type Kept = z.infer<typeof keptSchema>;

export interface KeptRoom {
  /** Null where no room was open, or what is written is spoilt. */
  readonly read: () => Kept | null;
  /** To be told of every new source and secret; what is not live is forgotten. */
  readonly remember: (source: GatheringSource, secret: string) => void;
}

/** The source without passwords: they are not written to disk, and are typed again. */
const withoutPasswords = (source: GatheringSource): GatheringSource => {
  if (source.kind === 'collective') return { ...source, broker: { ...source.broker, password: null } };
  if (source.kind === 'room') return { ...source, room: { ...source.room, mqtt: source.room.mqtt.map((broker) => ({ ...broker, password: null })) } };
  return source;
};

/** @param file readable by its owner alone, since joining tokens are made from what it holds */
export const createKeptRoom = (file: string): KeptRoom => ({
  read: () => {
    try {
      return keptSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return null; // There was none, or the file is spoilt: a room is opened by hand.
    }
  },
  remember: (source, secret) => {
    try {
      if (source.kind === 'room' || source.kind === 'collective') writeWholeNow(file, JSON.stringify({ source: withoutPasswords(source), secret } satisfies Kept), 0o600);
      else rmSync(file, { force: true });
    } catch (error) {
      console.error('The room was not remembered:', error);
    }
  },
});
