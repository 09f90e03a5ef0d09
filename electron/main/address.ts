import { extname, join, sep } from 'node:path';

/** The one origin of all pages. */
export const ORIGIN = 'app://dreamscore';
export const STUDIO_PAGE = `${ORIGIN}/studio/index.html`;
export const ENGINE_PAGE = `${ORIGIN}/engine/index.html`;
export const SENSORS_PAGE = `${ORIGIN}/sensors/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
};

/** Type of a file by its name, or null for a kind of file that no page has any use for. */
export const contentType = (path: string): string | null => TYPES[extname(path).toLowerCase()] ?? null;

/** True for the page itself, whatever follows the `#`. */
export const isPage = (url: string, page: string): boolean => url === page || url.startsWith(`${page}#`);

/**
 * The file below `root` that an address names, or null where it names none: another origin, a way out of the
 * folder, or a name that means different things on different systems. Links are the caller's to follow and check.
 */
export const resolveAddress = (address: string, root: string): string | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'dreamscore' || url.username !== '' || url.password !== '' || url.port !== '') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null; // A `%` that begins no character: no file of ours has such a name.
  }
  const parts = path.split('/').slice(1);
  if (!parts.every((part) => /^[\w@-][\w@.-]*$/.test(part) && !part.endsWith('.'))) return null;
  const file = join(root, ...parts);
  return file.startsWith(root + sep) && contentType(file) !== null ? file : null;
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** The studio also may not make script out of text. The engine starts workers by their address, which this would forbid. */
const STUDIO_POLICY = [...POLICY, "require-trusted-types-for 'script'", 'trusted-types default'];

/**
 * What an answer carries. No inline code, nothing from anywhere else, no frames; and the isolation that
 * brings SharedArrayBuffer.
 * @param path of the page, `/studio/index.html`
 */
export const securityHeaders = (path: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': (path.startsWith('/studio/') ? STUDIO_POLICY : POLICY).join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // MIDI and Bluetooth have guards of their own; this one holds even where a guard would be forgotten.
  'Permissions-Policy': path.startsWith('/sensors/') ? 'bluetooth=(self)' : 'bluetooth=()',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Referrer-Policy': 'no-referrer',
});
