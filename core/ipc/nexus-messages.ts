import { z } from 'zod';
import { collectiveFrameSchema } from '../signal/collective-frame.ts';
import { brokerSourceSchema, gatheringNameSchema, roomCommandSchema, roomSchema, roomViewSchema } from './room.ts';

const seconds = z.number().min(0).max(24 * 3_600);
const live = {
  /** Seconds into the night at which it begins: later than 0 where a demonstration should find people asleep. */
  startAt: seconds.default(0),
  /** 1 is real time; a demonstration may run the night faster. Frames come 4 a second all the same. */
  speed: z.number().min(1).max(240).default(1),
};

/** Where the Nexus takes its sleepers from. File paths come from main alone, which issued the handles behind them. */
export const nexusSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('simulate'),
    pods: z.int().min(1).max(500),
    seed: z.int().min(0).max(0xffff_ffff),
    /** Breath coupling in units of the critical one; the built-in .3 is shy, 2 is artistic licence. */
    kappa: z.number().min(0).max(3).optional(),
    ...live,
  }),
  z.strictObject({
    kind: z.literal('nights'),
    files: z.array(z.string().min(1).max(4_096)).min(1).max(200),
    align: z.enum(['onset', 'start']).default('onset'),
    seed: z.int().min(0).max(0xffff_ffff).default(1),
    ...live,
  }),
  /** Pods from outside, as they come. */
  z.strictObject({ kind: z.literal('room'), room: roomSchema }),
  /** The merged collective of a larger gathering, from a broker (docs/scaling.md). */
  z.strictObject({ kind: z.literal('collective'), broker: brokerSourceSchema, gathering: gatheringNameSchema }),
  /** Collective frames that a Nexus recorded (`--record`), as they came. */
  z.strictObject({ kind: z.literal('recording'), file: z.string().min(1).max(4_096), ...live }),
]);
export type NexusSource = z.output<typeof nexusSourceSchema>;

/**
 * Main to Nexus. The engine's MessagePort travels with `port` (or with `start`), in `ports[0]` of the message;
 * a new port takes the place of the one before, so an engine that was restarted is heard again at once.
 */
export const toNexusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start'), source: nexusSourceSchema }),
  z.strictObject({ kind: z.literal('port') }),
  /** A line to the page that holds Bluetooth sensors travels with it; its pod frames come in like any other's. */
  z.strictObject({ kind: z.literal('sensors') }),
  /** What the host does in a room. */
  z.strictObject({ kind: z.literal('command'), command: roomCommandSchema }),
  /** Recordings that are being read need not be; what was heard before goes on. */
  z.strictObject({ kind: z.literal('callOff') }),
  z.strictObject({ kind: z.literal('stop') }),
  /** Ends the program. */
  z.strictObject({ kind: z.literal('dispose') }),
]);
export type ToNexus = z.input<typeof toNexusSchema>;

/** How the signals fare, once a second while a source runs. */
export const nexusHealthSchema = z.strictObject({
  kind: z.literal('health'),
  /** The source in words: `24 simulated sleepers`, `5 recorded nights`. */
  source: z.string(),
  pods: z.int().min(0),
  gated: z.boolean(),
  /** Mean quality of the live pods' sensors, 0..1. */
  quality: z.number().min(0).max(1),
  /** Seconds into the night. */
  night: z.number().min(0),
  speed: z.number(),
});
export type NexusHealth = z.infer<typeof nexusHealthSchema>;

/** Nexus to engine, over the port: a frame 4 times a second, health once a second. */
export const nexusToEngineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('frame'),
    frame: collectiveFrameSchema,
    /** What a take may keep in its place: the fold over those who agreed to `record`. Absent where that is all of them. */
    kept: collectiveFrameSchema.optional(),
  }),
  nexusHealthSchema,
]);
export type NexusToEngine = z.infer<typeof nexusToEngineSchema>;

/** The page that holds Bluetooth sensors to the Nexus, over the line that `sensors` brought. */
export const sensorToNexusSchema = z.union([
  /** One pod frame a second for each device; the intake checks it like any other's. */
  z.strictObject({ device: z.uuid(), frame: z.unknown() }),
  /** The sleeper leaves and takes the data with it. */
  z.strictObject({ device: z.uuid(), gone: z.literal(true) }),
]);
export type SensorToNexus = z.output<typeof sensorToNexusSchema>;

/** Nexus to main. */
export const fromNexusSchema = z.discriminatedUnion('kind', [
  /** The program listens. */
  z.strictObject({ kind: z.literal('ready') }),
  /** Frames have begun. */
  z.strictObject({ kind: z.literal('started'), source: z.string() }),
  nexusHealthSchema,
  /** Recordings are being read: the share that is done, and seconds left where that can be said. */
  z.strictObject({ kind: z.literal('reading'), share: z.number().min(0).max(1), left: z.number().min(0).nullable() }),
  /** The room as the host sees it, once a second while a room runs. */
  z.strictObject({ kind: z.literal('room'), view: roomViewSchema }),
  /** The last recorded night is over; no more frames come. */
  z.strictObject({ kind: z.literal('ended') }),
  z.strictObject({ kind: z.literal('stopped') }),
  /** A message or a file was refused; what ran before goes on. */
  z.strictObject({ kind: z.literal('fault'), what: z.string(), where: z.string(), mend: z.string() }),
]);
export type FromNexus = z.infer<typeof fromNexusSchema>;
