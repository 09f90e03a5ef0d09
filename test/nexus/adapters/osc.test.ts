/** What programs really send, over UDP on loopback, becomes pods. */
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from 'node-osc';
import { Fault } from '../../../core/fault.ts';
import type { OscSource } from '../../../core/ipc/room.ts';
import type { Intake } from '../../../nexus/adapters/adapter.ts';
import { createGuard } from '../../../nexus/guard/guard.ts';
import { createOscAdapter } from '../../../nexus/adapters/osc/osc.ts';
import { openOscRoom, type OscRoom, type Said, type Sender } from '../../support/osc-room.ts';

const rooms: OscRoom[] = [];
const room = async (source: Parameters<typeof openOscRoom>[0], verdict?: Parameters<typeof openOscRoom>[1]): Promise<OscRoom> => {
  const opened = await openOscRoom(source, verdict);
  rooms.push(opened);
  return opened;
};
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((opened) => opened.end()));
});

/** Lets some seconds pass, each with what is said in it. */
const seconds = async (opened: OscRoom, count: number, say: (second: number) => Promise<void>): Promise<void> => {
  for (let second = 0; second < count; second += 1) {
    await say(second);
    await opened.second();
  }
};

const BELS = { delta: 2, theta: 1, alpha: 0.5, beta: 0, gamma: -1 } as const;
/** Shares of 10^BELS: 100, 10, 3.162, 1 of 114.162. */
const WHOLE = 100 + 10 + 10 ** 0.5 + 1;

const elements = (of: (bels: number) => (number | string)[], prefix = '/muse'): Said[] =>
  Object.entries(BELS).map(([band, bels]) => [`${prefix}/elements/${band}_absolute`, ...of(bels)]);

describe('Mind Monitor', () => {
  it('tells bands in Bels, four electrodes at once, of which one is off and one says "nan"', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 40, async () => {
      await phone.say(['/muse/elements/horseshoe', 1, 1, 4, 1], ['/muse/elements/touching_forehead', 1]);
      // The third would be all alpha, were it believed; the fourth has no delta.
      for (const message of elements((bels) => [bels, bels, 3, bels === BELS.delta ? 'nan' : bels])) await phone.say(message);
    });
    const frame = opened.last();
    expect(frame.bands?.[0]).toBeCloseTo(100 / WHOLE, 5);
    expect(frame.bands?.[1]).toBeCloseTo(10 / WHOLE, 5);
    expect((frame.bands?.[3] ?? 0) + (frame.bands?.[4] ?? 0)).toBeCloseTo(1 / WHOLE, 5);
    expect(frame.sid).toMatch(/^[0-9a-f]{16}$/);
    expect(frame.q.eeg).toBeCloseTo(0.75, 9);
    expect(frame.pStage?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(frame.consent).toEqual({ live: true, record: true, soloVoice: false, publish: false, expiresAt: null });
    expect(frame.hrBpm).toBeNull();
    expect(opened.refusals).toEqual([]);
    expect(opened.adapter.health()).toMatchObject({ state: 'live' });
  });

  it('tells one value a band where it averages itself, with any prefix', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 12, () => phone.say(...elements((bels) => [bels], 'Person0')));
    expect(opened.last().bands?.[0]).toBeCloseTo(100 / WHOLE, 5);
  });

  it('tells body movement from acceleration, and stillness as 0', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    const lying = (at: number, shake: number): Said => ['/muse/acc', 0.01 + shake * (at % 2), 0.02, 0.98];
    await seconds(opened, 2, () => phone.bundle(Array.from({ length: 52 }, (_, at) => lying(at, 0))));
    expect(opened.last()).toMatchObject({ motion: 0, q: { motion: 1, eeg: 0 } });
    await seconds(opened, 2, () => phone.bundle(Array.from({ length: 52 }, (_, at) => lying(at, 0.5))));
    expect(opened.last().motion).toBe(1);
  });

  it('is not believed while the band lies beside the bed', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 15, () => phone.say(['/muse/elements/touching_forehead', 0], ...elements((bels) => [bels, bels, bels, bels])));
    expect(opened.frames).toEqual([]);
    await seconds(opened, 10, () => phone.say(['/muse/elements/touching_forehead', 1], ...elements((bels) => [bels, bels, bels, bels])));
    expect(opened.last().bands).not.toBeNull();
  });

  /** A 2 Hz wave of 50 uV about the middle of the converter, 256 samples a second. */
  const raw = (second: number, from: number, count: number, stamp: number[] = [], address = '/muse/eeg'): Said[] =>
    Array.from({ length: count }, (_, i) => {
      const sample = 800 + 50 * Math.sin((2 * Math.PI * 2 * (second * 256 + from + i)) / 256);
      return [address, ...stamp, sample, sample, sample, sample];
    });

  it.each([
    ['Mind Monitor\'s and Petal\'s', [], '/muse/eeg'],
    ['Petal\'s older one, stamped', [1, 1_700_000_000, 0.5, 100, 0.25], '/PetalStream/eeg'],
  ])('is read from raw samples where no bands come: %s form', async (_, stamp, address) => {
    const opened = await room({ layout: 'mind-monitor' });
    const computer = opened.sender();
    await seconds(opened, 16, async (second) => {
      for (let from = 0; from < 256; from += 64) await computer.bundle(raw(second, from, 64, stamp, address));
    });
    const frame = opened.last();
    expect(frame.bands?.[0]).toBeGreaterThan(0.95);
    expect(frame.q.eeg).toBeGreaterThan(0.3);
  });

  it('is heard as bands while both bands and raw samples come', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 12, async (second) => {
      await phone.say(...elements((bels) => [bels]));
      await phone.bundle(raw(second, 0, 64));
    });
    expect(opened.last().bands?.[0]).toBeCloseTo(100 / WHOLE, 5);
  });
});

