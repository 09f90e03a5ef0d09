import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is said to a request. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A file that never changes while the program runs: compressed and named by its content once. */
export interface StaticFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
  readonly tag: string;
}

export const staticFile = (type: string, text: string): StaticFile => {
  const plain = Buffer.from(text);
  return { type, plain, packed: gzipSync(plain, { level: 9 }), tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` };
};

export const textAnswer = (status: number, body: string, headers?: Readonly<Record<string, string>>): Answer => ({
  status, type: 'text/plain; charset=utf-8', body: `${body}\n`, ...(headers === undefined ? {} : { headers }),
});

/**
 * Headers of every answer. Scripts, styles and connections from here alone; no frame around the page; sensors for
 * the page itself. `host` has been checked: older Safari does not count WebSockets as 'self'.
 */
export const securityHeaders = (host: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy':
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://${host} wss://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Permissions-Policy': 'accelerometer=(self), gyroscope=(self), microphone=(self), screen-wake-lock=(self), camera=(), geolocation=(), payment=(), usb=()',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
});

/** Sends an answer; to HEAD its headers alone. */
export const sendAnswer = (request: IncomingMessage, response: ServerResponse, { status, type, body, headers }: Answer): void => {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length, 'Cache-Control': 'no-store', ...headers });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

/** Sends a static file: packed where the browser can, and nothing where it has it. */
export const sendFile = (request: IncomingMessage, response: ServerResponse, { type, plain, packed, tag }: StaticFile): void => {
  const common = { ETag: tag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, common).end();
    return;
  }
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = zipped ? packed : plain;
  response.writeHead(200, { ...common, 'Content-Type': type, 'Content-Length': body.length, ...(zipped ? { 'Content-Encoding': 'gzip' } : {}) });
  response.end(request.method === 'HEAD' ? undefined : body);
};
