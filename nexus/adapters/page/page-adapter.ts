import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { Adapter, AdapterHealth, Intake } from '../adapter.ts';
import type { Tokens } from '../tokens.ts';
import { ownAddresses } from './addresses.ts';
import { createConversation } from './conversation.ts';
import { createDoorkeeper, type DoorLimits } from './doorkeeper.ts';
import { CLOSE, MESSAGE_BYTES, type Crowd } from './messages.ts';
import { pageFiles } from './page-files.ts';
import { openWebServer, type HostPages } from './web-server.ts';

export interface PageAdapterOptions {
  /** TCP port; 0: the system chooses. */
  readonly port: number;
  /** Reachable on the local network; otherwise from this machine alone. */
  readonly open: boolean;
  readonly gathering: string;
  readonly tokens: Pick<Tokens, 'of' | 'circleOf'>;
  readonly intake: Intake;
  readonly clock: Clock;
  /** Live pods in a circle's realm and whether they are heard. Told to phones rounded down to fives. */
  readonly crowd: (circle: string) => { readonly pods: number; readonly heard: boolean };
  /** The host's own pages (nexus/status/host-pages.ts). */
  readonly host?: HostPages;
  /** `https://pods.example`: where a proxy on this machine serves the page with a certificate, so that phones may use their sensors. */
  readonly publicOrigin?: string;
  readonly limits?: DoorLimits;
}

export interface PageAdapter extends Adapter {
  /** Where it listens; null while it does not. */
  readonly port: number | null;
  /** The link that leads a phone into a circle. The token stands behind the #, which browsers keep to themselves. */
  joinUrl(circle: string): string;
}

const LIMITS: DoorLimits = { connections: 1_000, perAddress: 32 };
/** All phones come from the proxy's one address. */
const BEHIND_A_PROXY: DoorLimits = { connections: 1_000, perAddress: 1_000 };
/** A page must show its token within this time. */
const HELLO_MS = 5_000;
/** Each page is asked for a sign of life this often; one that missed it twice is gone. */
const PING_MS = 10_000;
/** What may wait to be sent to one page, bytes. */
const UNSENT_BYTES = 65_536;

/** Rounded down to fives. */
export const crowdOf = ({ pods, heard }: { readonly pods: number; readonly heard: boolean }): Crowd => ({ atLeast: Math.floor(pods / 5) * 5, heard });

interface Line {
  readonly socket: WebSocket;
  readonly closed: () => void;
  key: string | null;
  /** Signs of life missed. */
  missed: number;
}

/** Serves the pod page and hears what it says. */
export const createPageAdapter = (options: PageAdapterOptions): PageAdapter => {
  const { clock } = options;
  const name = `page :${options.port}`;
  const doorkeeper = createDoorkeeper(clock, options.limits ?? (options.publicOrigin === undefined ? LIMITS : BEHIND_A_PROXY));
  const lines = new Set<Line>();
  let running: { readonly server: Server; readonly sockets: WebSocketServer; readonly port: number; stopPings: () => void } | null = null;
  let opening: Promise<void> | null = null;
  let state: AdapterHealth['state'] = 'off';
  let count = 0;

  const address = (port: number): string => options.publicOrigin ?? `http://${options.open ? (ownAddresses()[0] ?? '127.0.0.1') : '127.0.0.1'}:${port}`;

  const talk = (socket: WebSocket, leave: () => void): void => {
    count += 1;
    const conversation = createConversation({
      connection: `page ${count}`,
      adapter: name,
      gathering: options.gathering,
      intake: options.intake,
      clock,
      circleOf: (token) => options.tokens.circleOf(token),
      crowdOf: (circle) => crowdOf(options.crowd(circle)),
      send: (message) => {
        if (socket.bufferedAmount > UNSENT_BYTES) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
      },
      end: (code) => socket.close(code),
      cameBack: (key) => {
        stopWaiting();
        for (const other of lines) {
          if (other.key !== key || other === line) continue;
          other.closed();
          other.socket.close(CLOSE.elsewhere);
        }
        line.key = key;
      },
    });
    const closed = (): void => {
      stopWaiting();
      if (!lines.delete(line)) return;
      conversation.closed();
      leave();
    };
    const line: Line = { socket, closed, key: null, missed: 0 };
    const stopWaiting = clock.after(HELLO_MS, () => socket.close(CLOSE.silent));
    lines.add(line);
    socket.on('message', (data, binary) => {
      line.missed = 0;
      if (binary) conversation.unreadable('malformed');
      else conversation.receive(String(data));
    });
    socket.on('pong', () => {
      line.missed = 0;
    });
    socket.on('error', (error) => conversation.unreadable('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'too large' : 'malformed'));
    socket.on('close', closed);
  };

  const ping = (): void => {
    for (const line of lines) {
      if (line.missed >= 2) {
        line.socket.terminate();
        line.closed();
        continue;
      }
      line.missed += 1;
      if (line.socket.readyState === line.socket.OPEN) line.socket.ping();
    }
    if (running !== null) running.stopPings = clock.after(PING_MS, ping);
  };

  const enter = (sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const leave = doorkeeper.enters(request.socket.remoteAddress ?? '');
    if (leave === null) {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    // Should the handshake fail, the place is given back all the same.
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (page) => talk(page, leave));
  };

  const open = async (): Promise<void> => {
    state = 'starting';
    const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, perMessageDeflate: false, clientTracking: false });
    try {
      const { server, port } = await openWebServer(options.port, {
        open: options.open,
        publicOrigin: options.publicOrigin ?? null,
        doorkeeper,
        files: pageFiles(),
        host: options.host ?? null,
        onUpgrade: (request, socket, head) => enter(sockets, request, socket, head),
      });
      running = { server, sockets, port, stopPings: clock.after(PING_MS, ping) };
      state = 'live';
    } catch (error) {
      state = 'failed';
      throw error;
    }
  };

  const shut = async (): Promise<void> => {
    await opening?.catch(() => undefined);
    opening = null;
    const was = running;
    running = null;
    if (state !== 'failed') state = 'off';
    if (was === null) return;
    was.stopPings();
    for (const line of lines) {
      line.socket.close(CLOSE.ending);
      line.socket.terminate();
      line.closed();
    }
    await new Promise<void>((done) => {
      was.server.close(() => done());
      was.server.closeAllConnections();
    });
  };

  return {
    name,
    get port() {
      return running?.port ?? null;
    },
    joinUrl: (circle) => `${address(running?.port ?? options.port)}/#${encodeURIComponent(options.tokens.of(circle))}`,
    start: () => {
      opening ??= open();
      return opening;
    },
    stop: shut,
    health: () => {
      const words: Record<AdapterHealth['state'], string> = {
        off: 'Not open',
        starting: 'Opening',
        live: `Open at ${address(running?.port ?? options.port)}${options.open ? ' for phones on this network' : ', from this machine alone'}`,
        waiting: 'Opening',
        failed: `Port ${options.port} cannot be had; choose another one`,
      };
      return { state, words: words[state] };
    },
  };
};
