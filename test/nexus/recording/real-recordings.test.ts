import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../core/fault.ts';
import { createBreathReader } from '../../../core/signal/sensing/breath.ts';
import { createPulseDetector } from '../../../core/signal/sensing/pulse.ts';
import { createSpindleDetector } from '../../../core/signal/sensing/spindles.ts';
import { readAnnotations, type Annotation } from '../../../nexus/hypnogram/edf-annotations.ts';
import { readEdfHeader } from '../../../nexus/hypnogram/edf-header.ts';
import { readSamples, readScales } from '../../../nexus/recording/edf-signals.ts';
import { stagesOf, type Night } from '../../../nexus/recording/night.ts';
import { readRecording } from '../../../nexus/recording/read-recording.ts';
import { bytesOf, recordings, recordingsFolder } from '../../support/recordings.ts';

const data = recordingsFolder();
if (data === null) console.warn('SKIPPED: real recordings are not here (set DREAMSCORE_DATA), so reading their signals is not tested');
const folder = data ?? '';

/** One signal of a file, whole, with its annotations. */
const signalOf = (path: string, label: string): { samples: Float64Array[]; marks: Annotation[] } => {
  const bytes = bytesOf(path);
  const header = readEdfHeader(bytes, basename(path));
  const at = header.signals.findIndex((signal) => signal.label === label);
  const [signal, scale] = [header.signals[at], readScales(bytes, header)[at]];
  if (signal === undefined || scale === undefined || scale === null) throw new Error(`there is no ${label}`);
  const samples = Array.from({ length: header.records }, (_, record) => {
    const from = header.headerBytes + record * header.recordBytes;
    return readSamples(bytes.subarray(from, from + header.recordBytes), signal.offset, 2, scale, 0, signal.bytes / 2);
  });
  return { samples, marks: readAnnotations(bytes, header, basename(path)) };
};

/** How many of one list have one of the other near. */
const met = (times: readonly number[], others: readonly number[], within: number): number => times.filter((time) => others.some((other) => Math.abs(other - time) <= within)).length;

