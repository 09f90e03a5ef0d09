import { Duplex } from 'node:stream';
import { openDoor, type Door } from '../../nexus/adapters/broker/door.ts';
import { createTokens } from '../../nexus/adapters/tokens.ts';
import { podTopic } from '../../nexus/adapters/topics.ts';
import { podFrame } from '../support/pods.ts';
import { realClock } from '../support/real-clock.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const SID = '00000000000000a1';
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.from([bytes.length >> 8, bytes.length & 255, ...bytes]);
};

const packet = (first: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length, more = true; more; left >>= 7) {
    more = left > 127;
    length.push((left & 127) | (more ? 128 : 0));
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
};

/** CONNECT of MQTT 3.1.1 with a will, a name and the token; PUBLISH of QoS 0 to 2; SUBSCRIBE, UNSUBSCRIBE, PINGREQ, PUBREL. */
const connectPacket = (token: string): Buffer =>
  packet(0x10, text('MQTT'), Buffer.of(4, 0xc6, 0, 60), text('phone'), text(podTopic('night', SID, 'bye')), text(''), text('pod'), text(token));
const id = Buffer.of(0, 1);
const frame = Buffer.from(JSON.stringify(podFrame({ sid: SID })));
const SOUND: readonly [Buffer, ...Buffer[]] = [
  packet(0x30, text(podTopic('night', SID, 'frame')), frame),
  packet(0x32, text(podTopic('night', SID, 'frame')), id, frame),
  packet(0x35, text(podTopic('night', SID, 'consent')), id, Buffer.from('{"live":false}')),
  packet(0x62, id),
  packet(0x82, id, text('nexus/v1/night/collective'), Buffer.of(1)),
  packet(0xa2, id, text('nexus/v1/night/collective')),
  packet(0xc0),
  packet(0xe0),
];

const garbage = (chance: Chance, connect: Buffer): Uint8Array[] => {
  const packets = [chance.below(4) === 0 ? damaged(connect, chance) : connect];
  for (let count = 1 + chance.below(4); count > 0; count -= 1) packets.push(chance.below(3) === 0 ? chance.pick(SOUND) : damaged(chance.pick(SOUND), chance));
  const whole = Buffer.concat(packets);
  const cut = chance.below(whole.length);
  return [whole.subarray(0, cut), whole.subarray(cut)];
};

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Damaged MQTT packets at the embedded broker, through a stream in place of a socket. */
export const mqttPacketsFuzzer = (): Fuzzer => {
  const tokens = createTokens(['one']);
  const connect = connectPacket(tokens.of('one'));
  const count = { taken: 0, closed: 0 };
  const take = (): 'taken' => {
    count.taken += 1;
    return 'taken';
  };
  const intake = { frame: take, consent: take, bye: take, chant: take, refused: () => undefined, closed: () => void (count.closed += 1) };
  let door: Door | null = null;
  return {
    name: 'mqtt-packets',
    make: (chance) => garbage(chance, connect),
    feed: async (input) => {
      door ??= await openDoor({ name: 'fuzz', gathering: 'night', tokens, intake, clock: realClock, flow: { perSecond: 20, flood: 1_000 } });
      const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
      stream.on('error', () => undefined);
      door.take(stream, '127.0.0.1');
      for (const chunk of input as readonly Uint8Array[]) {
        if (!stream.destroyed) stream.push(chunk);
        await turns(4);
      }
      stream.destroy();
      await turns(1);
    },
    check: async () => {
      await turns(20);
      const left = door?.clients() ?? 0;
      await door?.close();
      if (left > 0) throw new Error(`${left} clients were left behind`);
      if (count.taken === 0 || count.closed === 0) throw new Error('no packet got as far as the intake: the fuzzer tries nothing');
    },
  };
};
