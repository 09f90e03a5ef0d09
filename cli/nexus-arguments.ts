import { parseArgs } from 'node:util';
import { OSC_LAYOUTS, roomSchema, type Room } from '../core/ipc/room.ts';
import type { NexusSource } from '../core/ipc/nexus-messages.ts';
import { firstProblem } from '../core/problem.ts';
import { parseClockTime } from './clock-time.ts';
import { UsageFault } from './exit.ts';

/** What `dreamscore nexus` is to do. */
export interface NexusArguments {
  readonly does: { readonly kind: 'hear'; readonly source: NexusSource } | { readonly kind: 'shard'; readonly shard: number; readonly of: number; readonly room: Room } | { readonly kind: 'merge'; readonly of: number; readonly room: Room };
  /** Files to write, or null. */
  readonly record: string | null;
  readonly publish: string | null;
  /** Epsilon of differential privacy for `publish`; null where plain counts of ten and more are published. */
  readonly epsilon: number | null;
  /** Seconds after which it ends by itself; null is never. */
  readonly seconds: number | null;
}

const HELP = 'see dreamscore nexus --help';
const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  gathering: text, circle: many, open: flag, mine: flag, config: text,
  'no-broker': flag, 'broker-port': text, 'no-page': flag, 'page-port': text, 'page-origin': text,
  mqtt: many, 'mqtt-version': text, 'mqtt-user': text, 'mqtt-ca': text,
  osc: many, 'osc-map': text,
  simulate: text, seed: text, mishaps: flag, night: many, align: text,
  play: text, collective: text, from: text, speed: text,
  record: text, publish: text, private: text, for: text,
  aggregate: text, merge: text,
} as const;

type Values = ReturnType<typeof readValues>;

const readValues = (argv: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    const nights = values.night ?? [];
    // A word that follows a --night file is a further night, as in `compose`.
    if (positionals.length > 0 && nights.length === 0) throw new UsageFault('this word belongs to no option', positionals[0] ?? '', HELP);
    return { ...values, night: [...nights, ...positionals] };
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault('the options are not understood', error instanceof Error ? error.message : String(error), HELP);
  }
};

const number = (value: string | undefined, option: string, low: number, high: number, whole = true): number | null => {
  if (value === undefined) return null;
  const read = /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
  if (!(read >= low && read <= high) || (whole && !Number.isInteger(read))) throw new UsageFault('this is not a number in range', `${option} ${value}`, `give one from ${low} to ${high}`);
  return read;
};

/** `--osc mind-monitor:5000` */
const oscOf = (value: string, map: unknown): unknown => {
  const [layout = '', port] = value.split(':');
  if (!OSC_LAYOUTS.some((each) => each === layout)) throw new UsageFault('there is no such OSC layout', `--osc ${value}`, `take one of ${OSC_LAYOUTS.join(', ')}`);
  return { layout, ...(port === undefined ? {} : { port: number(port, '--osc', 1, 65_535) }), ...(layout === 'map' ? { map } : {}) };
};

/** What the caller has read for it: the files that options name, and the secrets, which stand in no list of processes. */
export interface NexusFiles {
  readonly config: unknown;
  readonly oscMap: unknown;
  readonly password: string | null;
  readonly hostToken: string | null;
}

const portOf = (off: boolean | undefined, port: string | undefined, option: string): unknown => {
  if (off === true) return null;
  const given = number(port, option, 0, 65_535);
  return given === null ? undefined : { port: given };
};

const pageOf = (values: Values): unknown => {
  const door = portOf(values['no-page'], values['page-port'], '--page-port');
  return door === null ? null : { ...Object(door), origin: values['page-origin'] ?? null };
};

