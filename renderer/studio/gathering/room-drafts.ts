import { roomSchema, type BrokerSource, type Room } from '../../../core/ipc/room.ts';

/** A room as it is first offered. */
export const newRoom = (): Room => roomSchema.parse({});

/** A broker that is not told yet. */
export const newBroker = (circle: string): BrokerSource => ({ url: 'mqtt://localhost:1883', version: 5, username: null, password: null, ca: null, circle });

/** The room with other owners: a room of one's own has no doors for others. */
export const whoseRoom = (room: Room, whose: Room['whose']): Room => {
  const [first = 'one'] = room.circles;
  if (whose === 'mine') return { ...room, whose, broker: null, page: null, mqtt: [], osc: room.osc.length > 0 ? room.osc : [{ layout: 'mind-monitor', port: 0, circle: first, map: [] }] };
  const fresh = newRoom();
  return { ...room, whose, broker: fresh.broker, page: fresh.page };
};

/** Circles from their names between commas; sources whose circle is gone sit in the first. */
export const circlesOf = (room: Room, names: string): Pick<Room, 'circles' | 'mqtt' | 'osc' | 'simulate' | 'nights'> => {
  const read = [...new Set(names.split(',').map((name) => name.trim().slice(0, 40)).filter((name) => name !== ''))].slice(0, 16);
  const circles = read.length === 0 ? ['one'] : read;
  const [first = 'one'] = circles;
  const seated = <T extends { readonly circle: string }>(source: T): T => (circles.includes(source.circle) ? source : { ...source, circle: first });
  return {
    circles,
    mqtt: room.mqtt.map(seated),
    osc: room.osc.map(seated),
    simulate: room.simulate === null ? null : seated(room.simulate),
    nights: room.nights === null ? null : seated(room.nights),
  };
};
