import { z } from 'zod';
import { recordedInputSchema, stampedInputSchema } from '../engine/input.ts';
import { editSchema, patchSchema } from '../score/edit.ts';
import { scoreSchema } from '../score/schema.ts';
import { studioSensorPushes, studioSensorRequests, type sensorPushes, type sensorRequests } from './sensors.ts';
import { brokerSourceSchema, gatheringNameSchema, roomCommandSchema, roomSchema, roomViewSchema } from './room.ts';

/**
 * The one contract between windows and main: each channel with its request and response schema.
 * Main answers `requests` (and checks sender, request and response); it pushes `pushes`.
 * Files are named by handles that main issued, never by paths.
 */
const nothing = z.undefined();
const handle = z.uuid();
const seconds = z.number().min(0).max(24 * 3600);

export const documentStateSchema = z.strictObject({
  score: scoreSchema,
  /** Name of the file, without its place; null for a score not saved yet. */
  fileName: z.string().nullable(),
  dirty: z.boolean(),
  /** Label of the edit that undo takes back; null when there is none. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
});
export type DocumentState = z.infer<typeof documentStateSchema>;

export const gatheringSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('simulate'),
    pods: z.int().min(1).max(500),
    seed: z.int().min(0).max(0xffff_ffff),
    /** Seconds into the night at which it begins. */
    startAt: seconds,
    /** 1 is real time; demonstrations may run the night faster. */
    speed: z.number().min(1).max(240),
  }),
  z.strictObject({
    kind: z.literal('nights'),
    files: z.array(z.strictObject({ handle, name: z.string().max(255) })).min(1).max(200),
    align: z.enum(['onset', 'start']),
    startAt: seconds,
    speed: z.number().min(1).max(240),
  }),
  /** Pods from outside, as they come. A page names no files and makes no tokens. */
  z.strictObject({
    kind: z.literal('room'),
    room: roomSchema.refine((room) => room.secret === null && room.hostToken === null && room.nights === null && room.mqtt.every(({ ca }) => ca === null), 'a page names no files and no secrets'),
  }),
  /** The merged collective of a larger gathering, from a broker. */
  z.strictObject({ kind: z.literal('collective'), gathering: gatheringNameSchema, broker: brokerSourceSchema.refine(({ ca }) => ca === null, 'a page names no files') }),
]);
export type GatheringSource = z.infer<typeof gatheringSourceSchema>;

export const presetSummarySchema = z.strictObject({ id: z.string(), title: z.string(), story: z.string(), credits: z.array(z.string()), licence: z.string() });
export type PresetSummary = z.infer<typeof presetSummarySchema>;

