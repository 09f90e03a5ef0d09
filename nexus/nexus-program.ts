import { Fault } from '../core/fault.ts';
import { toNexusSchema, type FromNexus, type NexusHealth, type NexusSource, type NexusToEngine } from '../core/ipc/nexus-messages.ts';
import { firstProblem } from '../core/problem.ts';
import type { GatheringSource } from './gathering-source.ts';
import type { Hypnogram } from './hypnogram/hypnogram.ts';
import type { Clock } from './clock.ts';
import { playGathering } from './live-gathering.ts';

/** The way to the engine. */
export interface EnginePort {
  send(message: NexusToEngine): void;
  close(): void;
}

export interface NexusProgramOptions {
  readonly clock: Clock;
  readonly readNight: (path: string) => Promise<Hypnogram>;
  /** To main. */
  readonly reply: (message: FromNexus) => void;
}

/** The Nexus behind whatever carries its messages: Electron's utilityProcess, a worker thread or a child process. */
export interface NexusProgram {
  /** Takes a message from main, of any shape; settles once it has been acted on. Never rejects. */
  receive(message: unknown, port?: EnginePort): Promise<void>;
  /** Forgets a port that was closed at its other end. */
  portClosed(port: EnginePort): void;
  dispose(): void;
  readonly disposed: boolean;
}

type OwnSource = Extract<NexusSource, { kind: 'simulate' | 'nights' }>;

const inWords = (source: OwnSource): string => {
  const count = source.kind === 'simulate' ? source.pods : source.files.length;
  const noun = source.kind === 'simulate' ? 'simulated sleeper' : 'recorded night';
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
};

const faultMessage = (error: unknown): FromNexus => {
  if (error instanceof Fault) return { kind: 'fault', what: error.what, where: error.where, mend: error.mend };
  return { kind: 'fault', what: error instanceof Error ? error.message : String(error), where: 'the Nexus', mend: 'start the source again; if it happens again, report it' };
};

/** Makes a program that waits for `start`. */
export const createNexusProgram = ({ clock, readNight, reply }: NexusProgramOptions): NexusProgram => {
  let engine: EnginePort | null = null;
  let playing: { dispose(): void } | null = null;
  /** Counts starts and stops: files that were still being read for an older one are let go. */
  let turn = 0;
  let disposed = false;

  const stop = (): void => {
    turn += 1;
    playing?.dispose();
    playing = null;
  };

  const open = async (source: OwnSource): Promise<GatheringSource> => {
    if (source.kind === 'nights') {
      const nights: Hypnogram[] = [];
      for (const path of source.files) nights.push(await readNight(path));
      return { nights, align: source.align, seed: source.seed };
    }
    return { simulate: source.pods, seed: source.seed, ...(source.kappa === undefined ? {} : { kappa: source.kappa }) };
  };

  const start = async (asked: OwnSource): Promise<void> => {
    turn += 1;
    const own = turn;
    const source = await open(asked);
    if (own !== turn) return;
    playing?.dispose();
    const name = inWords(asked);
    playing = playGathering({
      source,
      startAt: asked.startAt,
      speed: asked.speed,
      clock,
      onFrame: (frame) => engine?.send({ kind: 'frame', frame }),
      onHealth: (health, night) => {
        const message: NexusHealth = { kind: 'health', source: name, ...health, night, speed: asked.speed };
        reply(message);
        engine?.send(message);
      },
      onEnd: () => {
        playing = null;
        reply({ kind: 'ended' });
      },
    });
    reply({ kind: 'started', source: name });
  };

  const dispose = (): void => {
    stop();
    engine?.close();
    engine = null;
    disposed = true;
  };

  const act = async (message: unknown): Promise<void> => {
    const read = toNexusSchema.safeParse(message);
    if (!read.success) {
      const { message: wrong, place } = firstProblem(read.error, 'the message');
      throw new Fault('a message to the Nexus was refused', place, wrong);
    }
    switch (read.data.kind) {
      case 'start':
        if (read.data.source.kind === 'simulate' || read.data.source.kind === 'nights') await start(read.data.source);
        else throw new Fault('rooms do not open yet', read.data.source.kind, 'choose simulated sleepers or recorded nights');
        break;
      case 'stop':
        stop();
        reply({ kind: 'stopped' });
        break;
      case 'dispose':
        dispose();
        break;
      case 'port':
      case 'sensors':
      case 'command':
        break;
    }
  };

  return {
    get disposed() {
      return disposed;
    },
    receive: async (message, port) => {
      if (port !== undefined) {
        engine?.close();
        engine = port;
      }
      try {
        await act(message);
      } catch (error) {
        reply(faultMessage(error));
      }
    },
    portClosed: (port) => {
      if (engine === port) engine = null;
    },
    dispose,
  };
};
