import { createSocket, type Socket } from 'node:dgram';
import { Bundle, encode, Message } from 'node-osc';
import type { OscSource } from '../../core/ipc/room.ts';
import { parsePodFrame, type PodFrame } from '../../core/signal/pod-frame.ts';
import type { Intake } from '../../nexus/adapters/adapter.ts';
import { LARGEST_BYTES } from '../../nexus/adapters/osc/packet.ts';
import { createOscAdapter, type OscAdapter } from '../../nexus/adapters/osc/osc.ts';
import type { Verdict } from '../../nexus/guard/verdict.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

/** An address and its values; a number goes as a float, so that 1 is not an integer. */
export type Said = readonly [address: string, ...values: (number | string)[]];

const messageOf = ([address, ...values]: Said): Message => new Message(address, ...values.map((value) => (typeof value === 'number' ? { type: 'float', value } : value)));

/** A program that sends, on a socket of its own. */
export interface Sender {
  /** One datagram each, in order. */
  say(...messages: readonly Said[]): Promise<void>;
  /** All in one datagram, in bundles so deep. */
  bundle(messages: readonly Said[], depth?: number): Promise<void>;
  bytes(bytes: Uint8Array): Promise<void>;
}

export interface OscRoom {
  readonly adapter: OscAdapter;
  readonly clock: FakeClock;
  /** Frames as the guard would have them, checked. */
  readonly frames: readonly PodFrame[];
  readonly connections: ReadonlySet<string>;
  readonly refusals: readonly string[];
  readonly closed: readonly string[];
  last(): PodFrame;
  sender(): Sender;
  /** Waits for all that was sent, then lets a second pass. */
  second(): Promise<void>;
  /** Waits for all that was sent. */
  arrived(): Promise<void>;
  end(): Promise<void>;
}

/** An adapter on a port of the system's choice, on a clock that stands still, with what it hands on written down. */
export const openOscRoom = async (source: Pick<OscSource, 'layout'> & Partial<OscSource>, verdict: Verdict = 'taken'): Promise<OscRoom> => {
  const clock = fakeClock();
  const frames: PodFrame[] = [];
  const connections = new Set<string>();
  const refusals: string[] = [];
  const closed: string[] = [];
  const sockets: Socket[] = [];
  let marks = 0;
  const intake: Intake = {
    frame: (payload, from, sid) => {
      const frame = parsePodFrame(payload);
      if (sid !== frame.sid) throw new Error('the id is not the frame\'s own');
      frames.push(frame);
      connections.add(from.connection);
      return verdict;
    },
    consent: () => 'taken',
    bye: () => 'taken',
    chant: () => 'taken',
    closed: ({ connection }) => closed.push(connection),
    refused: (reason) => {
      // One too large is this room's own mark that all before it has arrived.
      if (reason === 'too large') marks += 1;
      else refusals.push(reason);
    },
  };
  const adapter = createOscAdapter({ source: { port: 0, circle: 'one', map: [], ...source }, open: false, intake, clock, listenOn: 0, unixNow: () => 1_700_000_000_000 + clock.now() });
  await adapter.start();
  const open = (): Socket => {
    const socket = createSocket('udp4');
    sockets.push(socket);
    return socket;
  };
  const send = (socket: Socket, bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => socket.send(bytes, adapter.port ?? 0, '127.0.0.1', (error) => (error === null ? resolve() : reject(error))));
  const marker = open();
  const arrived = async (): Promise<void> => {
    const before = marks;
    await send(marker, new Uint8Array(LARGEST_BYTES + 1));
    for (let tries = 0; tries < 2_000; tries += 1) {
      if (marks !== before) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error('what was sent did not arrive');
  };
  return {
    adapter,
    clock,
    frames,
    connections,
    refusals,
    closed,
    last: () => {
      const frame = frames.at(-1);
      if (frame === undefined) throw new Error('no frame came');
      return frame;
    },
    sender: () => {
      const socket = open();
      const bytes = (data: Uint8Array): Promise<void> => send(socket, data);
      return {
        bytes,
        say: async (...messages) => {
          for (const message of messages) await bytes(encode(messageOf(message)));
        },
        bundle: (messages, depth = 1) => {
          let bundle = new Bundle(...(messages.map(messageOf) as [Message, ...Message[]]));
          for (let level = 1; level < depth; level += 1) bundle = new Bundle(bundle);
          return bytes(encode(bundle));
        },
      };
    },
    second: async () => {
      await arrived();
      clock.advance(1_000);
    },
    arrived,
    end: async () => {
      await adapter.stop();
      await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
    },
  };
};
