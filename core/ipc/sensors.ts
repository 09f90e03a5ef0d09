import { z } from 'zod';

/**
 * Sensors over Bluetooth: what the studio, main and the hidden page that holds the connections say to each other of them. How a
 * sensor fares, never what it hears, and never the name that it gives itself: people call devices after themselves.
 */
export const SENSOR_KINDS = ['heart', 'muse'] as const;
export const sensorKindSchema = z.enum(SENSOR_KINDS);
export type SensorKind = z.infer<typeof sensorKindSchema>;

/** What the wearer agreed to; into every pod frame. A voice of its own is never asked for here. */
export const sensorConsentSchema = z.strictObject({ live: z.boolean(), record: z.boolean(), publish: z.boolean() });
export type SensorConsent = z.infer<typeof sensorConsentSchema>;

/** Connected sensors at once: more than a Bluetooth adapter carries well. */
export const MOST_SENSORS = 8;

const share = z.number().min(0).max(1);

export const sensorCardSchema = z.strictObject({
  /** Random, made when it was chosen. */
  device: z.uuid(),
  kind: sensorKindSchema,
  /** Counted up within its kind, so that people can tell two belts apart. */
  number: z.int().min(1).max(10_000),
  /** `silent`: connected, but nothing comes; `waiting`: it went away, and is tried again in `retryIn` seconds. */
  state: z.enum(['connecting', 'live', 'silent', 'waiting']),
  retryIn: z.int().min(0).max(3_600).nullable(),
  /** Charge; null where the sensor does not say. */
  battery: share.nullable(),
  contact: z.enum(['good', 'poor', 'off', 'unknown']),
  /** Of its signal; null before there is one. */
  quality: share.nullable(),
  /** Share of packets lost since it was connected; null where it does not number them. */
  lost: share.nullable(),
  /** Times that it went away by itself. */
  dropped: z.int().min(0),
  consent: sensorConsentSchema,
});
export type SensorCard = z.infer<typeof sensorCardSchema>;
const cards = z.array(sensorCardSchema).max(MOST_SENSORS);

/** What came of looking for a sensor, as the hidden page tells main. */
export const sensorOutcomeSchema = z.enum([
  'connected',
  /** Nothing was chosen. */
  'cancelled',
  /** No adapter, or a system that lets nobody at it. */
  'no bluetooth',
  /** It was chosen and did not answer. */
  'unreachable',
  /** It answered, and speaks otherwise than its kind does. */
  'unsuitable',
  'already connected',
  'failed',
]);
export type SensorOutcome = z.infer<typeof sensorOutcomeSchema>;

/** Devices that one look shows at most, and characters of their names. */
export const MOST_FOUND = 40;
export const LONGEST_NAME = 60;

/** A look for a sensor, as the studio shows it; it stands until it is cancelled, dismissed or has led to a sensor. */
export const sensorScanSchema = z.strictObject({
  kind: sensorKindSchema,
  state: z.enum(['opening', 'scanning', 'connecting', 'nothing', ...sensorOutcomeSchema.exclude(['connected', 'cancelled']).options]),
  /** What is near, by the names that devices call out; shown while choosing and then forgotten. Keys are main's, for this look alone. */
  found: z.array(z.strictObject({ key: z.uuid(), name: z.string().max(LONGEST_NAME) })).max(MOST_FOUND),
});
export type SensorScan = z.infer<typeof sensorScanSchema>;

export const sensorsViewSchema = z.strictObject({ scan: sensorScanSchema.nullable(), sensors: cards });
export type SensorsView = z.infer<typeof sensorsViewSchema>;

/** What main asks of the page, as the one argument of its function `dreamscoreSensors`. */
export const sensorWishSchema = z.strictObject({ kind: sensorKindSchema, consent: sensorConsentSchema });
export type SensorWish = z.infer<typeof sensorWishSchema>;

const nothing = z.undefined();
const device = z.uuid();

/** Requests of the studio. */
export const studioSensorRequests = {
  'sensors.read': { request: nothing, response: sensorsViewSchema },
  /** A person pressed the button: look for sensors of this kind. What is found comes as `sensors.changed`. */
  'sensors.scan': { request: sensorWishSchema, response: nothing },
  'sensors.choose': { request: z.strictObject({ key: z.uuid() }), response: nothing },
  /** Ends the look, or puts away what came of it. */
  'sensors.cancel': { request: nothing, response: nothing },
  'sensors.consent': { request: z.strictObject({ device, consent: sensorConsentSchema }), response: nothing },
  /** The sleeper leaves: out of the gathering at once, and disconnected. */
  'sensors.forget': { request: z.strictObject({ device }), response: nothing },
} as const;

/** Main to studio. */
export const studioSensorPushes = { 'sensors.changed': sensorsViewSchema } as const;

/** Requests of the hidden sensors page. */
export const sensorRequests = {
  /** How its sensors fare: when that changes, once a second at most. */
  'sensor.report': { request: z.strictObject({ sensors: cards }), response: nothing },
} as const;

/** Main to the sensors page. */
export const sensorPushes = {
  'sensor.consent': z.strictObject({ device, consent: sensorConsentSchema }),
  'sensor.forget': z.strictObject({ device }),
  /** Stop reaching for the one that was chosen last. */
  'sensor.giveUp': nothing,
} as const;

/** Comes to the sensors page as a `message` event of its own window, with its line to the Nexus in `ports[0]`. */
export const sensorsPortSchema = z.strictObject({ dreamscorePort: z.literal('sensors') });