describe('several headbands on one port', () => {
  const talk = (sender: Sender, prefix?: string): Promise<void> => sender.say(...elements((bels) => [bels, bels, bels, bels], prefix));

  it('are told apart by the ports they send from, once both have settled', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const [one, other] = [opened.sender(), opened.sender()];
    await seconds(opened, 20, async () => {
      await talk(one);
      await talk(other);
    });
    expect(new Set(opened.frames.slice(-2).map(({ sid }) => sid)).size).toBe(2);
    expect(opened.connections.size).toBe(2);
    expect(opened.adapter.health().words).toMatch(/^Hears 2 sleepers on UDP port \d+ \(from this machine alone\)$/);
  });

  it('are told apart by their prefixes', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const one = opened.sender();
    await seconds(opened, 8, async () => {
      await talk(one, '/muse');
      await talk(one, '/other');
    });
    expect(new Set(opened.frames.slice(-2).map(({ sid }) => sid)).size).toBe(2);
  });

  it('are one where a program takes a new port for each message', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    await seconds(opened, 8, async () => {
      for (const message of elements((bels) => [bels])) await opened.sender().say(message);
    });
    expect(new Set(opened.frames.map(({ sid }) => sid)).size).toBe(1);
    expect(opened.last().bands?.[0]).toBeCloseTo(100 / WHOLE, 5);
  });

  it('stays itself when the program starts anew on another port', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const before = opened.sender();
    await seconds(opened, 8, () => talk(before));
    const { sid } = opened.last();
    await seconds(opened, 6, () => Promise.resolve());
    const after = opened.sender();
    await seconds(opened, 8, () => talk(after));
    expect(opened.last().sid).toBe(sid);
  });

  it('are 32 at the most', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const one = opened.sender();
    await seconds(opened, 7, async () => {
      for (let band = 0; band < 34; band += 1) await one.bundle(elements((bels) => [bels], `/muse${band}`));
    });
    expect(new Set(opened.frames.map(({ sid }) => sid)).size).toBe(32);
    expect(opened.adapter.health().words).toContain('the room is full');
  });
});

