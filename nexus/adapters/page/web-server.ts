import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '../../../core/fault.ts';
import { LOOPBACK_NAMES, isLoopback, ownNames } from './addresses.ts';
import { securityHeaders, sendAnswer, sendFile, textAnswer, type Answer, type StaticFile } from './answer.ts';
import type { Doorkeeper } from './doorkeeper.ts';

/** What a host's page is asked: null where the path is none of its own. */
export type HostPages = (path: string, asked: { readonly method: string; readonly loopback: boolean; readonly bearer: string | null }) => Promise<Answer | null>;

export interface WebServerOptions {
  /** Reachable on the local network. */
  readonly open: boolean;
  /** `https://pods.example`: where a proxy of one's own serves this page with a certificate. */
  readonly publicOrigin: string | null;
  readonly doorkeeper: Doorkeeper;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly host: HostPages | null;
  /** A WebSocket wants in at `/line`, from this page and no other. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export const LINE_PATH = '/line';
const SLOW_MS = 10_000;

/** The name and port that a request calls us by, or null where they are not ours. */
const calledBy = (request: IncomingMessage, port: number, { open, publicOrigin }: WebServerOptions): string | null => {
  const host = request.headers.host?.toLowerCase();
  if (host === undefined) return null;
  if (publicOrigin !== null && host === new URL(publicOrigin).host) return host;
  const ours = ownNames(open).some((name) => host === `${name}:${port}` || (port === 80 && host === name));
  return ours ? host : null;
};

/** From this machine's own browser, by a name that only this machine has, and not handed on by a proxy or another page. */
const fromThisMachine = (request: IncomingMessage, host: string): boolean =>
  isLoopback(request.socket.remoteAddress) &&
  LOOPBACK_NAMES.some((name) => host === name || host.startsWith(`${name}:`)) &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined &&
  ['same-origin', 'none', undefined].includes(request.headers['sec-fetch-site']?.toString());

const sameOrigin = (request: IncomingMessage, host: string, publicOrigin: string | null): boolean => {
  const { origin } = request.headers;
  return origin === `http://${host}` || (publicOrigin !== null && origin === new URL(publicOrigin).origin);
};

const bearerOf = (request: IncomingMessage): string | null => /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;

const answerTo = async (request: IncomingMessage, response: ServerResponse, port: number, options: WebServerOptions): Promise<void> => {
  const host = calledBy(request, port, options);
  if (host === null) return sendAnswer(request, response, textAnswer(421, 'This is not the name of this machine.'));
  Object.entries(securityHeaders(host)).forEach(([name, value]) => response.setHeader(name, value));
  if (!options.doorkeeper.asks(request.socket.remoteAddress ?? '')) return sendAnswer(request, response, textAnswer(429, 'Too many requests.', { 'Retry-After': '10' }));
  const method = request.method ?? '';
  if (method !== 'GET' && method !== 'HEAD') return sendAnswer(request, response, textAnswer(405, 'Only GET.', { Allow: 'GET, HEAD' }));
  const path = request.url ?? '';
  const file = options.files.get(path);
  if (file !== undefined) return sendFile(request, response, file);
  const told = await options.host?.(path, { method, loopback: fromThisMachine(request, host), bearer: bearerOf(request) });
  return sendAnswer(request, response, told ?? textAnswer(404, 'There is no such page.'));
};

const turnAway = (socket: Duplex, status: string): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, port: number, options: WebServerOptions): void => {
  const host = calledBy(request, port, options);
  if (host === null) turnAway(socket, '421 Misdirected Request');
  else if (request.url !== LINE_PATH) turnAway(socket, '404 Not Found');
  else if (!sameOrigin(request, host, options.publicOrigin)) turnAway(socket, '403 Forbidden');
  else options.onUpgrade(request, socket, head);
};

/** Opens the server; settles when it listens. @throws Fault where the port cannot be had */
export const openWebServer = (asked: number, options: WebServerOptions): Promise<{ readonly server: Server; readonly port: number }> =>
  new Promise((resolve, reject) => {
    let port = asked;
    const server = createServer({ maxHeaderSize: 8_192, headersTimeout: SLOW_MS, requestTimeout: SLOW_MS, keepAliveTimeout: 5_000 }, (request, response) => {
      request.resume();
      answerTo(request, response, port, options).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    server.maxConnections = 2_048;
    server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, port, options));
    server.on('clientError', (_error, socket) => turnAway(socket, '400 Bad Request'));
    server.once('error', (cause) => {
      const reason = 'code' in cause && cause.code === 'EADDRINUSE' ? 'another program listens there' : cause.message;
      reject(new Fault('the pod page cannot open', `port ${asked}`, `${reason}; choose another port for it`, { cause }));
    });
    // Without an address Node listens on all of them, IPv4 and IPv6.
    server.listen({ port: asked, ...(options.open ? {} : { host: '127.0.0.1' }) }, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') port = address.port;
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve({ server, port });
    });
  });
