import { Fault } from '../core/fault.ts';
import { toNexusSchema, type FromNexus, type NexusSource, type NexusToEngine } from '../core/ipc/nexus-messages.ts';
import { firstProblem } from '../core/problem.ts';
import { createSensorsLine } from './adapters/sensors-line.ts';
import { openSource } from './sources/open-source.ts';
import type { Listeners, Machine, Opening, Playing } from './sources/playing.ts';

/** The way to the engine. */
export interface EnginePort {
  send(message: NexusToEngine): void;
  close(): void;
}

export interface NexusProgramOptions extends Machine {
  /** To main. */
  readonly reply: (message: FromNexus) => void;
}

/** The Nexus behind whatever carries its messages: Electron's utilityProcess, a worker thread or a child process. */
export interface NexusProgram {
  /** Takes a message from main, of any shape; settles once it has been acted on. Never rejects. */
  receive(message: unknown, port?: EnginePort): Promise<void>;
  /** Takes a message of the page that holds Bluetooth sensors, of any shape. */
  sensor(message: unknown): void;
  /** That page is gone. */
  sensorsClosed(): void;
  /** Forgets a port that was closed at its other end. */
  portClosed(port: EnginePort): void;
  /** Settles once sockets and timers are gone. */
  dispose(): Promise<void>;
  readonly disposed: boolean;
}

const faultMessage = (error: unknown): FromNexus => {
  if (error instanceof Fault) return { kind: 'fault', what: error.what, where: error.where, mend: error.mend };
  return { kind: 'fault', what: error instanceof Error ? error.message : String(error), where: 'the Nexus', mend: 'start the source again; if it happens again, report it' };
};

/** What is heard now, and what was asked for to hear it. */
interface Current {
  readonly asked: NexusSource;
  readonly playing: Playing;
}

/** Makes a program that waits for `start`. */
export const createNexusProgram = ({ reply, ...machine }: NexusProgramOptions): NexusProgram => {
  let engine: EnginePort | null = null;
  let current: Current | null = null;
  /** Counts starts and stops: what is still being opened for an older one is let go. */
  let turn = 0;
  let reading = new AbortController();
  let disposed = false;
  const sensors = createSensorsLine();

  const listenersOf = (own: number): Listeners => ({
    onFrame: (frame, kept) => engine?.send(kept === null ? { kind: 'frame', frame } : { kind: 'frame', frame, kept }),
    onHealth: (health) => {
      reply({ kind: 'health', ...health });
      engine?.send({ kind: 'health', ...health });
    },
    onView: (view) => reply({ kind: 'room', view }),
    onReading: (share, left) => reply({ kind: 'reading', share, left }),
    onEnd: () => {
      if (own === turn) current = null;
      reply({ kind: 'ended' });
    },
  });

  const stop = async (): Promise<void> => {
    turn += 1;
    const before = current;
    current = null;
    await before?.playing.stop();
  };

  /** A room holds ports that the next may want, so it is closed first, and opened again where the next cannot be had. */
  const replaceRoom = async (room: Current, opening: Opening, own: number): Promise<Playing> => {
    await room.playing.stop();
    try {
      return await opening.begin();
    } catch (error) {
      const again = await openSource(room.asked, machine, listenersOf(own), new AbortController().signal);
      current = { asked: room.asked, playing: await again.begin() };
      throw error;
    }
  };

  const start = async (asked: NexusSource): Promise<void> => {
    turn += 1;
    const own = turn;
    reading.abort();
    reading = new AbortController();
    const opening = await openSource(asked, machine, listenersOf(own), reading.signal);
    if (own !== turn) return;
    const before = current;
    const closing = before?.asked.kind === 'room';
    const playing = before !== null && closing ? await replaceRoom(before, opening, own) : await opening.begin();
    if (own !== turn) return playing.stop();
    current = { asked, playing };
    if (!closing) await before?.playing.stop();
    reply({ kind: 'started', source: opening.name });
  };

  const dispose = async (): Promise<void> => {
    disposed = true;
    await stop();
    engine?.close();
    engine = null;
  };

  const act = async (message: unknown): Promise<void> => {
    const read = toNexusSchema.safeParse(message);
    if (!read.success) {
      const { message: wrong, place } = firstProblem(read.error, 'the message');
      throw new Fault('a message to the Nexus was refused', place, wrong);
    }
    switch (read.data.kind) {
      case 'start':
        return start(read.data.source);
      case 'command':
        if (current === null || current.playing.room === null) throw new Fault('there is no room', 'the command', 'open a room first');
        return current.playing.room.command(read.data.command);
      case 'callOff':
        return reading.abort();
      case 'stop':
        await stop();
        return reply({ kind: 'stopped' });
      case 'dispose':
        return dispose();
      case 'port':
      case 'sensors':
        return undefined;
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
    sensor: (message) => sensors.receive(message, current?.playing.room ?? null),
    sensorsClosed: () => sensors.closed(current?.playing.room ?? null),
    portClosed: (port) => {
      if (engine === port) engine = null;
    },
    dispose,
  };
};
