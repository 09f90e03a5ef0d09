import { randomBytes } from 'node:crypto';
import type { Room, RoomView } from '../../core/ipc/room.ts';
import type { Adapter, Intake } from '../adapters/adapter.ts';
import { createAnnouncement } from '../adapters/announcement.ts';
import { createBrokerAdapter, type BrokerAdapter } from '../adapters/broker/broker.ts';
import { createMqttAdapter } from '../adapters/mqtt.ts';
import { createOscAdapter } from '../adapters/osc/osc.ts';
import { createRecordedAdapter } from '../adapters/recorded.ts';
import { createPageAdapter, type PageAdapter, type PageAdapterOptions } from '../adapters/page/page-adapter.ts';
import { createSimulatedAdapter } from '../adapters/simulated.ts';
import { createTokens, type Tokens } from '../adapters/tokens.ts';
import { LIVE_GATE, OWN_GATE } from '../aggregator.ts';
import { createGuard } from '../guard/guard.ts';
import { qrPath } from '../qr.ts';
import type { Night } from '../recording/night.ts';
import type { Listeners, Machine, Opening, Playing } from './playing.ts';
import { createHostPages } from '../status/host-pages.ts';
import { createMetrics } from '../status/metrics.ts';
import { readNights } from './read-nights.ts';
import { runRoom } from './room.ts';

const inWords = (room: Room): string => (room.whose === 'mine' ? 'devices of one’s own' : `the room "${room.gathering}"`);

interface Doors {
  readonly broker: BrokerAdapter | null;
  readonly page: PageAdapter | null;
}

type DoorParts = Pick<PageAdapterOptions, 'intake' | 'crowd' | 'host'> & { readonly tokens: Tokens; readonly clock: Machine['clock'] };

const openDoors = ({ gathering, open, broker, page }: Room, { crowd, host, ...parts }: DoorParts): Doors => {
  const shared = { open, gathering, ...parts };
  return {
    broker: broker === null ? null : createBrokerAdapter({ ...shared, port: broker.port }),
    page: page === null ? null : createPageAdapter({ ...shared, port: page.port, crowd, ...(host === undefined ? {} : { host }), ...(page.origin === null ? {} : { publicOrigin: page.origin }) }),
  };
};

const listen = (room: Room, nights: readonly Night[], intake: Intake, { clock, unixNow }: Machine): Adapter[] => {
  const shared = { intake, clock };
  return [
    ...room.mqtt.map((source) => createMqttAdapter({ source, gathering: room.gathering, ...shared })),
    ...room.osc.map((source) => createOscAdapter({ source, open: room.open, unixNow, ...shared })),
    ...(room.simulate === null ? [] : [createSimulatedAdapter({ ...room.simulate, ...shared })]),
    ...(room.nights === null ? [] : [createRecordedAdapter({ nights, align: room.nights.align, seed: 1, circle: room.nights.circle, speed: room.nights.speed, ...shared })]),
  ];
};

/** A link and its code for each circle; codes are drawn anew only where a link changes. */
const waysToJoin = (circles: readonly string[], page: PageAdapter | null): (() => RoomView['join']) => {
  const drawn = new Map<string, RoomView['join'][number]>();
  return () => {
    if (page === null) return [];
    return circles.map((circle) => {
      const url = page.joinUrl(circle);
      const before = drawn.get(circle);
      if (before?.url === url) return before;
      const way = { circle, url, qr: qrPath(url) };
      drawn.set(circle, way);
      return way;
    });
  };
};

/** Reads what a room names of files. @throws Fault */
export const openRoom = async (room: Room, machine: Machine, listeners: Listeners, signal: AbortSignal): Promise<Opening> => {
  const nights = await readNights(room.nights?.files ?? [], machine, listeners.onReading, signal);
  const name = inWords(room);
  const begin = (): Promise<Playing> => {
    const opened = machine.clock.now();
    const now = (): number => machine.clock.now() - opened;
    const guard = createGuard({ circles: room.circles, whose: room.whose, hearsWaiting: room.counted, now, unixNow: machine.unixNow });
    const tokens = createTokens(room.circles, Buffer.from(room.secret ?? randomBytes(32).toString('hex'), 'hex'));
    const metrics = createMetrics();
    const intake = metrics.counting(guard);
    // What the host is told of the room, once a second.
    let shown: RoomView | null = null;
    const host = createHostPages({ view: () => shown, metrics, token: room.hostToken });
    const { broker, page } = openDoors(room, { tokens, intake, clock: machine.clock, crowd: guard.crowd, host });
    const announcement = room.open ? createAnnouncement({ gathering: room.gathering, ports: () => ({ broker: broker?.port ?? null, page: page?.port ?? null }) }) : null;
    return runRoom({
      name,
      circle: room.circles[0] ?? 'one',
      guard,
      intake,
      onFold: metrics.folded,
      adapters: [...[page, broker].filter((door) => door !== null), ...listen(room, nights, intake, machine)],
      announcement,
      now,
      clock: machine.clock,
      join: waysToJoin(room.circles, page),
      renewTokens: tokens.renew,
      onSeen: (view, gated) => {
        shown = view;
        metrics.observe(view, gated);
      },
      onClosed: metrics.stop,
      listeners: {
        ...listeners,
        onFrame: (frame, kept) => {
          broker?.tell(frame);
          listeners.onFrame(frame, kept);
        },
      },
    });
  };
  return { name, minimumPods: room.whose === 'mine' ? OWN_GATE : LIVE_GATE, begin };
};
