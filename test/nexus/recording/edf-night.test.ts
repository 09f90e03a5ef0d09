import { describe, expect, it } from 'vitest';
import { Fault } from '../../../core/fault.ts';
import { lengthOf, stagesOf } from '../../../nexus/recording/night.ts';
import { readRecordingBytes } from '../../../nexus/recording/read-recording.ts';
import { edfRecording, tal, type TestRecording, type TestSignal } from '../../support/edf.ts';

const wave = (hertz: number, amplitude: number) => (t: number): number => amplitude * Math.sin(2 * Math.PI * hertz * t);
const eeg = (changes: Partial<TestSignal> = {}): TestSignal => ({ label: 'EEG C4-M1', rate: 100, at: wave(10, 40), ...changes });
const belt: TestSignal = { label: 'Resp abdomen', unit: '', rate: 10, at: (t) => -100 * Math.cos(2 * Math.PI * 0.25 * t) };
const ecg: TestSignal = { label: 'ECG', unit: 'mV', rate: 200, range: [-5, 5], at: (t) => 1.2 * Math.exp(-(((t % 1) - 0.5) ** 2) / (2 * 0.01 ** 2)) };

const read = (recording: TestRecording, name = 'psg.edf') => readRecordingBytes(edfRecording(recording), name);
const faultOf = async (recording: TestRecording): Promise<Fault> => {
  const error: unknown = await read(recording).then(() => null, (reason: unknown) => reason);
  if (error instanceof Fault) return error;
  throw error instanceof Error ? error : new Error('it was read');
};