describe('OpenBCI GUI', () => {
  const shares = [0.8, 0.1, 0.05, 0.04, 0.01];

  it('tells its average bands by a message that grows, of which the last value counts', async () => {
    const opened = await room({ layout: 'openbci' });
    const gui = opened.sender();
    await seconds(opened, 12, async () => {
      for (let band = 0; band < 5; band += 1) await gui.say([`/openbci/average-band-power/${band}`, ...shares.slice(0, band + 1)]);
    });
    expect(opened.last().bands?.[0]).toBeCloseTo(0.8 / 0.99, 5);
    expect(opened.last().bands?.[2]).toBeCloseTo(0.05 / 0.99, 5);
  });

  it('tells each electrode, the heart and movement, each from a port of its own, of one sleeper', async () => {
    const opened = await room({ layout: 'openbci' });
    const [bands, pulse, body] = [opened.sender(), opened.sender(), opened.sender()];
    await seconds(opened, 12, async () => {
      await bands.say(['/openbci/band-power/0', 80, 10, 5, 4, 1], ['/openbci/band-power/1', 800, 100, 50, 40, 10], ['/openbci/band-power/2', 0, 0, 0, 0, 0]);
      await pulse.say(['/openbci/pulse/bpm', 58], ['/openbci/pulse/ibi', 1_034]);
      const axis = (name: string, value: (i: number) => number): Said[] => Array.from({ length: 50 }, (_, i) => [`/openbci/accelerometer/${name}`, value(i)]);
      await body.bundle([...axis('x', (i) => 0.3 * (i % 2)), ...axis('y', () => 0), ...axis('z', () => 1)]);
    });
    const frame = opened.last();
    expect(new Set(opened.frames.map(({ sid }) => sid)).size).toBe(1);
    expect(frame.bands?.[0]).toBeCloseTo(80 / 99, 5);
    expect(frame).toMatchObject({ hrBpm: 58, rmssdMs: null });
    expect(frame.motion).toBeGreaterThan(0.9);
    expect(opened.adapter.health().state).toBe('live');
  });

  it('is read as JSON lines over UDP too, NaN and what is not asked for with it', async () => {
    const opened = await room({ layout: 'openbci' });
    const gui = opened.sender();
    const json = (text: string): Promise<void> => gui.bytes(Buffer.from(text));
    await seconds(opened, 12, async () => {
      await json('{"type":"bandPower","data":[[80,10,5,4,1],[null,1,1,1,1]]}\r\n{"type":"pulse","data":[61,983]}\r\n');
      await json('{"type":"timeSeriesRaw","data":[[1,2],[3,4]]}\r\n');
    });
    expect(opened.last().bands?.[0]).toBeCloseTo(80 / 99, 5);
    expect(opened.last().hrBpm).toBe(61);
    await json('{"type":"bandPower","data":[[80,NaN]]}\r\n');
    await opened.arrived();
    expect(opened.refusals).toEqual(['malformed']);
  });
});

describe('goofi-pipe and EEGsynth', () => {
  it('goofi-pipe: a bundle, a value for each electrode, beta in two halves', async () => {
    const opened = await room({ layout: 'goofi' });
    const patch = opened.sender();
    await seconds(opened, 12, () =>
      patch.bundle([['/goofi/bands/delta', 80, 8], ['/goofi/bands/theta', 10, 1], ['/goofi/bands/alpha', 5, 0.5], ['/goofi/bands/lowbeta', 3, 0.3], ['/goofi/bands/highbeta', 2, 0.2], ['/goofi/bands/gamma', 1, 0.1], ['/goofi/heart_rate', 55]]));
    expect(opened.last().bands?.[0]).toBeCloseTo(0.8, 5);
    expect(opened.last().hrBpm).toBe(55);
  });

  it('EEGsynth: a value a message, in any order', async () => {
    const opened = await room({ layout: 'eegsynth' });
    const patch = opened.sender();
    await seconds(opened, 12, () =>
      patch.say(['/spectral/channel1/beta', 5], ['/spectral/channel1/alpha', 5], ['/spectral/channel1/delta', 80], ['/spectral/channel1/theta', 10], ['/heartrate/channel1', 62], ['/respiration/channel1', 15]));
    expect(opened.last().bands?.[0]).toBeCloseTo(0.8, 5);
    expect(opened.last()).toMatchObject({ hrBpm: 62, respHz: 0.25 });
  });
});

