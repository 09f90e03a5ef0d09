import { Fault } from '../../core/fault.ts';
import { readRecordingBytes } from '../../nexus/recording/read-recording.ts';
import { edfRecording, tal } from '../support/edf.ts';
import { damaged, type Chance, type Fuzzer } from './fuzzer.ts';

const wave = (hertz: number) => (t: number): number => 40 * Math.sin(6.28 * hertz * t);

/** Small recordings of each kind: signals and stages, gaps, BDF, a hypnogram. */
const SOUND = [
  edfRecording({ signals: [{ label: 'EEG C3-M2', rate: 64, at: wave(10) }, { label: 'Hypnogram', unit: '', rate: 1, range: [0, 9], at: () => 2 }], records: 6, recordSeconds: 1, annotations: tal(0, 30, 'Sleep stage 2') }),
  edfRecording({ signals: [{ label: 'ECG', rate: 64, at: wave(2) }, { label: 'Resp chest', unit: '', rate: 4, at: wave(0.3) }], records: 5, recordSeconds: 1, starts: [0, 1, 7, 8, 20] }),
  edfRecording({ signals: [{ label: 'C4', rate: 64, at: wave(3) }, { label: 'HR', unit: 'bpm', rate: 1, range: [0, 250], at: () => 60 }], records: 3, recordSeconds: 2, bdf: true }),
  edfRecording({ signals: [], records: 1, recordSeconds: 0, annotations: `${tal(0, 30, 'Sleep stage W')}${tal(30, 30, 'Sleep stage N2')}${tal(60, null, 'Movement time')}` }),
] as const;

/** Digits and signs where the header has numbers get it farther than noise does. */
const hurtHeader = (bytes: Uint8Array, chance: Chance): Uint8Array => {
  const result = Uint8Array.from(bytes);
  const signals = Math.max(1, (result[253] ?? 49) - 48);
  for (let times = chance.below(3); times > 0; times -= 1) {
    const field = chance.pick([184, 236, 244, 252, 192, 168, 256 + 96 * signals, 256 + 104 * signals, 256 + 112 * signals, 256 + 120 * signals, 256 + 128 * signals, 256 + 216 * signals]);
    const text = chance.pick(['-1      ', '0       ', '9       ', '99999999', '1e9     ', '0.00001 ', '1e-30   ', 'nan     ', 'EDF+D   ', '-0      ', '1E308   ', '        ', '64      ']);
    result.set(new TextEncoder().encode(text), Math.min(field, Math.max(0, result.length - 8)));
  }
  return result;
};

const make = (chance: Chance): { bytes: Uint8Array; name: string } => {
  const sound = SOUND[chance.below(SOUND.length)] ?? SOUND[0];
  const hurt = hurtHeader(sound, chance);
  return { bytes: chance.below(4) === 0 ? hurt : damaged(hurt, chance), name: chance.pick(['night.edf', 'night.bdf', 'night.rec']) };
};

/** EDF and BDF: header, signals, annotations and features. Ends in a night or a Fault, with a row for each second and no number out of range. */
export const edfFuzzer = (): Fuzzer => ({
  name: 'edf',
  make,
  feed: async (input) => {
    const { bytes, name } = input as ReturnType<typeof make>;
    try {
      const { series, hypnogram } = await readRecordingBytes(bytes, name);
      if (hypnogram !== null && hypnogram.epochs.length > 8_640) throw new Error(`${hypnogram.epochs.length} epochs`);
      if (series !== null && series.seconds > 259_200) throw new Error(`${series.seconds} rows`);
      const shares = [series?.eeg?.quality, series?.heart?.quality, series?.breath?.quality, series?.eeg?.bands].flatMap((column) => (column === undefined ? [] : [column]));
      for (const column of shares) for (const value of column) if (value < 0 || value > 1.000_01) throw new Error(`a share of ${value}`);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  },
});
