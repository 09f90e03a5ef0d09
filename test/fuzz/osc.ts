import { encode, Bundle, Message } from 'node-osc';
import { podFrameSchema } from '../../core/signal/pod-frame.ts';
import { layoutOf } from '../../nexus/adapters/osc/layouts.ts';
import type { Layout, LayoutReader } from '../../nexus/adapters/osc/layout.ts';
import { readOsc } from '../../nexus/adapters/osc/packet.ts';
import { createSenses, type Senses } from '../../nexus/adapters/osc/senses.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const CONSENT = { live: true, record: true, soloVoice: false, publish: false, expiresAt: null };
const FIELDS = ['delta', 'theta', 'alpha', 'sigma', 'beta', 'hrBpm', 'rmssdMs', 'respHz', 'respPhase', 'motion', 'dTempC'] as const;
const MAP = FIELDS.map((field) => ({ address: `/map/${field}`, field, argument: 0, scale: 1, offset: 0 }));

const ADDRESSES: readonly [string, ...string[]] = [
  '/muse/eeg', '/muse/elements/delta_absolute', '/muse/elements/theta_absolute', '/muse/elements/alpha_absolute', '/muse/elements/beta_absolute', '/muse/elements/gamma_absolute',
  '/muse/elements/horseshoe', '/muse/elements/touching_forehead', '/muse/acc', '/PetalStream/eeg', '/openbci/average-band-power/0', '/openbci/average-band-power/4', '/openbci/band-power/3',
  '/openbci/pulse/bpm', '/openbci/accelerometer/x', '/openbci/accelerometer/y', '/openbci/accelerometer/z', '/goofi/alpha', '/goofi/lowbeta', '/goofi/highbeta', '/spectral/channel1/theta',
  '/heartrate', '/respiration', '/__proto__/delta', '/constructor', '/map/delta', '/map/theta', '/map/alpha', '/map/beta', '/map/hrBpm', '/map/respHz', '/map/respPhase', '/map/motion', '/map/dTempC',
];
const VALUES: readonly [number | string, ...(number | string)[]] = [0, 1, 0.5, -1, 60, 1e30, -1e30, Number.NaN, Infinity, 'nan', '', 4, 800];

const message = (chance: Chance): Message =>
  new Message(chance.pick(ADDRESSES), ...Array.from({ length: chance.below(6) }, () => {
    const value = chance.pick(VALUES);
    return typeof value === 'number' ? { type: 'float', value } : value;
  }));

const JSON_LINES: readonly [string, ...string[]] = [
  '{"type":"bandPower","data":[[1,2,3,4,5],[1,2,3,4,5]]}\r\n', '{"type":"averageBandPower","data":[0.5,0.2,0.1,0.1,0.1]}\r\n', '{"type":"pulse","data":[60,1000]}\r\n', '{"type":"timeSeriesRaw","data":[[1],[2]]}\r\n',
];

/** Datagrams, mostly damaged, sometimes sound with strange values. */
const datagram = (chance: Chance): Uint8Array => {
  if (chance.below(6) === 0) return damaged(Buffer.from(chance.pick(JSON_LINES)), chance);
  let bytes = encode(message(chance));
  if (chance.below(3) === 0) {
    let bundle = new Bundle(message(chance), message(chance));
    for (let level = chance.below(8); level > 0; level -= 1) bundle = new Bundle(bundle);
    bytes = encode(bundle);
  }
  return chance.below(3) === 0 ? bytes : damaged(bytes, chance);
};

interface Ear {
  readonly layout: Layout;
  readonly senses: Senses;
  readonly reader: LayoutReader;
}

/** Damaged OSC into decoder and layouts, a frame every fiftieth: none may be out of its schema. */
export const oscFuzzer = (): Fuzzer => {
  const ears: readonly Ear[] = (['mind-monitor', 'openbci', 'goofi', 'eegsynth', 'map'] as const).map((name) => {
    const layout = layoutOf({ layout: name, map: MAP });
    const senses = createSenses('00000000000000a1', CONSENT);
    return { layout, senses, reader: layout.createReader(senses) };
  });
  let at = 0;
  let frames = 0;
  let count = 0;
  const tell = (): void => {
    for (const { senses } of ears) {
      const frame = senses.second(at);
      if (frame === null) continue;
      podFrameSchema.parse(frame);
      frames += 1;
    }
  };
  return {
    name: 'osc',
    make: datagram,
    feed: (input) => {
      if (!(input instanceof Uint8Array)) return;
      at += 20;
      count += 1;
      const bytes = Buffer.from(input);
      for (const { layout, reader } of ears) {
        const said = layout.alternative !== undefined && bytes[0] === 0x7b ? layout.alternative(bytes.toString('utf8')) : readOsc(bytes);
        for (const heard of said ?? []) if (layout.sleeper(heard.address) !== null) reader.hear(heard, at);
      }
      if (count % 50 === 0) tell();
    },
    check: () => {
      if (count >= 1_000 && frames === 0) throw new Error('no frame came of it: the fuzzer does not reach what it is for');
    },
  };
};