describe('a map of one\'s own', () => {
  const entry = (address: string, field: OscSource['map'][number]['field'], more: Partial<OscSource['map'][number]> = {}): OscSource['map'][number] => ({ address, field, argument: 0, scale: 1, offset: 0, ...more });

  it('fills fields from arguments, scaled and moved', async () => {
    const map = [
      entry('/bed/3', 'hrBpm', { argument: 1 }), entry('/bed/3', 'respHz', { argument: 0, scale: 1 / 60 }), entry('/bed/phase', 'respPhase', { scale: 6.283_185_307_179_586 }),
      entry('/bed/rmssd', 'rmssdMs'), entry('/bed/temp', 'dTempC', { offset: -36.5 }), entry('/bed/move', 'motion', { scale: 0.01 }),
    ];
    const opened = await room({ layout: 'map', map });
    const mattress = opened.sender();
    await seconds(opened, 3, () => mattress.say(['/bed/rmssd', 40], ['/bed/phase', 0.25], ['/bed/3', 15, 52], ['/bed/temp', 37], ['/bed/move', 20], ['/bed/name', 'someone']));
    const frame = opened.last();
    expect(frame).toMatchObject({ hrBpm: 52, rmssdMs: 40 });
    expect(frame.respHz).toBeCloseTo(0.25, 9);
    expect(frame.respPhase).toBeCloseTo(Math.PI / 2, 5);
    expect(frame.dTempC).toBeCloseTo(0.5, 5);
    expect(frame.motion).toBeCloseTo(0.2, 5);
    expect(frame.bands).toBeNull();
    expect(opened.adapter.health().words).toContain('something arrives that this layout does not know');
  });

  it('fills bands', async () => {
    const map = (['delta', 'theta', 'alpha', 'sigma', 'beta'] as const).map((field, argument) => entry('/bands', field, { argument }));
    const opened = await room({ layout: 'map', map });
    const sender = opened.sender();
    await seconds(opened, 12, () => sender.say(['/bands', 70, 10, 8, 7, 5]));
    const bands = opened.last().bands ?? [];
    [0.7, 0.1, 0.08, 0.07, 0.05].forEach((share, k) => expect(bands[k]).toBeCloseTo(share, 5));
  });
});

describe('what is no sensor', () => {
  it('is refused: noise, a bundle five deep; one four deep is heard', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const sender = opened.sender();
    await sender.bytes(Buffer.from('hello'));
    await sender.bytes(new Uint8Array(0));
    await sender.bytes(Buffer.from('{"type":"pulse","data":[60]}'));
    await sender.bundle(elements((bels) => [bels]), 5);
    await opened.arrived();
    expect(opened.refusals).toEqual(['malformed', 'malformed', 'malformed', 'malformed']);
    expect(opened.adapter.health().words).toContain('nothing heard yet');
    await sender.bundle(elements((bels) => [bels]), 4);
    await opened.arrived();
    expect(opened.adapter.health().words).toContain('Hears 1 sleeper');
  });

  it('whose numbers are none never makes a frame that is none', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const sender = opened.sender();
    await seconds(opened, 10, () => sender.say(...elements(() => [Number.NaN, 1e30, -1e30, Infinity]), ['/muse/acc', Number.NaN, 1e9, 0], ['/muse/elements/horseshoe', Number.NaN]));
    // Frames are checked by the room as they come.
    expect(opened.frames.every(({ bands }) => bands === null)).toBe(true);
  });

  it('is not listened to from elsewhere, unless the room is open', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const [outside] = Object.values((await import('node:os')).networkInterfaces()).flat().filter((address) => address?.family === 'IPv4' && !address.internal);
    if (outside === undefined) return;
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.send(Buffer.from('noise'), opened.adapter.port ?? 0, outside.address, () => resolve()));
    await opened.arrived();
    socket.close();
    expect(opened.refusals).toEqual([]);
  });
});