export const exportRequestSchema = z.strictObject({
  folder: handle,
  /** `take` is what was played since the start; `source` composes the gathering's source afresh over the span. */
  of: z.enum(['take', 'source']),
  from: seconds,
  to: seconds,
  audio: z.boolean(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportProgressSchema = z.strictObject({
  state: z.enum(['composing', 'rendering', 'mixing', 'done', 'cancelled', 'failed']),
  /** 0..1 */
  done: z.number(),
  /** Seconds left, null while unknown. */
  left: z.number().nullable(),
  /** Names of the files written, relative to the folder, once done. */
  files: z.array(z.string()),
  folder: z.string(),
  fault: z.strictObject({ what: z.string(), where: z.string(), mend: z.string() }).nullable(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

export const faultSchema = z.strictObject({ what: z.string(), where: z.string(), mend: z.string() });

/** Requests of the studio window. */
export const studioRequests = {
  'document.read': { request: nothing, response: documentStateSchema },
  'document.edit': { request: editSchema, response: nothing },
  'document.undo': { request: nothing, response: nothing },
  'document.redo': { request: nothing, response: nothing },
  'document.new': { request: z.strictObject({ preset: z.string().max(60) }), response: nothing },
  'document.open': { request: nothing, response: z.strictObject({ opened: z.boolean() }) },
  'document.save': { request: nothing, response: z.strictObject({ saved: z.boolean() }) },
  'document.saveAs': { request: nothing, response: z.strictObject({ saved: z.boolean() }) },
  'presets.list': { request: nothing, response: z.array(presetSummarySchema) },
  'gathering.read': { request: nothing, response: gatheringSourceSchema },
  'gathering.chooseNights': { request: nothing, response: z.array(z.strictObject({ handle, name: z.string() })) },
  /** Also starts the gathering's clock anew. */
  'gathering.use': { request: gatheringSourceSchema, response: nothing },
  /** Recordings that are being read need not be. */
  'gathering.callOff': { request: nothing, response: nothing },
  /** What the host does in the room that is open. */
  'room.command': { request: roomCommandSchema, response: nothing },
  'export.chooseFolder': { request: nothing, response: z.strictObject({ handle, name: z.string() }).nullable() },
  'export.start': { request: exportRequestSchema, response: nothing },
  'export.cancel': { request: nothing, response: nothing },
  'export.reveal': { request: nothing, response: nothing },
  ...studioSensorRequests,
} as const;

/** Characters of a snapshot at most; after a night of eight hours it has some 130 000. */
export const SNAPSHOT_LIMIT = 8_000_000;

/** Requests of the hidden engine window. */
export const engineRequests = {
  /** What to play: on a restart after a crash with the take so far, so that it resumes at the same bar. */
  'engine.load': {
    request: nothing,
    response: z.strictObject({
      score: scoreSchema,
      seed: z.int(),
      /**
       * Null for a fresh gathering. `inputs` is the whole journal where there is no snapshot, else what follows it and one entry
       * before; `elapsed` is microseconds since the start on the wall. A snapshot is given once: should it be what the engine
       * falls over, the next one lives through the whole journal.
       */
      resume: z.strictObject({ snapshot: z.string().nullable(), inputs: z.array(stampedInputSchema), elapsed: z.int().min(0) }).nullable(),
      /** Name of the output that clock is sent to, as last chosen. */
      clockTo: z.string().nullable(),
    }),
  },
  /** New journal entries, at least once a second while playing. */
  'engine.record': { request: z.strictObject({ inputs: z.array(recordedInputSchema).max(10_000) }), response: nothing },
  /**
   * All that the engine needs to go on from the journal's entry `seq`, about once a minute while playing: text that means
   * nothing to main. Answers false where entries before it have not arrived yet.
   */
  'engine.snapshot': { request: z.strictObject({ seq: z.int().min(0), data: z.string().max(SNAPSHOT_LIMIT) }), response: z.boolean() },
  /** The output that clock is sent to from now on, or none. */
  'engine.clock': { request: z.string().max(200).nullable(), response: nothing },
  /** The gathering has begun to play (its clock stands at 0), or has ended. */
  'engine.transport': { request: z.enum(['started', 'stopped']), response: nothing },
} as const;

/** Main to studio. */
export const studioPushes = {
  'document.changed': documentStateSchema,
  'gathering.changed': gatheringSourceSchema,
  /** How far recordings have been read, and seconds left; null once it is over, either way. */
  'gathering.reading': z.strictObject({ share: z.number().min(0).max(1), left: z.number().min(0).nullable() }).nullable(),
  /** The room as its host sees it, once a second while one is open. */
  'room.changed': roomViewSchema,
  'export.progress': exportProgressSchema,
  /** Something a person should know, in words. */
  notice: z.strictObject({ tone: z.enum(['info', 'warning']), text: z.string() }),
  /** A menu item or shortcut that the studio answers itself. */
  command: z.enum(['place-perform', 'place-compose', 'place-export', 'place-library', 'place-gathering', 'fade', 'panic', 'play']),
  ...studioSensorPushes,
} as const;

/** Main to engine. */
export const enginePushes = {
  'score.edited': z.strictObject({ patches: z.array(patchSchema) }),
  /** Another score or source: ask `engine.load` again and begin anew. */
  'gathering.reset': z.undefined(),
} as const;

export type Requests = Record<string, { readonly request: z.ZodType; readonly response: z.ZodType }>;
/** An API of promises derived from a table of requests. */
export type Api<Table extends Requests> = {
  readonly [Channel in keyof Table]: (request: z.input<Table[Channel]['request']>) => Promise<z.output<Table[Channel]['response']>>;
};
/** A way to listen to pushes; returns the way to stop. */
export type Listen<Table extends Record<string, z.ZodType>> = <Channel extends keyof Table>(channel: Channel, listener: (value: z.output<Table[Channel]>) => void) => () => void;

/** What `window.dreamscore` is in the studio window. */
export interface StudioBridge {
  readonly request: Api<typeof studioRequests>;
  readonly on: Listen<typeof studioPushes>;
}
/** What `window.dreamscore` is in the engine window. */
export interface EngineBridge {
  readonly request: Api<typeof engineRequests>;
  readonly on: Listen<typeof enginePushes>;
}
/** What `window.dreamscore` is in the hidden page that holds Bluetooth sensors. */
export interface SensorsBridge {
  readonly request: Api<typeof sensorRequests>;
  readonly on: Listen<typeof sensorPushes>;
}

/**
 * Ports come to a window as a `message` event of the window itself, with this data and the port in
 * `event.ports[0]`. `studio-engine` joins studio and engine, `nexus` joins the Nexus and the engine.
 */
export const portArrivalSchema = z.strictObject({ dreamscorePort: z.enum(['studio-engine', 'nexus']) });
