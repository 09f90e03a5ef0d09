import { utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import { basename } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { GatheringSource } from '../../core/ipc/contract.ts';
import type { RoomCommand, RoomView } from '../../core/ipc/room.ts';
import { fromNexusSchema, type FromNexus, type ToNexus } from '../../core/ipc/nexus-messages.ts';
import type { Take } from '../../core/engine/take.ts';
import { Fault } from '../../core/fault.ts';
import type { ExportInput } from '../../core/ipc/export-messages.ts';
import type { Score } from '../../core/score/schema.ts';
import { createBackoff } from './backoff.ts';
import { exportInputOf, forNexus, minimumPodsOf, paceOf, takeSourceOf } from './gathering-source.ts';
import type { Handles } from './handles.ts';
import { joinNexus, joinSensors } from './ports.ts';

/** How long a source may take to begin, or to say how far it is. */
const START_MS = 60_000;

export interface GatheringListeners {
  readonly ended: () => void;
  readonly mended: () => void;
  readonly room: (view: RoomView) => void;
  /** Recordings are being read; null once that is over, either way. */
  readonly reading: (progress: { readonly share: number; readonly left: number | null } | null) => void;
  /** A source that nobody waited for (the first one, or one that is opened again) could not be had. */
  readonly refused: (fault: Fault) => void;
  /** To be remembered: a room's links outlive the app. */
  readonly using: (source: GatheringSource, secret: string) => void;
}

/** The Nexus in a process of its own, and the source that it takes its sleepers from. */
export interface Gathering {
  readonly source: () => GatheringSource;
  /** Settles once the sleepers of the new source are heard. @throws Fault where it cannot be had; what ran before goes on */
  readonly use: (source: GatheringSource) => Promise<void>;
  /** The engine's page stands, maybe once more: it needs a line to the Nexus. */
  readonly join: () => void;
  /** The same for the page that holds Bluetooth sensors. */
  readonly joinSensors: () => void;
  /** Recordings that are being read need not be. */
  readonly callOff: () => void;
  /** What the host does in the room that is open. */
  readonly command: (command: RoomCommand) => void;
  /** What a take says of it: where the frames came from, and how many had to be there. */
  readonly takeSource: () => Take['source'];
  readonly minimumPods: () => number;
  /** Where in the night the sleepers are now, and how fast it runs. */
  readonly pace: () => { readonly startAt: number; readonly speed: number };
  readonly exportInput: (score: Score, seed: number) => ExportInput;
  readonly dispose: () => void;
}

export interface GatheringOptions {
  readonly program: string;
  readonly first: GatheringSource;
  /** What the joining tokens of the first source were made from; null for new ones. */
  readonly firstSecret: string | null;
  readonly handles: Handles;
  readonly engine: () => WebContents | null;
  readonly sensors: () => WebContents | null;
  readonly listeners: GatheringListeners;
}

const newSecret = (): string => randomBytes(32).toString('hex');

export const createGathering = ({ program, first, firstSecret, handles, engine, sensors, listeners }: GatheringOptions): Gathering => {
  const backoff = createBackoff();
  let source = first;
  let nexus: UtilityProcess | null = null;
  /** Seconds into the night, by the last health; where a Nexus that died goes on. */
  let night = paceOf(first).startAt;
  /** Joining tokens are made from it, so that the links of a room outlive a Nexus that falls. */
  let secret = firstSecret ?? newSecret();
  let disposed = false;
  /** Whether the program has said that it is ready; until then it would not hear of a port. */
  let listening = false;
  const whenReady: (() => void)[] = [];
  let waiting: ((message: FromNexus) => void) | null = null;

  const post = (message: ToNexus): void => nexus?.postMessage(message);
  const receive = (message: FromNexus): void => {
    if (message.kind === 'health') night = message.night;
    if (message.kind === 'ended') listeners.ended();
    if (message.kind === 'room') listeners.room(message.view);
    if (message.kind === 'reading') listeners.reading({ share: message.share, left: message.left });
    if (message.kind === 'started' || message.kind === 'fault') listeners.reading(null);
    if (message.kind === 'fault' && waiting === null) listeners.refused(new Fault(message.what, basename(message.where), message.mend));
    waiting?.(message);
  };
  const spawn = (again: boolean): void => {
    const child = utilityProcess.fork(program, [], { serviceName: 'Dreamscore Nexus', stdio: 'inherit' });
    nexus = child;
    child.on('message', (data: unknown) => {
      const message = fromNexusSchema.safeParse(data);
      if (!message.success) {
        console.error('A message of the Nexus was not understood:', message.error.message);
        return;
      }
      if (message.data.kind === 'ready') {
        listening = true;
        whenReady.splice(0).forEach((call) => call());
        joinNexus(child, { kind: 'port' } satisfies ToNexus, engine());
        joinSensors(child, { kind: 'sensors' } satisfies ToNexus, sensors());
        post(forNexus(source, handles, night, secret));
        if (again) listeners.mended();
      }
      receive(message.data);
    });
    child.on('exit', (code) => {
      if (disposed || nexus !== child) return;
      nexus = null;
      listening = false;
      console.error(`The Nexus ended (exit code ${code}); it is started again.`);
      setTimeout(() => {
        if (!disposed) spawn(true);
      }, backoff.wait(performance.now()));
    });
  };
  spawn(false);

  let turn: Promise<unknown> = Promise.resolve();
  /** Settles once the program listens: a source may be asked for while it is being started. */
  const ready = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (listening) return resolve();
      const timer = setTimeout(() => reject(new Fault('the Nexus does not start', 'the gathering', 'start Dreamscore again')), START_MS);
      whenReady.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  const begun = (next: GatheringSource): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (result: Fault | null): void => {
        clearTimeout(timer);
        waiting = null;
        if (result === null) resolve();
        else reject(result);
      };
      const late = (): void => settle(new Fault('the sleepers could not be heard in time', 'the Nexus', 'choose fewer nights, or try again'));
      let timer = setTimeout(late, START_MS);
      waiting = (message) => {
        if (message.kind === 'reading') {
          // It is at work, however long that takes.
          clearTimeout(timer);
          timer = setTimeout(late, START_MS);
        }
        if (message.kind === 'started') settle(null);
        if (message.kind === 'fault') settle(new Fault(message.what, basename(message.where), message.mend));
      };
      post(forNexus(next, handles, paceOf(next).startAt, secret));
    });

  const change = async (wanted: GatheringSource): Promise<void> => {
    await ready();
    await begun(wanted);
    source = wanted;
    night = paceOf(wanted).startAt;
    listeners.using(source, secret);
  };

  return {
    source: () => source,
    use: (wanted) => {
      const used = turn.then(() => change(wanted));
      turn = used.catch(() => undefined); // The one who asked gets the error; the next in turn starts all the same.
      return used;
    },
    join: () => {
      if (listening) joinNexus(nexus, { kind: 'port' } satisfies ToNexus, engine());
    },
    joinSensors: () => {
      if (listening) joinSensors(nexus, { kind: 'sensors' } satisfies ToNexus, sensors());
    },
    callOff: () => post({ kind: 'callOff' }),
    command: (command) => {
      if (command.kind === 'tokens') secret = newSecret();
      post({ kind: 'command', command: command.kind === 'tokens' ? { kind: 'tokens', secret } : command });
      if (command.kind === 'tokens') listeners.using(source, secret);
    },
    takeSource: () => takeSourceOf(source),
    minimumPods: () => minimumPodsOf(source),
    pace: () => {
      const { startAt, speed } = paceOf(source);
      return { startAt: Math.max(startAt, night), speed };
    },
    exportInput: (score, seed) => exportInputOf(source, handles, score, seed),
    dispose: () => {
      disposed = true;
      nexus?.kill();
    },
  };
};