describe('a night of it', () => {
  const talk = (sender: Sender): Promise<void> => sender.say(...elements((bels) => [bels, bels, bels, bels]));

  it('says when a sensor drops, and what to check, and hears it again by itself', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 10, () => talk(phone));
    const { sid, seq } = opened.last();
    opened.clock.advance(40_000);
    const { state, words } = opened.adapter.health();
    expect(state).toBe('waiting');
    expect(words).toMatch(/nothing heard for 41 s; last at \d\d:\d\d:\d\d; check that the headband is on and charged/);
    const quiet = opened.frames.length;
    opened.clock.advance(60_000);
    expect(opened.frames.length).toBe(quiet);
    await seconds(opened, 10, () => talk(phone));
    expect(opened.adapter.health().state).toBe('live');
    expect(opened.last().sid).toBe(sid);
    expect(opened.last().seq).toBeGreaterThan(seq);
    expect(opened.last().bands).not.toBeNull();
  });

  it('loses trust in what has grown old before it falls silent', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 30, () => talk(phone));
    const before = opened.frames.length;
    opened.clock.advance(60_000);
    const after = opened.frames.slice(before).map(({ q }) => q.eeg);
    expect(after[0]).toBe(1);
    expect(after.at(-1)).toBeLessThan(0.3);
    expect(after.length).toBeLessThan(45);
  });

  it('after ten minutes of silence lets the pod go; who comes back is a newcomer', async () => {
    const opened = await room({ layout: 'mind-monitor' });
    const phone = opened.sender();
    await seconds(opened, 10, () => talk(phone));
    const { sid } = opened.last();
    opened.clock.advance(620_000);
    expect(opened.closed).toEqual([...opened.connections]);
    await seconds(opened, 10, () => talk(phone));
    expect(opened.last().sid).not.toBe(sid);
    expect(opened.connections.size).toBe(1);
  });

  it('tells the host why a pod is refused', async () => {
    const opened = await room({ layout: 'mind-monitor' }, 'too many pods');
    const phone = opened.sender();
    await seconds(opened, 8, () => talk(phone));
    expect(opened.adapter.health().words).toContain('the room is full');
  });
});

describe('behind the real guard', () => {
  it('a headband is one pod that is heard, and once taken out by the host stays out', async () => {
    const { clock } = await room({ layout: 'mind-monitor' });
    const guard = createGuard({ circles: ['one'], whose: 'mine', now: clock.now, unixNow: () => 1_700_000_000_000 + clock.now() });
    const adapter = createOscAdapter({ source: { layout: 'mind-monitor', port: 0, circle: 'one', map: [] }, open: false, intake: guard, clock, listenOn: 0 });
    await adapter.start();
    const client = new Client('127.0.0.1', adapter.port ?? 0);
    const night = async (from: number, count: number): Promise<void> => {
      for (let second = from; second < from + count; second += 1) {
        for (const [address, ...values] of elements((bels) => [bels])) await client.send(address, ...values.map((value) => ({ type: 'float', value })));
        await new Promise((resolve) => setTimeout(resolve, 5));
        clock.advance(1_000);
      }
    };
    await night(0, 15);
    expect(guard.view(clock.now()).counts).toEqual({ live: 1, waiting: 0, limited: 0 });
    expect(guard.frameAt(clock.now()).frame.n).toBe(1);
    const [pod] = guard.view(clock.now()).pods;
    guard.command({ kind: 'remove', pod: pod?.name ?? '' });
    await night(15, 5);
    expect(guard.view(clock.now()).counts.live).toBe(0);
    expect(adapter.health().words).toContain('a pod ');
    await client.close();
    await adapter.stop();
  });
});

describe('the port', () => {
  const silent: Intake = { frame: () => 'taken', consent: () => 'taken', bye: () => 'taken', chant: () => 'taken', closed: () => undefined, refused: () => undefined };

  it('that is taken is a fault that says how to mend it', async () => {
    const opened = await room({ layout: 'openbci' });
    const { clock } = opened;
    const second = createOscAdapter({ source: { layout: 'openbci', port: opened.adapter.port ?? 0, circle: 'one', map: [] }, open: false, intake: silent, clock });
    await expect(second.start()).rejects.toBeInstanceOf(Fault);
    await expect(second.start()).rejects.toThrow('another program has that port');
    expect(second.health().state).toBe('off');
    await second.stop();
  });

  it('is let go when it stops, at any time and twice', async () => {
    const opened = await room({ layout: 'openbci' });
    await opened.adapter.stop();
    await opened.adapter.stop();
    expect(opened.adapter.port).toBeNull();
    expect(opened.adapter.health()).toEqual({ state: 'off', words: 'Off' });
    expect(opened.clock.waiting).toBe(0);
  });

  it('is heard from node-osc\'s own client', async () => {
    const opened = await room({ layout: 'eegsynth' });
    const client = new Client('127.0.0.1', opened.adapter.port ?? 0);
    await client.send('/heartrate/channel1', 61.5);
    await client.close();
    await opened.second();
    expect(opened.last().hrBpm).toBe(61.5);
  });
});
