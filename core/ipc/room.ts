import { z } from 'zod';

/**
 * A room: where pods from outside come in. What main (or the command line) tells the Nexus of it, and what the Nexus
 * tells the host. Addresses and passwords go one way only; nothing here names a sleeper.
 */
const port = z.int().min(0).max(65_535);
/** Names the gathering in topics and links. */
export const gatheringNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens, 40 at most');
/** Some pods that sit together; a host can fold circles into one realm or apart. */
export const circleSchema = z.string().trim().min(1).max(40);
const circle = circleSchema.default('one');

export const OSC_LAYOUTS = ['mind-monitor', 'openbci', 'goofi', 'eegsynth', 'map'] as const;

/** A field of a pod's derived features that an OSC address may fill. */
export const OSC_FIELDS = ['delta', 'theta', 'alpha', 'sigma', 'beta', 'hrBpm', 'rmssdMs', 'respHz', 'respPhase', 'motion', 'dTempC'] as const;

export const oscSourceSchema = z.strictObject({
  layout: z.enum(OSC_LAYOUTS),
  /** UDP port; 0 is the layout's usual one. */
  port: port.default(0),
  circle,
  /** Only with `map`: which address fills which field, value x scale + offset. */
  map: z.array(z.strictObject({
    address: z.string().regex(/^\/[\x21-\x7e]{0,199}$/, 'an OSC address begins with /'),
    field: z.enum(OSC_FIELDS),
    /** Which argument, from 0. */
    argument: z.int().min(0).max(31).default(0),
    scale: z.number().default(1),
    offset: z.number().default(0),
  })).max(64).default([]),
});
export type OscSource = z.output<typeof oscSourceSchema>;

export const brokerSourceSchema = z.strictObject({
  /** mqtt:, mqtts:, ws: or wss:. */
  url: z.string().max(300).regex(/^(mqtts?|wss?):\/\/\S+$/, 'an address such as mqtts://broker.example:8883'),
  version: z.union([z.literal(4), z.literal(5)]).default(5),
  username: z.string().max(200).nullable().default(null),
  /** A password or a token; kept in memory alone. */
  password: z.string().max(4_000).nullable().default(null),
  /** Path of a certificate authority's PEM file, for a broker that signs its own. From main or the command line alone. */
  ca: z.string().max(4_096).nullable().default(null),
  circle,
});
export type BrokerSource = z.output<typeof brokerSourceSchema>;

export const roomSchema = z
  .strictObject({
    gathering: gatheringNameSchema.default('gathering'),
    /** What the joining tokens are made from, so that a Nexus that was started again opens to the same links; null: tokens of chance. */
    secret: z.string().regex(/^[0-9a-f]{64}$/).nullable().default(null),
    /** Lets a host read status and metrics from another machine; null: from this machine alone. */
    hostToken: z.string().min(16).max(200).nullable().default(null),
    /** For a private stream (docs/privacy.md): who waits for a batch is counted there already. */
    counted: z.boolean().default(false),
    /** `mine`: only devices of one's own, heard from one on (k = 1). `others`: heard from five on, in batches. */
    whose: z.enum(['mine', 'others']).default('others'),
    /** Reachable on the local network; otherwise from this machine alone. */
    open: z.boolean().default(false),
    circles: z.array(circleSchema).min(1).max(16).default(['one']),
    /** The embedded broker; null: none. Port 0: the system chooses. */
    broker: z.strictObject({ port: port.default(1883) }).nullable().default({ port: 1883 }),
    /** The pod page and the host's status page; null: none. */
    page: z
      .strictObject({
        port: port.default(8026),
        /** Where a proxy on this machine serves the page with a certificate, so that phones give motion and microphone; null: none does. */
        origin: z.string().max(200).regex(/^https:\/\/[^/\s]+$/, 'an origin such as https://pods.example').nullable().default(null),
      })
      .nullable()
      .default({ port: 8026, origin: null }),
    mqtt: z.array(brokerSourceSchema).max(8).default([]),
    osc: z.array(oscSourceSchema).max(16).default([]),
    /** Simulated sleepers beside the real ones. */
    simulate: z
      .strictObject({
        pods: z.int().min(1).max(10_000),
        seed: z.int().min(0).max(0xffff_ffff).default(1),
        /** Late joins, silences and lost contacts, as in a real room. */
        mishaps: z.boolean().default(false),
        circle,
      })
      .nullable()
      .default(null),
    /** Recordings beside the live ones, each a pod; paths from main or the command line alone. */
    nights: z.strictObject({ files: z.array(z.string().min(1).max(4_096)).min(1).max(200), align: z.enum(['onset', 'start']).default('onset'), speed: z.number().min(1).max(240).default(1), circle }).nullable().default(null),
  })
  .refine((room) => room.whose === 'others' || (room.broker === null && room.page === null && room.mqtt.length === 0), {
    message: 'others may come in by a broker or a page, so a room that has one is for others',
    path: ['whose'],
  })
  .refine((room) => new Set(room.circles).size === room.circles.length, { message: 'two circles have one name', path: ['circles'] })
  .refine((room) => [...room.mqtt, ...room.osc, ...(room.simulate ? [room.simulate] : []), ...(room.nights ? [room.nights] : [])].every((source) => room.circles.includes(source.circle)), {
    message: 'a source names a circle that the room has not',
    path: ['circles'],
  });