describe('signals of EDF and BDF', () => {
  it.each([
    ['EDF, records of 1 s', { recordSeconds: 1, records: 60 }],
    ['EDF, records of 30 s', { recordSeconds: 30, records: 2 }],
    ['EDF, records of .5 s', { recordSeconds: 0.5, records: 120 }],
    ['EDF, records of 7 s', { recordSeconds: 7, records: 9 }],
    ['BDF', { recordSeconds: 1, records: 60, bdf: true }],
  ])('%s: the same features a second', async (_, shape) => {
    const { series, hypnogram, notes } = await read({ ...shape, signals: [belt, eeg(), ecg] });
    expect(hypnogram).toBeNull();
    expect(series?.seconds).toBe(shape.recordSeconds * shape.records);
    expect(series?.eeg?.bands[5 * 40 + 2]).toBeGreaterThan(0.99);
    expect(series?.eeg?.quality[40]).toBe(1);
    expect(series?.heart?.bpm[40]).toBeCloseTo(60, 0);
    expect(series?.breath?.hertz[40]).toBeCloseTo(0.25, 2);
    // 41 s are ten breaths and a quarter.
    expect(series?.breath?.phase[40]).toBeCloseTo(Math.PI / 2, 0);
    expect(series?.motion).toBeNull();
    expect(notes).toEqual(['EEG from EEG C4-M1; heart from ECG; breath from Resp abdomen']);
  });

  it('brings units and a range that runs backwards to microvolts', async () => {
    for (const signal of [eeg({ unit: 'mV', range: [-0.5, 0.5], at: wave(10, 0.04) }), eeg({ unit: 'V', range: [-0.0005, 0.0005], at: wave(10, 0.000_04) }), eeg({ range: [500, -500] })]) {
      const { series } = await read({ signals: [signal], records: 30, recordSeconds: 1 });
      expect(series?.eeg?.quality[29]).toBe(1);
    }
    // 40 uV written as 40 mV is no brain.
    await expect(faultOf({ signals: [eeg({ unit: 'mV' })], records: 30, recordSeconds: 1 })).resolves.toMatchObject({ what: 'there are neither sleep stages nor usable signals in this file' });
  });

  it('takes stages from annotations before a signal before the EEG', async () => {
    const stages: TestSignal = { label: 'Hypnogram', unit: '', rate: 0.1, range: [0, 9], at: (t) => (t < 30 ? 2 : 5) };
    const annotations = `${tal(0, 30, 'Sleep stage W')}${tal(30, 30, 'Sleep stage 3')}`;
    const both = { signals: [eeg(), stages], records: 6, recordSeconds: 10 };
    expect((await read({ ...both, annotations })).hypnogram?.epochs).toEqual(['W', 'N3']);
    expect((await read(both)).hypnogram?.epochs).toEqual(['N2', 'R']);
    const told = await read({ signals: [eeg()], records: 60, recordSeconds: 10 });
    expect(told.hypnogram).toBeNull();
    expect(stagesOf(told).length).toBe(20);
    expect(stagesOf(told).slice(2).every((stage) => stage !== null)).toBe(true);
    const row = told.series?.eeg?.pStage.subarray(5 * 300, 5 * 301) ?? [];
    expect([...row].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  it('keeps the gaps of EDF+D', async () => {
    const starts = [...Array.from({ length: 30 }, (_, i) => i), ...Array.from({ length: 30 }, (_, i) => 100 + i)];
    const { series } = await read({ signals: [eeg()], records: 60, recordSeconds: 1, starts });
    expect(series?.seconds).toBe(130);
    expect(series?.eeg?.quality[29]).toBe(1);
    expect([30, 60, 99, 102].map((second) => series?.eeg?.quality[second])).toEqual([0, 0, 0, 0]);
    expect(series?.eeg?.bands[5 * 60]).toBeNaN();
    expect(series?.eeg?.bands[5 * 110 + 2]).toBeGreaterThan(0.99);
  });

  it('reads what is cut short to its last whole record, and says so', async () => {
    const whole = { signals: [eeg()], records: 40, recordSeconds: 1 };
    const { series, notes } = await read({ ...whole, said: 3_600 });
    expect(series?.seconds).toBe(40);
    expect(notes).toContain('cut short: 40 of 3600 data records are there');
    const bytes = edfRecording(whole);
    expect((await readRecordingBytes(bytes.subarray(0, bytes.length - 50), 'psg.edf')).series?.seconds).toBe(39);
    expect((await read({ ...whole, said: -1 })).series?.seconds).toBe(40);
  });

  it('goes over to the second EEG while the first is off', async () => {
    const broken = eeg({ at: (t) => (t > 40 ? 0 : wave(10, 40)(t)) });
    const { series } = await read({ signals: [broken, eeg({ label: 'EEG C3-M2', at: wave(2, 40) })], records: 90, recordSeconds: 1 });
    expect(series?.eeg?.bands[5 * 35 + 2]).toBeGreaterThan(0.9);
    expect(series?.eeg?.bands[5 * 85]).toBeGreaterThan(0.9);
    expect(series?.eeg?.quality[85]).toBe(1);
  });

  it('takes a ready heart rate where there is no ECG, and an airflow where there is no belt', async () => {
    const rate: TestSignal = { label: 'HR', unit: 'bpm', rate: 1, range: [0, 250], at: (t) => (t > 30 ? 0 : 64) };
    const flow: TestSignal = { label: 'Airflow', unit: '', rate: 10, at: (t) => 100 * Math.sin(2 * Math.PI * 0.25 * t) };
    const { series, notes } = await read({ signals: [rate, flow], records: 60, recordSeconds: 1 });
    expect(series?.heart?.bpm[20]).toBeCloseTo(64, 1);
    expect(series?.heart?.rmssdMs[20]).toBeNaN();
    expect(series?.heart?.bpm[50]).toBeNaN();
    expect(series?.breath?.phase[40]).toBeCloseTo(Math.PI / 2, 0);
    expect(notes).toEqual(['heart from HR; breath from Airflow']);
  });

  it('ends at once when it is called off, and tells how far it is', async () => {
    const file = edfRecording({ signals: [eeg()], records: 4, recordSeconds: 1 });
    const { readNight } = await import('../../../nexus/recording/read-recording.ts');
    const { bytesInMemory } = await import('../../../nexus/recording/byte-source.ts');
    const shares: number[] = [];
    await readNight(bytesInMemory(file), 'psg.edf', null, { onProgress: (share) => shares.push(share) }).catch(() => null);
    expect(shares.at(-1)).toBe(1);
    const off = AbortSignal.abort(new Error('called off'));
    await expect(readNight(bytesInMemory(file), 'psg.edf', null, { signal: off })).rejects.toThrow('called off');
  });

  it.each([
    ['records that run back', { signals: [eeg()], records: 3, recordSeconds: 1, starts: [0, 50, 20] }, 'the data records are not in order of time'],
    ['a night of weeks', { signals: [eeg()], records: 2, recordSeconds: 1, starts: [0, 2_000_000] }, 'the night is too long'],
    ['a stage that is none', { signals: [{ label: 'Hypnogram', unit: '', rate: 0.1, range: [0, 9] as const, at: () => 7 }], records: 3, recordSeconds: 10 }, 'the sleep stage 7.0 is unknown'],
    ['signals of no use', { signals: [eeg({ label: 'SaO2' }), eeg({ label: 'EMG chin' })], records: 30, recordSeconds: 1 }, 'there are neither sleep stages nor usable signals in this file'],
    ['a flat line', { signals: [eeg({ at: () => 0 })], records: 30, recordSeconds: 1 }, 'there are neither sleep stages nor usable signals in this file'],
    ['an annotation that is damaged', { signals: [eeg()], records: 30, recordSeconds: 1, annotations: 'hello\u0000' }, 'an annotation is damaged in data record 1'],
  ])('refuses %s', async (_, recording, what) => {
    await expect(faultOf(recording)).resolves.toMatchObject({ what });
  });

  it('is as long as the longer of stages and signals', async () => {
    const night = await read({ signals: [eeg()], records: 60, recordSeconds: 1, annotations: tal(0, 300, 'Sleep stage 2') });
    expect(lengthOf(night)).toBe(300);
  });
});
