import { app, protocol, type Session } from 'electron';
import { readFile, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { contentType, resolveAddress, securityHeaders } from './address.ts';

/** Must be called before the app is ready: makes `app:` a scheme with an origin, as `https:` is. */
export const declareScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);

const refuse = (status: number, text: string): Response => new Response(text, { status, headers: { ...securityHeaders(''), 'Content-Type': 'text/plain; charset=utf-8' } });

/** Answers one address with one file below `root`, and never with anything else. */
const answer = async (request: Request, root: string): Promise<Response> => {
  if (request.method !== 'GET') return refuse(405, 'only GET');
  const named = resolveAddress(request.url, root);
  if (named === null) return refuse(404, 'there is no such page');
  const file = await realpath(named).catch(() => null);
  if (file === null || !file.startsWith(root + sep)) return refuse(404, 'there is no such page');
  const type = contentType(file);
  if (type === null) return refuse(404, 'there is no such page');
  const bytes = await readFile(file);
  return new Response(new Uint8Array(bytes), { headers: { ...securityHeaders(new URL(request.url).pathname), 'Content-Type': type } });
};

/** Serves the built pages to one session. @param pages folder of the pages, `out/renderer` */
export const servePages = async (session: Session, pages: string): Promise<void> => {
  const root = await realpath(pages);
  session.protocol.handle('app', async (request) => {
    try {
      return await answer(request, root);
    } catch (error) {
      console.error(`${app.name}: a page could not be read: ${request.url}`, error);
      return refuse(500, 'this page could not be read');
    }
  });
};
