import { createSocket } from 'node:dgram';
import { hostname } from 'node:os';
import { Bonjour, type Service } from 'bonjour-service';
import { describe, expect, it, vi } from 'vitest';
import { advertise } from '../../../nexus/adapters/discovery.ts';

/** What a browser of the network finds within a second. */
const find = (type: string): Promise<Service[]> =>
  new Promise((resolve) => {
    const found: Service[] = [];
    const browser = new Bonjour({}, () => undefined);
    browser.find({ type }, (service) => found.push(service));
    setTimeout(() => browser.destroy(() => resolve(found)), 1_000);
  });

describe('the announcement of a room', () => {
  it('names the gathering, its ports and nothing of the machine', async (context) => {
    const announced = advertise({ gathering: 'first-night', brokerPort: 18_830, pagePort: 18_026 });
    const [brokers, pages] = (await Promise.all([find('mqtt'), find('http')])).map((found) => found.filter(({ name }) => name.startsWith('Dreamscore')));
    const words = announced.words();
    await announced.stop();
    if (brokers === undefined || pages === undefined || brokers.length === 0) {
      process.stderr.write(`skipped: no multicast on this machine (${words})\n`);
      return context.skip();
    }
    expect(brokers.map(({ name, port, txt }) => ({ name, port, txt: { ...txt } }))).toEqual([{ name: 'Dreamscore first-night', port: 18_830, txt: { v: '1', topic: 'nexus/v1/first-night' } }]);
    expect(pages.map(({ name, port, txt }) => ({ name, port, txt: { ...txt } }))).toEqual([{ name: 'Dreamscore first-night', port: 18_026, txt: { v: '1', path: '/' } }]);
    expect(words).toBe('Announced on the local network as "Dreamscore first-night"');
    expect(JSON.stringify(brokers)).not.toContain(hostname());
  });

  it('fails in words where another program has the port for itself', async (context) => {
    const taken = createSocket('udp4');
    const own = await new Promise<boolean>((resolve) => {
      taken.once('error', () => resolve(false));
      taken.bind({ port: 5_353, exclusive: true }, () => resolve(true));
    });
    if (!own) {
      process.stderr.write('skipped: port 5353 is in use on this machine\n');
      return context.skip();
    }
    const announced = advertise({ gathering: 'first-night', brokerPort: 18_830, pagePort: null });
    await vi.waitFor(() => expect(announced.words()).toBe('Not announced on the local network (EADDRINUSE): give people the address itself'));
    await announced.stop();
    await new Promise<void>((resolve) => taken.close(() => resolve()));
  });

  it('is nothing for a room without doors, and can be taken back twice', async () => {
    const announced = advertise({ gathering: 'first-night', brokerPort: null, pagePort: null });
    await announced.stop();
    await announced.stop();
    expect(announced.words()).toMatch(/announced/i);
  });
});