const roomValue = (values: Values, { oscMap, password, hostToken }: NexusFiles): Record<string, unknown> => {
  const circles = values.circle ?? ['one'];
  const [first = 'one'] = circles;
  const mine = values.mine === true;
  const pods = number(values.simulate, '--simulate', 1, 10_000);
  const room: Record<string, unknown> = {
    circles,
    counted: values.private !== undefined,
    hostToken,
    whose: mine ? 'mine' : 'others',
    open: values.open === true,
    broker: mine ? null : portOf(values['no-broker'], values['broker-port'], '--broker-port'),
    page: mine ? null : pageOf(values),
    mqtt: (values.mqtt ?? []).map((url) => ({
      url, password, circle: first,
      version: number(values['mqtt-version'], '--mqtt-version', 4, 5) ?? 5,
      username: values['mqtt-user'] ?? null,
      ca: values['mqtt-ca'] ?? null,
    })),
    osc: (values.osc ?? []).map((each) => ({ ...Object(oscOf(each, oscMap)), circle: first })),
    simulate: pods === null ? null : { pods, seed: number(values.seed, '--seed', 0, 0xffff_ffff) ?? 1, mishaps: values.mishaps === true, circle: first },
    nights: values.night.length === 0 ? null : { files: values.night, align: values.align ?? 'onset', circle: first },
  };
  if (values.gathering !== undefined) room.gathering = values.gathering;
  return room;
};

const readRoom = (value: unknown, place: string): Room => {
  const read = roomSchema.safeParse(value);
  if (read.success) return read.data;
  const { message, place: field } = firstProblem(read.error, 'the room');
  throw new UsageFault(`this room cannot be: ${message}`, `${place}, ${field}`, HELP);
};

const readSource = (values: Values, files: NexusFiles, room: () => Room): NexusSource => {
  const from = values.from === undefined ? 0 : parseClockTime(values.from, '--from') / 1_000_000;
  const speed = number(values.speed, '--speed', 1, 240, false) ?? 1;
  if (values.play !== undefined) return { kind: 'recording', file: values.play, startAt: from, speed };
  if (values.collective !== undefined) {
    return { kind: 'collective', gathering: values.gathering ?? 'gathering', broker: { url: values.collective, version: 5, username: values['mqtt-user'] ?? null, password: files.password, ca: values['mqtt-ca'] ?? null, circle: 'one' } };
  }
  return { kind: 'room', room: room() };
};

const readDoes = (values: Values, files: NexusFiles): NexusArguments['does'] => {
  const room = (): Room => (values.config === undefined ? readRoom(roomValue(values, files), 'the command line') : readRoom(files.config, values.config));
  if (values.aggregate !== undefined && values.merge !== undefined) throw new UsageFault('these exclude each other', '--aggregate and --merge', 'start one process for each');
  if (values.aggregate !== undefined) {
    const form = /^(\d{1,4})\/(\d{1,4})$/.exec(values.aggregate);
    const [shard, of] = [Number(form?.[1]), Number(form?.[2])];
    if (!(shard >= 1 && shard <= of)) throw new UsageFault('a shard is one of so many', `--aggregate ${values.aggregate}`, 'give 1/2 to the first of two, 2/2 to the second');
    return { kind: 'shard', shard: shard - 1, of, room: withBroker(room()) };
  }
  const of = number(values.merge, '--merge', 1, 9_999);
  if (of !== null) return { kind: 'merge', of, room: withBroker(room()) };
  return { kind: 'hear', source: readSource(values, files, room) };
};

const withBroker = (room: Room): Room => {
  if (room.mqtt.length !== 1) throw new UsageFault('shards and mergers meet at one broker', '--mqtt', 'give --mqtt URL once');
  return room;
};

/** Names of the files that must be read before the arguments mean anything. @throws UsageFault */
export const nexusFileNames = (argv: readonly string[]): { readonly config: string | null; readonly oscMap: string | null } => {
  const values = readValues(argv);
  return { config: values.config ?? null, oscMap: values['osc-map'] ?? null };
};

/** The arguments of `nexus`. @throws UsageFault */
export const parseNexusArguments = (argv: readonly string[], files: NexusFiles): NexusArguments => {
  const values = readValues(argv);
  const epsilon = number(values.private, '--private', 0, 4, false);
  if (epsilon !== null && values.merge !== undefined) throw new UsageFault('a private stream is made in one room', '--private with --merge', 'leave --private out: shards let pods in by batches, which it would not cover');
  if (epsilon !== null && values.publish === undefined) throw new UsageFault('--private says how much of each sleeper may be published', '--private without --publish', 'give --publish FILE as well');
  return {
    does: readDoes(values, files),
    record: values.record ?? null,
    publish: values.publish ?? null,
    epsilon,
    seconds: values.for === undefined ? null : parseClockTime(values.for, '--for') / 1_000_000,
  };
};
