import { describe, expect, it } from 'vitest';
import { UsageFault } from '../../cli/exit.ts';
import { parseNexusArguments, type NexusFiles } from '../../cli/nexus-arguments.ts';
import type { Room } from '../../core/ipc/room.ts';

const none: NexusFiles = { config: undefined, oscMap: undefined, password: null, hostToken: null };
const read = (line: string, files: Partial<NexusFiles> = {}) => parseNexusArguments(line.split(' ').filter((word) => word !== ''), { ...none, ...files });
const roomOf = (line: string, files: Partial<NexusFiles> = {}): Room => {
  const { does } = read(line, files);
  if (does.kind === 'hear' && does.source.kind === 'room') return does.source.room;
  throw new Error(`no room: ${does.kind}`);
};

describe('the arguments of nexus', () => {
  it('open a room for others on this machine alone where nothing is said', () => {
    expect(roomOf('')).toMatchObject({ gathering: 'gathering', whose: 'others', open: false, circles: ['one'], broker: { port: 1883 }, page: { port: 8026, origin: null }, mqtt: [], osc: [], simulate: null, nights: null });
  });

  it('seat every source in the first circle, and keep the password out of the line', () => {
    const room = roomOf('--circle garden --circle tower --open --mqtt mqtts://b.example:8883 --mqtt-user host --osc mind-monitor:5001 --osc openbci --simulate 8 --mishaps', { password: 'secret' });
    expect(room.circles).toEqual(['garden', 'tower']);
    expect(room.mqtt).toEqual([{ url: 'mqtts://b.example:8883', version: 5, username: 'host', password: 'secret', ca: null, circle: 'garden' }]);
    expect(room.osc.map(({ layout, port, circle }) => [layout, port, circle])).toEqual([['mind-monitor', 5_001, 'garden'], ['openbci', 0, 'garden']]);
    expect(room.simulate).toEqual({ pods: 8, seed: 1, mishaps: true, circle: 'garden' });
  });

  it('have no doors for others where all devices are one’s own', () => {
    expect(roomOf('--mine --night a.edf b.edf --align start')).toMatchObject({ whose: 'mine', broker: null, page: null, nights: { files: ['a.edf', 'b.edf'], align: 'start' } });
    expect(() => roomOf('--mine --mqtt mqtt://b:1883')).toThrow(UsageFault);
  });

  it('take doors away and move them', () => {
    expect(roomOf('--no-broker --page-port 0 --page-origin https://pods.example')).toMatchObject({ broker: null, page: { port: 0, origin: 'https://pods.example' } });
    expect(() => roomOf('--page-origin http://pods.example')).toThrow('an origin such as');
  });

  it('take a map of OSC addresses and a whole room from files', () => {
    const map = [{ address: '/belt/rate', field: 'hrBpm' }];
    expect(roomOf('--osc map:7000 --osc-map m.json', { oscMap: map }).osc[0]?.map).toEqual([{ address: '/belt/rate', field: 'hrBpm', argument: 0, scale: 1, offset: 0 }]);
    expect(roomOf('--config r.json', { config: { gathering: 'attic', circles: ['a'], osc: [{ layout: 'goofi', circle: 'a' }] } }).gathering).toBe('attic');
    expect(() => roomOf('--config r.json', { config: { circles: ['a', 'a'] } })).toThrow('two circles have one name');
  });

  it('play a recording, hear a merged collective, count shards', () => {
    expect(read('--play night.ndjson --speed 60 --from 01:00').does).toEqual({ kind: 'hear', source: { kind: 'recording', file: 'night.ndjson', startAt: 3_600, speed: 60 } });
    expect(read('--collective mqtt://b:1883 --gathering city').does).toMatchObject({ kind: 'hear', source: { kind: 'collective', gathering: 'city', broker: { url: 'mqtt://b:1883' } } });
    expect(read('--aggregate 2/4 --mqtt mqtt://b:1883').does).toMatchObject({ kind: 'shard', shard: 1, of: 4 });
    expect(read('--merge 4 --mqtt mqtt://b:1883').does).toMatchObject({ kind: 'merge', of: 4 });
  });

  it.each([
    ['--aggregate 3/2 --mqtt mqtt://b:1883', 'one of so many'],
    ['--aggregate 1/2', 'meet at one broker'],
    ['--osc walkman', 'no such OSC layout'],
    ['--circle a --circle a', 'two circles'],
    ['--mqtt http://b', 'address'],
    ['--simulate many', 'not a number'],
    ['--private 2', '--private'],
    ['--publish p --private 9', 'not a number'],
    ['--gathering Attic!', 'small letters'],
    ['stray', 'belongs to no option'],
    ['--nonsense', 'not understood'],
  ])('refuse %s in one sentence', (line, words) => {
    expect(() => read(line)).toThrow(UsageFault);
    expect(() => read(line)).toThrow(words);
  });
});