const known = (column: Float32Array | undefined): number[] => [...(column ?? [])].filter((value) => Number.isFinite(value));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.skipIf(data === null)('signals of real recordings', () => {
  it('finds the heart beats that were marked by hand, 99 of a hundred, and hardly any other', () => {
    const { samples, marks } = signalOf(join(folder, 'psg-eeg/Osas2002plusQRS.edf'), 'ECG');
    const beats = marks.filter(({ text }) => text === 'QRS').map(({ onset }) => onset);
    expect(beats.length).toBe(1_556);
    const detector = createPulseDetector(100, 'ecg');
    const found = samples.flatMap((record) => detector.push(record));
    // 150 ms as ANSI/AAMI EC57 has it.
    expect(met(beats, found, 0.15) / beats.length).toBeGreaterThan(0.99);
    expect(met(found, beats, 0.15) / found.length).toBeGreaterThan(0.99);
  });

  it('finds more than half of the spindles that were marked, and more than half of what it finds was', () => {
    const { samples, marks } = signalOf(join(folder, 'psg-eeg/dosed-9a3b2e69.edf'), 'EEG 0');
    const spindles = marks.filter(({ text }) => text === 'Spindle').map(({ onset, duration }) => onset + (duration ?? 0) / 2);
    const detector = createSpindleDetector(64);
    const found = samples.flatMap((record) => [...record].map((sample) => detector.push(sample)).filter((at) => at !== null));
    expect(spindles.length).toBe(18);
    expect(met(spindles, found, 0.8) / spindles.length).toBeGreaterThan(0.5);
    expect(met(found, spindles, 0.8) / found.length).toBeGreaterThan(0.5);
  });

  it('hears the breath of a man whose breath stops again and again', () => {
    for (const label of ['Resp chest', 'Resp abdomen']) {
      const { samples } = signalOf(join(folder, 'psg-eeg/Osas2002plusQRS.edf'), label);
      const reader = createBreathReader(100);
      const rates = samples.flatMap((record) => {
        reader.push(record);
        const reading = reader.read();
        return reading === null || reading.quality < 0.5 ? [] : [reading.value.respHz];
      });
      expect(rates.length, label).toBeGreaterThan(50);
      expect(rates.toSorted((a, b) => a - b)[rates.length >> 1], label).toBeGreaterThan(0.2);
      expect(rates.toSorted((a, b) => a - b)[rates.length >> 1], label).toBeLessThan(0.45);
    }
  });

  it('reads a polysomnogram whole: stages from its signal, bands, heart and breath', async () => {
    const { hypnogram, series, notes } = await readRecording(join(folder, 'psg-eeg/Osas2002plusQRS.edf'));
    expect(hypnogram?.epochs.length).toBe(40);
    expect([...new Set(hypnogram?.epochs)].toSorted()).toEqual(['N2', 'N3', 'R']);
    expect(notes[0]).toContain('EEG from EEG C3-M2 and EEG C4-M1; heart from ECG; breath from Resp abdomen and Resp chest; stages from Hypnogram');
    expect(series?.seconds).toBe(1_200);
    expect(mean(known(series?.heart?.bpm))).toBeCloseTo(79, 0);
    expect(mean(known(series?.eeg?.quality))).toBeGreaterThan(0.9);
    // Slow waves in deep sleep, none in REM.
    const slow = (wanted: string): number => mean(known(series?.eeg?.slowOscillationsPerMin.filter((_, second) => hypnogram?.epochs[Math.floor(second / 30)] === wanted)));
    expect(slow('N3')).toBeGreaterThan(slow('R'));
  });

  it('reads the hearts, the bands and the movement of the tables', async () => {
    const heart = await readRecording(join(folder, 'apnea-ecg-heart/c02-heart.csv'));
    expect(heart.hypnogram).toBeNull();
    expect(mean(known(heart.series?.heart?.bpm))).toBeGreaterThan(55);
    expect(mean(known(heart.series?.heart?.rmssdMs))).toBeLessThan(60);
    for (const path of recordings(folder, 'sleep-edfx-bandpower', '.csv')) {
      const { hypnogram, series } = await readRecording(path);
      const delta = (stage: string): number => mean(known(series?.eeg?.bands.filter((_, i) => i % 5 === 0 && hypnogram?.epochs[Math.floor(i / 150)] === stage)));
      // One of them stops before its first REM.
      if (hypnogram?.epochs.includes('R') === true) expect(delta('N3'), path).toBeGreaterThan(delta('R'));
    }
    for (const path of recordings(folder, 'apple-watch-sleep-accel', '.csv')) {
      const { hypnogram, series } = await readRecording(path);
      expect(hypnogram, path).not.toBeNull();
      expect(Math.max(...known(series?.motion?.amount)), path).toBe(1);
      expect(series?.heart, path).toBeNull();
    }
  });

  it('reads the stages of every set as the hypnogram reader does', async () => {
    const { readHypnogram } = await import('../../../nexus/hypnogram/read.ts');
    const sets = [['sleep-edfx-hypnograms', '.edf'], ['sleep-edfx-telemetry-txt', '.txt'], ['dreem-dod', '.json'], ['boas-ds005555', '_events.tsv'], ['eesm17-ds004348', '_events.tsv'], ['penn-mri-naps-ds003768', '.tsv'], ['apple-watch-sleep-accel', '.csv']] as const;
    for (const [set, ending] of sets) {
      for (const path of recordings(folder, set, ending).slice(0, 6)) expect((await readRecording(path)).hypnogram?.epochs, path).toEqual(readHypnogram(new Uint8Array(readFileSync(path)), basename(path)).epochs);
    }
  });

  it('ends every odd file in a Fault or a night that is right', async () => {
    const ends = new Map<string, Night | Fault>();
    for (const path of recordings(folder, 'odd', 'df')) {
      const end = await readRecording(path).catch((error: unknown) => error);
      if (!(end instanceof Fault) && (typeof end !== 'object' || end === null || !('series' in end))) throw end;
      ends.set(basename(path), end as Night | Fault);
    }
    const night = (name: string): Night => {
      const end = ends.get(name);
      if (end === undefined || end instanceof Fault) throw end ?? new Error(`${name} is not there`);
      return end;
    };
    expect(ends.size).toBe(14);
    expect([...ends].filter(([, end]) => end instanceof Fault).map(([name]) => name).toSorted()).toEqual([
      'empty.edf', 'hypnogram-bad-header-bytes.edf', 'hypnogram-header-only.edf', 'not-an-edf.edf', 'test_generator_datarec_generator_2.bdf', 'test_uneven_samp.edf', 'zero-data-records.edf',
    ]);
    expect(night('osas-truncated-mid-record.edf')).toMatchObject({ series: { seconds: 30 } });
    expect(night('osas-truncated-mid-record.edf').notes).toContain('cut short: 3 of 120 data records are there');
    expect(night('multiple_annotation_chans.bdf')).toMatchObject({ series: { seconds: 247 } });
    expect(night('multiple_annotation_chans.bdf').notes[0]).toContain('EEG from C3 and C4; heart from ECG');
    expect(stagesOf(night('hypnogram-nrec-minus1.edf')).filter((stage) => stage === 'R').length).toBeGreaterThan(100);
  });
});
