import { X509Certificate, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IClientOptions } from 'mqtt';
import { Fault } from '../../core/fault.ts';
import type { BrokerSource } from '../../core/ipc/room.ts';

/** The most that one MQTT packet may hold where the broker can be told (MQTT 5): a payload of 4 KiB, its topic and room to spare. */
const PACKET_BYTES = 8_192;
/** The most that is let in from a broker that cannot be told: then the connection is given up. A WebSocket message may hold as much. */
export const STREAM_BYTES = 1_048_576;
const KEEPALIVE_SECONDS = 30;
const CONNECT_MS = 10_000;

/** What a broker is called before people: kind, host and port, never a user's name or password. */
export const brokerName = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

const isCertificate = (pem: Buffer): boolean => {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
};

/** Reads the certificate of the authority that signed a broker's. @throws Fault where it cannot be read or is none */
export const readAuthority = async (path: string | null): Promise<Buffer | null> => {
  if (path === null) return null;
  let pem: Buffer;
  try {
    pem = await readFile(path);
  } catch (error) {
    throw new Fault('the certificate of the broker\'s authority cannot be read', path, 'name a PEM file that is there and may be read', { cause: error });
  }
  if (!isCertificate(pem)) throw new Fault('that is no certificate', path, 'name a PEM file that begins with -----BEGIN CERTIFICATE-----');
  return pem;
};

/** How mqtt.js is to connect: a clean session under a name by chance, one try (we try again ourselves), certificates always checked. */
export const clientOptions = (source: BrokerSource, ca: Buffer | null, packetBytes = PACKET_BYTES): { readonly url: string; readonly options: IClientOptions } => {
  const url = new URL(source.url);
  const username = source.username ?? (url.username === '' ? null : decodeURIComponent(url.username));
  const password = source.password ?? (url.password === '' ? null : decodeURIComponent(url.password));
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    options: {
      protocolVersion: source.version,
      clientId: `dreamscore-${randomBytes(6).toString('hex')}`,
      clean: true,
      keepalive: KEEPALIVE_SECONDS,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      rejectUnauthorized: true,
      wsOptions: { maxPayload: STREAM_BYTES },
      ...(source.version === 5 ? { properties: { maximumPacketSize: packetBytes } } : {}),
      ...(ca === null ? {} : { ca }),
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
    },
  };
};