export type Room = z.output<typeof roomSchema>;

/** What a host may do to a room while it runs. */
export const roomCommandSchema = z.discriminatedUnion('kind', [
  /** Which circles are one realm, and which stand apart: every circle exactly once. Cross-faded over 45 s. */
  z.strictObject({ kind: z.literal('realms'), realms: z.array(z.array(circleSchema).min(1)).min(1).max(16) }),
  /** Takes a pod out and does not let it back in. By its name in the host's view. */
  z.strictObject({ kind: z.literal('remove'), pod: z.string().max(20) }),
  /** New joining tokens: links and codes that were handed out no longer work; pods that are in stay in. */
  z.strictObject({ kind: z.literal('tokens'), secret: z.string().regex(/^[0-9a-f]{64}$/).nullable().default(null) }),
]);
export type RoomCommand = z.output<typeof roomCommandSchema>;

/** One pod as the host sees it: how it fares, never how it sleeps. */
export const podCardSchema = z.strictObject({
  /** `pod 7`: counted up as they come, so that a host can speak of it. Never its sid. */
  name: z.string().max(20),
  circle: circleSchema,
  /** `waiting` for a batch; `live`; `stale`: nothing new for 90 s; `limited`: refused more often than not. */
  state: z.enum(['waiting', 'live', 'stale', 'limited']),
  /** Quality of each sensor 0..1; null where it has none. */
  quality: z.strictObject({ eeg: z.number(), hr: z.number(), resp: z.number(), motion: z.number() }),
  /** Seconds since it was last heard. */
  age: z.number().min(0),
  record: z.boolean(),
  publish: z.boolean(),
  /** Why it is limited, in words (VERDICT_WORDS), or null. */
  trouble: z.string().max(120).nullable(),
  /** Messages refused since it came. */
  refused: z.int().min(0),
});
export type PodCard = z.infer<typeof podCardSchema>;

/** The room as the host sees it, once a second. */
export const roomViewSchema = z.strictObject({
  adapters: z.array(z.strictObject({ name: z.string().max(200), state: z.enum(['off', 'starting', 'live', 'waiting', 'failed']), words: z.string().max(400) })).max(64),
  /** At most 200 are listed, troubled ones first; `counts` has all. */
  pods: z.array(podCardSchema).max(200),
  counts: z.strictObject({ live: z.int().min(0), waiting: z.int().min(0), limited: z.int().min(0) }),
  /** Joined circles stand in one list. */
  realms: z.array(z.array(circleSchema)).max(16),
  /** One way in for each circle: a link and its code as the path of an SVG in a square of `size` modules. Empty where the room has no page. */
  join: z.array(z.strictObject({ circle: circleSchema, url: z.string().max(400), qr: z.strictObject({ size: z.int(), path: z.string().max(40_000) }) })).max(16),
  /** Seconds until waiting pods may enter at the earliest; null where none waits or it wants one more. */
  nextBatch: z.number().nullable(),
  chant: z.number().min(0).max(1),
  /** Those who chant now. */
  chanting: z.int().min(0),
});
export type RoomView = z.infer<typeof roomViewSchema>;
