import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  /** Paths of PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority and a certificate of localhost and 127.0.0.1 that it signed, in a folder. Null where there is no openssl. */
export const makeCertificates = (folder: string): Certificates | null => {
  const openssl = (...words: string[]): boolean => spawnSync('openssl', words, { cwd: folder, stdio: 'ignore' }).status === 0;
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const made =
    openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority') &&
    openssl('req', ...key, '-keyout', 'broker.key', '-out', 'broker.csr', '-subj', '/CN=localhost') &&
    openssl('x509', '-req', '-in', 'broker.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'broker.pem', '-days', '2', '-extfile', 'names');
  return made ? { ca: join(folder, 'ca.pem'), cert: join(folder, 'broker.pem'), key: join(folder, 'broker.key') } : null;
};
