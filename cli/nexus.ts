import { Fault } from '../core/fault.ts';
import type { RoomView } from '../core/ipc/room.ts';
import { beginRecording, type RecordingWriter } from '../nexus/collective/recording-file.ts';
import { systemClock } from '../nexus/clock.ts';
import { createLog, type Log } from '../nexus/log.ts';
import { readRecording } from '../nexus/recording/read-recording.ts';
import { openSource } from '../nexus/sources/open-source.ts';
import type { Listeners, Machine, Playing } from '../nexus/sources/playing.ts';
import type { NexusSource } from '../core/ipc/nexus-messages.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { nexusFileNames, parseNexusArguments, type NexusArguments } from './nexus-arguments.ts';
import { runScaled } from './nexus-scale.ts';
import { beginPublishing } from './nexus-sinks.ts';
import { readBoundedText } from './presets.ts';
import type { Shell } from './shell.ts';

const SETTINGS_BYTES = 1_048_576;

const machine: Machine = { clock: systemClock, unixNow: () => Date.now(), readNight: readRecording };

const readSettings = async (path: string | null): Promise<unknown> => {
  if (path === null) return undefined;
  const text = await readBoundedText(path, SETTINGS_BYTES, 'settings file');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault('this is no JSON', path, 'correct the file', { cause: error });
  }
};

/** Settles when a person presses Ctrl+C, when the time is over, or when `ended` is called. */
const untilOver = (signal: AbortSignal, seconds: number | null): { readonly over: Promise<void>; readonly ended: () => void } => {
  let ended = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const stop = seconds === null ? (): void => undefined : systemClock.after(seconds * 1_000, resolve);
    ended = () => {
      stop();
      resolve();
    };
    if (signal.aborted) ended();
    else signal.addEventListener('abort', () => ended(), { once: true });
  });
  return { over, ended };
};

/** The host's page answers this machine by its own name alone, whatever the phones are told; behind a proxy its port is not in the link. */
const hostPage = (link: string): string => {
  const { protocol, port } = new URL(link);
  return protocol === 'http:' ? `The host's page: http://127.0.0.1:${port}/status\n` : '';
};

/** Says what changes in a room: ways in that come and go, the gate, how many there are. Never who. */
const roomLog = (log: Log, print: (text: string) => void): ((view: RoomView) => void) => {
  const states = new Map<string, string>();
  let links = '';
  return (view) => {
    for (const { name, state, words } of view.adapters) {
      if (states.get(name) === state) continue;
      states.set(name, state);
      log.info('way in', { name, state, words });
    }
    const now = view.join.map(({ circle, url }) => `  ${circle}: ${url}\n`).join('');
    const [first] = view.join;
    if (now !== links && first !== undefined) print(`Phones join at\n${now}${hostPage(first.url)}`);
    links = now;
  };
};

const LOG_EVERY_SECONDS = 60;

interface Hearing {
  readonly source: NexusSource;
  readonly given: NexusArguments;
  readonly print: (text: string) => void;
  /** Calls off what is still being read. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly lost: (fault: Fault) => void;
  /** When a person or the time ends it, and the way to end it. */
  readonly over: Promise<void>;
  readonly ended: () => void;
}

const hear = async ({ source, given, print, signal, log, lost, over, ended }: Hearing): Promise<void> => {
  const publishing = await beginPublishing(given, log, lost);
  let recording: RecordingWriter | null = null;
  let playing: Playing | null = null;
  let seconds = 0;
  const tellRoom = roomLog(log, print);
  const listeners: Listeners = {
    onFrame: (frame, kept) => recording?.write(kept ?? frame),
    onHealth: ({ pods, gated, quality, night }) => {
      const room = playing?.room ?? null;
      if (room !== null) publishing?.look(night * 1_000, room);
      if (seconds % LOG_EVERY_SECONDS === 0) log.info('collective', { pods, gated, quality: Math.round(quality * 100) / 100, night: Math.round(night) });
      seconds += 1;
    },
    onView: tellRoom,
    onReading: (share, left) => log.info('reading', { share: Math.round(share * 100) / 100, left: left === null ? null : Math.round(left) }),
    onEnd: ended,
  };
  const opening = await openSource(source, machine, listeners, signal);
  const { name, minimumPods } = opening;
  recording = given.record === null ? null : await beginRecording(given.record, { format: 'dreamscore-collective', version: 1, source: name, minimumPods }, lost);
  playing = await opening.begin();
  log.info('open', { source: name });
  await over;
  await playing.stop();
  await recording?.end();
  await publishing?.end();
  log.info('closed');
};

/** `dreamscore nexus`: the hub alone. Ends with Ctrl+C, after `--for`, or with its recording. @throws Fault, UsageFault */
export const nexus = async (argv: readonly string[], shell: Shell): Promise<ExitCode> => {
  const names = nexusFileNames(argv);
  const files = { config: await readSettings(names.config), oscMap: await readSettings(names.oscMap), password: process.env.DREAMSCORE_MQTT_PASSWORD ?? null, hostToken: process.env.DREAMSCORE_HOST_TOKEN ?? null };
  const given = parseNexusArguments(argv, files);
  const log = createLog((line) => shell.stderr.write(line), machine.unixNow);
  const lost = (fault: Fault): void => log.warn('file', { what: fault.what, mend: fault.mend });
  const { over, ended } = untilOver(shell.signal, given.seconds);
  if (given.does.kind === 'hear') await hear({ source: given.does.source, given, print: shell.print, signal: shell.signal, log, lost, over, ended });
  else await runScaled(given.does, given, machine.clock, over, log, lost);
  ended();
  return EXIT.done;
};
