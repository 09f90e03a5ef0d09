import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Bonjour } from 'bonjour-service';

/** Longest wait for the farewell to be sent, milliseconds. */
const FAREWELL_MS = 500;

export interface AdvertiseOptions {
  readonly gathering: string;
  /** null: there is none. */
  readonly brokerPort: number | null;
  readonly pagePort: number | null;
}

/** A room that is announced on the local network. */
export interface Advertisement {
  /** For the host: that it is announced, or why not. */
  words(): string;
  /** Takes the announcement back. Settles within half a second; may be called twice. */
  stop(): Promise<void>;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'no multicast');

/**
 * The library's own multicast socket, whose errors it leaves to crash the program. It is private by type alone;
 * where a later version moves it, a network without multicast is an uncaught error again, and the test sees that.
 */
const multicastOf = (bonjour: Bonjour): EventEmitter | null => {
  const server: unknown = Reflect.get(bonjour, 'server');
  const multicast: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : null;
  return multicast instanceof EventEmitter ? multicast : null;
};

/**
 * Announces a room by multicast DNS (RFC 6762, 6763): `_mqtt._tcp` for the broker, `_http._tcp` for the page. Only for an open room.
 * The name is the gathering's and the host name one by chance: a machine is often called after its owner. No token is announced.
 * Never throws: where the network has no multicast, `words` says so.
 */
export const advertise = ({ gathering, brokerPort, pagePort }: AdvertiseOptions): Advertisement => {
  const name = `Dreamscore ${gathering}`;
  const host = `dreamscore-${randomBytes(4).toString('hex')}.local`;
  let trouble: string | null = null;
  const failed = (error: unknown): void => {
    trouble ??= codeOf(error);
  };

  const open = (): Bonjour | null => {
    try {
      const bonjour = new Bonjour({}, failed);
      multicastOf(bonjour)?.on('error', failed).on('warning', failed);
      // Unprobed: the library prints on the console where a name is taken.
      const common = { name, host, probe: false };
      if (brokerPort !== null) bonjour.publish({ ...common, type: 'mqtt', port: brokerPort, txt: { v: '1', topic: `nexus/v1/${gathering}` } });
      if (pagePort !== null) bonjour.publish({ ...common, type: 'http', port: pagePort, txt: { v: '1', path: '/' } });
      return bonjour;
    } catch (error) {
      failed(error);
      return null;
    }
  };

  let bonjour = open();
  return {
    words: () => {
      if (bonjour === null && trouble === null) return 'Not announced';
      return trouble === null ? `Announced on the local network as "${name}"` : `Not announced on the local network (${trouble}): give people the address itself`;
    },
    stop: () => new Promise((resolve) => {
      const own = bonjour;
      bonjour = null;
      if (own === null) return resolve();
      const close = (): void => {
        clearTimeout(late);
        own.destroy(() => resolve());
      };
      const late = setTimeout(close, FAREWELL_MS);
      try {
        own.unpublishAll(close);
      } catch (error) {
        failed(error);
        close();
      }
    }),
  };
};
