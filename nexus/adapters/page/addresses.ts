import { hostname, networkInterfaces } from 'node:os';

/** Interfaces that lead to containers, virtual machines and tunnels: no phone in the room comes that way. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|tun|tap|utun|zt|tailscale|wg|lo)/i;

const rank = (name: string, address: string): number => {
  if (VIRTUAL.test(name)) return 4;
  if (address.startsWith('169.254.')) return 5;
  if (address.startsWith('192.168.')) return 0;
  if (address.startsWith('10.')) return 1;
  return /^172\.(1[6-9]|2\d|3[01])\./.test(address) ? 2 : 3;
};

/** This machine's addresses that are not loopback, likeliest for a local network first; IPv6 in brackets, as in links. */
export const ownAddresses = (): string[] => {
  const found = Object.entries(networkInterfaces()).flatMap(([name, list]) => (list ?? []).filter(({ internal }) => !internal).map((each) => ({ name, ...each })));
  const four = found.filter(({ family }) => family === 'IPv4').toSorted((a, b) => rank(a.name, a.address) - rank(b.name, b.address));
  const six = found.filter(({ family, scopeid }) => family === 'IPv6' && (scopeid === undefined || scopeid === 0));
  return [...four.map(({ address }) => address), ...six.map(({ address }) => `[${address}]`)];
};

/** Names by which a browser on this machine reaches it. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Every name by which this machine may rightly be called in a Host header. A name that is not here is a stranger's that was pointed at us (DNS rebinding). */
export const ownNames = (open: boolean): string[] => {
  if (!open) return [...LOOPBACK_NAMES];
  const name = hostname().toLowerCase();
  return [...LOOPBACK_NAMES, ...ownAddresses(), name, name.endsWith('.local') ? name : `${name}.local`];
};

export const isLoopback = (address: string | undefined): boolean => address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
