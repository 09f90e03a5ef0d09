import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault.ts';
import { alignOnset } from '../../nexus/hypnogram/hypnogram.ts';
import { readHypnogram } from '../../nexus/hypnogram/read.ts';
import { readRecording } from '../../nexus/recording/read-recording.ts';
import { nightStatistics } from '../../nexus/simulator/night-statistics.ts';
import { bytesOf, recordings, recordingsFolder } from '../support/recordings.ts';

const data = recordingsFolder();
if (data === null) console.warn('SKIPPED: real recordings are not here (set DREAMSCORE_DATA), so reading them is not tested');

const count = (epochs: readonly unknown[], stage: unknown): number => epochs.filter((s) => s === stage).length;
const read = (path: string) => readHypnogram(bytesOf(path), basename(path));
/** The Fault that reading ends with; fails the test at any other end. */
const faultOf = (path: string): Fault => {
  try {
    read(path);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${path} was read`);
};

describe.skipIf(data === null)('real recordings', () => {
  const folder = data ?? '';

  it('reads every Sleep-EDF hypnogram: 24 h, a start time, a plausible night', () => {
    const paths = recordings(folder, 'sleep-edfx-hypnograms', '.edf');
    expect(paths.length).toBeGreaterThan(30);
    const nights = paths.map(read);
    for (const night of nights) {
      expect(night.epochs.length).toBeGreaterThan(2_000);
      expect(night.epochs.length).toBeLessThanOrEqual(2_880);
      expect(night.startedAt).toMatch(/^19\d\d-\d\d-\d\dT1\d:\d\d:\d\d$/);
      const statistics = nightStatistics(alignOnset(night).epochs);
      expect(statistics.totalSleep).toBeGreaterThan(200);
      expect(statistics.sleepLatency).toBe(15);
    }
    const first = read(join(folder, 'sleep-edfx-hypnograms', 'SC4001EC-Hypnogram.edf'));
    expect(first.startedAt).toBe('1989-04-24T16:13:00');
    // +30630 s W, then 120 s of stage 1, 390 s of stage 2, 30 s of stage 3 and so on.
    expect(first.epochs.slice(1_020, 1_026)).toEqual(['W', 'N1', 'N1', 'N1', 'N1', 'N2']);
    expect(first.epochs.slice(1_037, 1_046)).toEqual(['N2', 'N3', 'N2', 'N3', 'N3', 'N3', 'N3', 'N3', 'N3']);
  });

  it('reads the telemetry lists, a stray carriage return and all', () => {
    for (const path of recordings(folder, 'sleep-edfx-telemetry-txt', '.txt')) {
      const { epochs } = read(path);
      expect(nightStatistics(epochs).totalSleep).toBeGreaterThan(300);
    }
    const { epochs } = read(join(folder, 'sleep-edfx-telemetry-txt', 'ST7011JP-Hypnogram_annotations.txt'));
    expect([epochs[51], epochs[52], epochs[54], epochs[55]]).toEqual(['W', 'N1', 'N1', 'N2']);
  });

  it('reads every Dreem list', () => {
    const paths = recordings(folder, 'dreem-dod', '.json');
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      const list = JSON.parse(new TextDecoder().decode(bytesOf(path))) as number[];
      const { epochs } = read(path);
      expect([null, 'W', 'N1', 'N2', 'N3', 'R'].map((s) => count(epochs, s))).toEqual([-1, 0, 1, 2, 3, 4].map((c) => count(list, c)));
    }
  });

  it('reads the Bitbrain tables, by hand where there is a hand-made column', () => {
    for (const path of recordings(folder, 'boas-ds005555', '_events.tsv')) {
      const { epochs, source } = read(path);
      expect(source).toContain(path.includes('psg') ? 'stage_hum' : 'stage_ai');
      expect(count(epochs, 'N2')).toBeGreaterThan(count(epochs, 'N1'));
    }
    expect(faultOf(join(folder, 'boas-ds005555', 'participants.tsv')).what).toContain('columns');
  });

  it('reads EESM17 and Surrey, where 2 is REM and 5 is N3', () => {
    for (const set of ['eesm17-ds004348', 'surrey-ds005207']) {
      for (const path of recordings(folder, set, '_events.tsv')) {
        const codes = new TextDecoder().decode(bytesOf(path)).split(/[\r\n]+/).slice(1).filter((line) => line !== '').map((line) => line.split('\t')[2]);
        const { epochs } = read(path);
        expect(['W', 'R', 'N1', 'N2', 'N3'].map((s) => count(epochs, s)), basename(path)).toEqual(['1', '2', '3', '4', '5'].map((c) => count(codes, c)));
      }
    }
  });

  it('reads the Penn naps: sessions one after the other, uncertain counts, unscorable does not', () => {
    for (const path of recordings(folder, 'penn-mri-naps-ds003768', '.tsv')) {
      const rows = new TextDecoder().decode(bytesOf(path)).split(/\r?\n/).filter((line) => line !== '').length - 1;
      const { epochs } = read(path);
      expect(Math.abs(epochs.length - rows), basename(path)).toBeLessThanOrEqual(2);
      expect(count(epochs, 'W')).toBeGreaterThan(0);
    }
  });

  it('reads the Apple Watch tables, where 5 is REM and missing epochs stay unknown', () => {
    for (const path of recordings(folder, 'apple-watch-sleep-accel', '.csv')) {
      const codes = new TextDecoder().decode(bytesOf(path)).trim().split('\n').slice(1).map((line) => line.split(',')[1]);
      const { epochs } = read(path);
      expect(count(epochs, 'R')).toBe(count(codes, '5'));
      expect(count(epochs, 'N3')).toBe(count(codes, '3') + count(codes, '4'));
      expect(count(epochs, null)).toBe(epochs.length - codes.filter((c) => c !== '-1').length);
    }
  });

  it('reads the stages of the band-power tables', () => {
    for (const path of recordings(folder, 'sleep-edfx-bandpower', '.csv')) expect(count(read(path).epochs, 'N2')).toBeGreaterThan(50);
  });

  it.each([
    ['odd/derived/empty.edf', 'empty'],
    ['odd/derived/not-an-edf.edf', 'no EDF'],
    ['odd/derived/hypnogram-bad-header-bytes.edf', '256 bytes and 1 signals need 512'],
    ['odd/derived/hypnogram-header-only.edf', 'says 1 data records, it holds 0'],
    ['odd/derived/osas-truncated-mid-record.edf', 'says 120 data records, it holds 3'],
    ['odd/zero-data-records.edf', 'no sleep stages'],
    ['odd/test_utf8_annotations.edf', 'no sleep stages'],
    ['odd/multiple_annotation_chans.bdf', 'no sleep stages'],
    ['odd/duplicate_channel_labels.edf', 'no sleep stages'],
    ['psg-eeg/Osas2002plusQRS.edf', 'no sleep stages'],
    ['sleep-edfx-hypnograms/SC-subjects.xls', 'neither EDF nor text'],
    ['sleep-edfx-hypnograms/SHA256SUMS.txt', 'columns'],
    ['apnea-ecg-heart/a01-heart.csv', 'columns'],
  ])('refuses %s and says why', (name, part) => {
    const fault = faultOf(join(folder, name));
    expect(fault.what).toContain(part);
    expect(fault.where).toContain(basename(name));
    expect(fault.mend.length).toBeGreaterThan(10);
  });

  it('refuses every odd file with a Fault and reads the unclosed recording right', () => {
    const paths = recordings(folder, 'odd', 'df');
    expect(paths.length).toBe(14);
    for (const path of paths) if (!path.endsWith('nrec-minus1.edf')) expect(faultOf(path)).toBeInstanceOf(Fault);
    const closed = read(join(folder, 'sleep-edfx-hypnograms', 'SC4001EC-Hypnogram.edf'));
    expect(read(join(folder, 'odd/derived/hypnogram-nrec-minus1.edf')).epochs).toEqual(closed.epochs);
  });

  it('never ends a cut or garbled hypnogram in anything but a Fault or a night', () => {
    const whole = bytesOf(join(folder, 'sleep-edfx-hypnograms', 'SC4001EC-Hypnogram.edf'));
    for (let i = 0; i < 400; i += 1) {
      const garbled = whole.slice(0, i % 2 === 0 ? (i * 97) % whole.length : whole.length);
      if (i % 2 === 1) garbled[(i * 7_919) % garbled.length] = (i * 31) % 256;
      try {
        expect(readHypnogram(garbled, 'night.edf').epochs.length).toBeLessThanOrEqual(8_640);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }
  });

  it('names the path of a file that is missing, a folder, or damaged', async () => {
    await expect(readRecording(join(folder, 'no-such.edf'))).rejects.toMatchObject({ what: 'the file is not there', where: join(folder, 'no-such.edf') });
    await expect(readRecording(folder)).rejects.toMatchObject({ what: 'this is no file' });
    const damaged = join(folder, 'odd/derived/empty.edf');
    await expect(readRecording(damaged)).rejects.toMatchObject({ what: 'the file is empty', where: damaged });
    const night = await readRecording(join(folder, 'sleep-edfx-hypnograms', 'SC4002EC-Hypnogram.edf'));
    expect(count(night.hypnogram?.epochs ?? [], 'R')).toBeGreaterThan(100);
  });
});
