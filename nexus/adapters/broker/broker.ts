import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Fault } from '../../../core/fault.ts';
import type { CollectiveFrame } from '../../../core/signal/collective-frame.ts';
import type { Clock } from '../../clock.ts';
import type { Adapter, AdapterHealth, Intake } from '../adapter.ts';
import type { Tokens } from '../tokens.ts';
import { openDoor, type Door } from './door.ts';
import { BROKER_LIMITS, createPorch, type BrokerLimits } from './porch.ts';

export interface BrokerAdapterOptions {
  /** TCP port; 0: the system chooses. */
  readonly port: number;
  /** For the local network; otherwise for this machine alone. */
  readonly open: boolean;
  readonly gathering: string;
  readonly tokens: Tokens;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly limits?: Partial<BrokerLimits>;
}

export interface BrokerAdapter extends Adapter {
  /** The port it listens on; null while it does not. */
  readonly port: number | null;
  /** Sends the collective to those who subscribed to it; for four times a second. A gated frame is not sent. */
  tell(frame: CollectiveFrame): void;
}

const faultOf = (error: Error, port: number): Fault => {
  const code = 'code' in error ? error.code : undefined;
  const where = `port ${port}`;
  if (code === 'EADDRINUSE') return new Fault('the broker cannot listen', where, 'another program has that port (perhaps another broker): stop it, or choose another port for this one', { cause: error });
  if (code === 'EACCES') return new Fault('the broker may not listen', where, 'choose a port above 1023', { cause: error });
  return new Fault('the broker cannot listen', where, `choose another port (${String(code ?? error.message)})`, { cause: error });
};

const listen = (server: Server, port: number, open: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(faultOf(error, port)));
    // Without a host: every address, IPv6 and IPv4.
    server.listen(open ? { port } : { port, host: '127.0.0.1' }, resolve);
  });

/** A broker inside the Nexus: pods with a joining token speak MQTT 3.1.1 to it over TCP. What they send goes to the intake and to no one else. */
export const createBrokerAdapter = ({ port, open, gathering, tokens, intake, clock, limits: changed = {} }: BrokerAdapterOptions): BrokerAdapter => {
  const name = `broker :${port}`;
  const limits = { ...BROKER_LIMITS, ...changed };
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let door: Door | null = null;
  let state: AdapterHealth['state'] = 'off';
  let trouble = '';
  let turn = 0;

  const begin = async (at: number): Promise<void> => {
    const porch = createPorch(clock, limits);
    const opened = await openDoor({ name, gathering, tokens, intake, clock, flow: limits, onFlood: porch.keepOut });
    const listening = createServer({ noDelay: true }, (socket) => {
      const address = socket.remoteAddress ?? '';
      socket.on('error', () => undefined);
      if (!porch.enter(address)) return void socket.destroy();
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        porch.left(address);
      });
      opened.take(socket, address);
    });
    listening.maxConnections = limits.clients;
    listening.on('close', porch.close);
    try {
      await listen(listening, port, open);
    } catch (error) {
      await opened.close();
      throw error;
    }
    if (at !== turn) return end(listening, opened);
    // Such as too many open files: those who are in stay in.
    listening.on('error', (error) => {
      trouble = `; someone could not come in (${'code' in error ? String(error.code) : error.message})`;
    });
    server = listening;
    door = opened;
    state = 'live';
  };

  const end = async (listening: Server, opened: Door): Promise<void> => {
    const closed = new Promise((resolve) => listening.close(resolve));
    await opened.close();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };

  const listeningPort = (): number | null => (server?.address() as AddressInfo | null)?.port ?? null;

  const words = (): string => {
    if (state === 'off') return 'Off';
    if (state === 'starting') return 'Opens';
    if (state === 'failed') return trouble;
    const count = door?.clients() ?? 0;
    return `Listens on port ${listeningPort() ?? port}, ${open ? 'open to the local network' : 'for this machine alone'}: ${count} ${count === 1 ? 'client' : 'clients'}${trouble}`;
  };

  return {
    name,
    get port() {
      return listeningPort();
    },
    start: async () => {
      if (state === 'live' || state === 'starting') return;
      turn += 1;
      const at = turn;
      state = 'starting';
      trouble = '';
      try {
        await begin(at);
      } catch (error) {
        if (at === turn) {
          state = 'failed';
          trouble = error instanceof Error ? error.message : String(error);
        }
        throw error;
      }
    },
    stop: async () => {
      turn += 1;
      state = 'off';
      trouble = '';
      const [listening, opened] = [server, door];
      server = null;
      door = null;
      if (listening !== null && opened !== null) await end(listening, opened);
    },
    health: () => ({ state, words: words() }),
    tell: (frame) => door?.tell(frame),
  };
};
