import type { RoomView } from '../../core/ipc/room.ts';
import { sameSecret } from '../same-secret.ts';
import { textAnswer, type Answer } from '../adapters/page/answer.ts';
import type { HostPages } from '../adapters/page/web-server.ts';
import type { Metrics } from './metrics.ts';
import html from './page/index.html?raw';
import script from './page/main.ts?bundle';
import style from './page/status.css?raw';

export interface HostPagesOptions {
  /** The room as the host sees it; null before the first second. */
  readonly view: () => RoomView | null;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'> | null;
  /** Lets a host in from other machines (`Authorization: Bearer`, or behind the # of the status page's link); null: from this machine alone. */
  readonly token: string | null;
}

/**
 * `/status`, a live page for the host, and `/metrics` for Prometheus. From this machine without a word; from others only
 * with the host's token. The page itself holds nothing: what it shows comes from `/status.json`, which is guarded.
 */
export const createHostPages = ({ view, metrics, token }: HostPagesOptions): HostPages => {
  const shell: Readonly<Record<string, Answer>> = {
    '/status': { status: 200, type: 'text/html; charset=utf-8', body: html },
    '/status.js': { status: 200, type: 'text/javascript; charset=utf-8', body: script },
    '/status.css': { status: 200, type: 'text/css; charset=utf-8', body: style },
  };
  const guarded: Readonly<Record<string, () => Promise<Answer>>> = {
    '/status.json': async () => ({ status: 200, type: 'application/json', body: JSON.stringify(view()) }),
    ...(metrics === null ? {} : { '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }) }),
  };
  return async (path, { loopback, bearer }) => {
    const page = Object.hasOwn(shell, path) ? shell[path] : undefined;
    const told = Object.hasOwn(guarded, path) ? guarded[path] : undefined;
    if (page === undefined && told === undefined) return null;
    const known = loopback || (token !== null && bearer !== null && sameSecret(bearer, token));
    if (page !== undefined) return known || token !== null ? page : textAnswer(403, 'The host’s page opens on the machine that hosts alone.');
    if (!known || told === undefined) return textAnswer(token === null ? 403 : 401, 'This is for the host.', token === null ? {} : { 'WWW-Authenticate': 'Bearer' });
    return told();
  };
};
