import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';

const PLACES = ['mosquitto', '/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'];

/** Where the Mosquitto broker lies on this machine, or null. */
export const mosquittoPath = (): string | null => PLACES.find((path) => spawnSync(path, ['-h'], { stdio: 'ignore' }).error === undefined) ?? null;

/** A port of the loopback that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('connect', () => socket.destroy());
    socket.once('error', () => resolve(false));
  });

export interface MosquittoOptions {
  readonly path: string;
  /** Free one by default; give the port of one that ended to bring it back. */
  readonly port?: number;
  /** Name and password; without them anybody may connect. */
  readonly user?: readonly [name: string, password: string];
  /** Text of an access list (`acl_file`). */
  readonly acl?: string;
  /** Paths of a server's certificate and key: the listener speaks TLS alone. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Further lines of the configuration of its one listener. */
  readonly lines?: readonly string[];
}

export interface Mosquitto {
  readonly port: number;
  /** Ends it at once, as a crash would; settles once it is gone. */
  stop(): Promise<void>;
}

const configuration = async (folder: string, port: number, { path, user, acl, tls, lines = [] }: MosquittoOptions): Promise<string> => {
  const text = [`listener ${port} 127.0.0.1`, 'persistence false', 'log_dest none', `allow_anonymous ${user === undefined}`, ...lines];
  if (user !== undefined) {
    const passwords = join(folder, 'passwords');
    await writeFile(passwords, `${user[0]}:${user[1]}\n`, { mode: 0o600 });
    // It reads hashed passwords alone; its own tool hashes a file in place.
    const hashed = spawnSync(join(path, '..', '..', 'bin', 'mosquitto_passwd'), ['-U', passwords]);
    if (hashed.status !== 0) spawnSync('mosquitto_passwd', ['-U', passwords]);
    text.push(`password_file ${passwords}`);
  }
  if (acl !== undefined) {
    await writeFile(join(folder, 'acl'), acl, { mode: 0o600 });
    text.push(`acl_file ${join(folder, 'acl')}`);
  }
  if (tls !== undefined) text.push(`certfile ${tls.cert}`, `keyfile ${tls.key}`);
  return `${text.join('\n')}\n`;
};

const ended = (child: ChildProcess): Promise<void> => (child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve())));

/** Starts a Mosquitto of its own on the loopback, with a configuration in a folder that goes with it. Settles once it listens. */
export const startMosquitto = async (options: MosquittoOptions): Promise<Mosquitto> => {
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'dreamscore-mosquitto-'));
  const file = join(folder, 'mosquitto.conf');
  await writeFile(file, `user ${process.getuid?.() === 0 ? 'root' : 'mosquitto'}\n${await configuration(folder, port, options)}`);
  const child = spawn(options.path, ['-c', file], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200; tries += 1) {
    if (await answers(port)) return { port, stop };
    if (child.exitCode !== null) break;
    await pause(20);
  }
  await stop();
  throw new Error('mosquitto did not start');
};
