import { Fault } from '../../core/fault.ts';
import { readRecordingBytes } from '../../nexus/recording/read-recording.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const rows = (count: number, row: (i: number) => string): string => Array.from({ length: count }, (_, i) => row(i)).join('\n');

const SOUND: readonly [string, ...string[]] = [
  `onset\tduration\tstaging\n${rows(12, (i) => `${i * 30}\t30\t${1 + (i % 5)}`)}\n`,
  `onset\tduration\tstage_hum\tstage_ai\r\n${rows(8, (i) => `${i * 30}\t30\t${i % 5}\t0`)}\r\n`,
  `time_h,psg_stage,activity_count,hr_feature\n${rows(10, (i) => `${(i / 120).toFixed(6)},${i % 4},${i * 3.5},.5`)}\n`,
  `onset_s,stage,fpz_delta_uV2perHz,fpz_theta_uV2perHz,fpz_alpha_uV2perHz,fpz_beta_uV2perHz\n${rows(10, (i) => `${i * 30},N2,${100 - i},8,1,.5`)}\n`,
  `t_s,hr_bpm\n${rows(20, (i) => `${i * 0.9},${60 + i}`)}\n`,
  `time;hr;rmssd;resp_hz;motion\n${rows(10, (i) => `${i * 5};60;40;0.25;0.1`)}\n`,
  `"time","hr"\n${rows(10, (i) => `"${i}","60"`)}\n`,
  JSON.stringify(Array.from({ length: 10 }, (_, i) => ({ time: i, hr: 60, motion: 0.2 }))),
  JSON.stringify([0, 1, 2, 3, 4, -1, 2, 2]),
  `+0\tSleep stage W\n+30\tSleep stage 2\n+90\tMovement time\n`,
];

const SIDECARS: readonly [string | null, ...(string | null)[]] = [null, null, '{"staging":{"Levels":{"1":"Wake","2":"REM","3":"N1","4":"N2","5":"N3"}}}', '{"staging":{"Levels":{"1":{"Description":"W"},"__proto__":"N1"}}}', '{"staging":7', '[]'];

const WORDS: readonly [string, ...string[]] = ['1e308', '-1', 'NaN', '__proto__', '\t', ',', '"', '\r\r\n', '999999999999', 'N2', '{', '[', '\u0000', '\uFEFF', '0x10', ''];

const make = (chance: Chance): { bytes: Uint8Array; name: string; sidecar: string | null } => {
  let text = chance.pick(SOUND);
  for (let times = chance.below(4); times > 0; times -= 1) {
    const at = chance.below(text.length + 1);
    text = text.slice(0, at) + chance.pick(WORDS) + text.slice(at + chance.below(6));
  }
  const bytes = new TextEncoder().encode(text);
  const sidecar = chance.pick(SIDECARS);
  return { bytes: chance.below(2) === 0 ? bytes : damaged(bytes, chance), name: chance.pick(['night.csv', 'night.tsv', 'night.json', 'night.txt', 'a_events.tsv']), sidecar };
};

/** Tables and lists of stages and features, with and without a sidecar. Ends in a night or a Fault. */
export const tableFuzzer = (): Fuzzer => ({
  name: 'table',
  make,
  feed: async (input) => {
    const { bytes, name, sidecar } = input as ReturnType<typeof make>;
    try {
      const { series, hypnogram } = await readRecordingBytes(bytes, name, sidecar);
      if (hypnogram !== null && hypnogram.epochs.length > 8_640) throw new Error(`${hypnogram.epochs.length} epochs`);
      if (series !== null && series.seconds > 259_200) throw new Error(`${series.seconds} rows`);
      for (const value of series?.eeg?.bands ?? []) if (value < 0 || value > 1.000_01) throw new Error(`a band of ${value}`);
      for (const value of series?.heart?.bpm ?? []) if (value < 20 || value > 250) throw new Error(`a heart of ${value}`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  },
});
