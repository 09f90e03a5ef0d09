import { Fault } from '../../core/fault.ts';
import type { Stage } from '../../core/signal/stages.ts';
import { EPOCH_SECONDS } from '../../core/signal/stages.ts';
import { epochsOfAnnotations, hasStages } from '../hypnogram/annotated-night.ts';
import { isAnnotationSignal, readRecordLists, refuseMany, type Annotation } from '../hypnogram/edf-annotations.ts';
import { MAXIMUM_HEADER_BYTES, readEdfHeader, refuseCut, type EdfHeader } from '../hypnogram/edf-header.ts';
import { epochsOfSpans, type ScoredSpan } from '../hypnogram/epochs.ts';
import type { Hypnogram } from '../hypnogram/hypnogram.ts';
import { EDF_SIGNAL_CODES } from '../hypnogram/labels.ts';
import { MAXIMUM_EPOCHS } from '../hypnogram/limits.ts';
import type { ByteSource } from './byte-source.ts';
import { recognise, type Role } from './channels.ts';
import { readSamples, readScales, type EdfScale } from './edf-signals.ts';
import type { FeatureSeries, Night } from './night.ts';
import { createNightSensors, type NightSensors } from './sensors.ts';
import { createSeriesWriter } from './series-writer.ts';

export interface ReadOptions {
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the reading: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const CHUNK_BYTES = 1_048_576;
const MAXIMUM_RECORD_BYTES = 67_108_864;
const LONGEST_SECONDS = MAXIMUM_EPOCHS * EPOCH_SECONDS;
/** Records whose time is off by less are taken as one after the other, seconds. */
const SLACK = 0.5;
/** How many signals of a role are read. */
const MOST: readonly (readonly [Role, number])[] = [['eeg', 2], ['ecg', 1], ['pulse wave', 1], ['heart rate', 1], ['effort', 2], ['flow', 1], ['stages', 1]];

/** One signal that is read. */
interface Channel {
  readonly role: Role;
  readonly label: string;
  readonly rate: number;
  readonly samples: number;
  /** First byte within a record. */
  readonly at: number;
  readonly scale: EdfScale;
}

/** The best signals for each sense: the heart by its best signal alone, breath by belts where there are any. */
const chooseChannels = (head: Uint8Array, header: EdfHeader, sampleBytes: 2 | 3): Channel[] => {
  if (header.recordSeconds <= 0) return [];
  const scales = readScales(head, header);
  const known = header.signals.flatMap((signal, i) => {
    const scale = scales[i] ?? null;
    const samples = signal.bytes / sampleBytes;
    const rate = samples / header.recordSeconds;
    if (scale === null || isAnnotationSignal(signal) || rate > 100_000) return [];
    const found = recognise(signal.label, scale.unit, rate);
    if (found === null || (rate > 2_000 && found.role !== 'eeg')) return [];
    return [{ rank: found.rank, role: found.role, label: signal.label, rate, samples, at: signal.offset, scale: { ...scale, gain: scale.gain * found.scale, offset: scale.offset * found.scale } }];
  });
  const best = new Map(MOST.map(([role, most]) => [role, known.filter((each) => each.role === role).toSorted((a, b) => a.rank - b.rank).slice(0, most)]));
  const of = (role: Role): Channel[] => best.get(role) ?? [];
  const firstOf = (...roles: readonly Role[]): Channel[] => roles.map(of).find((channels) => channels.length > 0) ?? [];
  return [...of('eeg'), ...firstOf('ecg', 'pulse wave', 'heart rate'), ...firstOf('effort', 'flow'), ...of('stages')];
};

/** Follows the time of a recording record by record, feeds the sensors and writes a row at the end of each second. */
const createTimeline = (channels: readonly Channel[], sensors: NightSensors, sampleBytes: 2 | 3, name: string) => {
  const writer = createSeriesWriter();
  const stages: ScoredSpan[] = [];
  let at: number | null = null;

  const feed = (record: Uint8Array, start: number, from: number, to: number): void => {
    channels.forEach((channel, index) => {
      const first = Math.max(0, Math.ceil((from - start) * channel.rate - 1e-6));
      const end = Math.min(channel.samples, Math.ceil((to - start) * channel.rate - 1e-6));
      if (end > first) sensors.push(index, readSamples(record, channel.at, sampleBytes, channel.scale, first, end));
    });
  };

  const readStages = (record: Uint8Array, start: number): void => {
    const channel = channels.find(({ role }) => role === 'stages');
    if (channel === undefined) return;
    const codes = readSamples(record, channel.at, sampleBytes, channel.scale, 0, channel.samples);
    codes.forEach((code, i) => {
      const stage: Stage | null | undefined = EDF_SIGNAL_CODES.get(String(Math.round(code)));
      if (stage === undefined || Math.abs(code - Math.round(code)) > 0.1) {
        throw new Fault(`the sleep stage ${code.toFixed(1)} is unknown`, `${name}, signal ${channel.label}, ${Math.floor(start + i / channel.rate)} s`, `this form of file knows ${[...EDF_SIGNAL_CODES.keys()].join(' ')}`);
      }
      stages.push({ from: start + i / channel.rate, to: start + (i + 1) / channel.rate, stage });
    });
  };

  const gapTo = (start: number): void => {
    if (at !== null && at - writer.seconds >= SLACK) writer.add(sensors.row(writer.seconds));
    while (writer.seconds + 1 <= start) writer.add({});
    sensors.restart(start);
  };

  return {
    writer,
    stages,
    /** Samples of one record that begins at `start` and lasts `length` seconds. */
    record: (record: Uint8Array, start: number, length: number): void => {
      if (channels.length === 0) return;
      if (start + length > LONGEST_SECONDS) throw new Fault('the night is too long', `${name} (${Math.round((start + length) / 3_600)} h)`, `cut it to ${LONGEST_SECONDS / 3_600} h or less`);
      if (at !== null && start < at - SLACK) throw new Fault('the data records are not in order of time', name, 'export the file again');
      if (start > (at ?? 0) + SLACK) gapTo(start);
      readStages(record, start);
      let from = start;
      while (writer.seconds + 1 <= start + length + 1e-6) {
        feed(record, start, from, writer.seconds + 1);
        from = writer.seconds + 1;
        writer.add(sensors.row(writer.seconds));
      }
      feed(record, start, from, start + length + 1);
      at = start + length;
    },
  };
};

const SENSES: readonly (readonly [string, readonly Role[]])[] = [['EEG', ['eeg']], ['heart', ['ecg', 'pulse wave', 'heart rate']], ['breath', ['effort', 'flow']], ['stages', ['stages']]];

const usedInWords = (channels: readonly Channel[]): string[] => {
  const used = SENSES.flatMap(([sense, roles]) => {
    const labels = channels.filter(({ role }) => roles.includes(role)).map(({ label }) => label);
    return labels.length === 0 ? [] : [`${sense} from ${labels.join(' and ')}`];
  });
  return used.length === 0 ? [] : [used.join('; ')];
};

const isScored = (epochs: readonly (Stage | null)[]): boolean => epochs.some((stage) => stage !== null);

const hypnogramOf = (annotations: readonly Annotation[], spans: readonly ScoredSpan[], header: EdfHeader, name: string): Hypnogram | null => {
  if (hasStages(annotations)) {
    const epochs = epochsOfAnnotations(annotations, name);
    return isScored(epochs) ? { epochs, startedAt: header.startedAt, source: `${name} (EDF+ hypnogram)` } : null;
  }
  const epochs = epochsOfSpans(spans, name);
  return isScored(epochs) ? { epochs, startedAt: header.startedAt, source: `${name} (EDF signal Hypnogram)` } : null;
};

/** Null where no second of any sensor is good for anything. */
const seriesOf = (channels: readonly Channel[], timeline: ReturnType<typeof createTimeline>): FeatureSeries | null => {
  const has = (...roles: readonly Role[]): boolean => channels.some(({ role }) => roles.includes(role));
  const series = timeline.writer.finish({ eeg: has('eeg'), heart: has('ecg', 'pulse wave', 'heart rate'), breath: has('effort', 'flow'), motion: false });
  const qualities = [series.eeg, series.heart, series.breath].flatMap((each) => (each === null ? [] : [each.quality]));
  return qualities.some((quality) => quality.some((value) => value > 0)) ? series : null;
};

/**
 * Reads an EDF, EDF+, BDF or BDF+ recording as a stream, a megabyte at a time: scored stages from its annotations or from a signal
 * named Hypnogram, and features of the best of its EEG, heart and breath signals. Gaps of EDF+D are kept. A recording of signals
 * that is cut short is read to its last whole record and says so; one of annotations alone is refused.
 * @throws Fault where it is damaged, or holds neither
 */
export const readEdfNight = async (source: ByteSource, name: string, { onProgress, signal }: ReadOptions = {}): Promise<Night> => {
  const head = Uint8Array.from(await source.read(0, Math.min(source.size, MAXIMUM_HEADER_BYTES)));
  const header = readEdfHeader(head, name, source.size);
  const sampleBytes = head[0] === 0xff ? 3 : 2;
  const channels = chooseChannels(head, header, sampleBytes);
  if (channels.length === 0 || header.records === 0) refuseCut(header, name);
  if (header.recordBytes > MAXIMUM_RECORD_BYTES) throw new Fault('its data records are too large', `${name} (${Math.round(header.recordBytes / 1_048_576)} MB each)`, 'export the file with records of some seconds');
  const timeline = createTimeline(channels, createNightSensors(channels), sampleBytes, name);
  const annotationSignals = header.signals.filter(isAnnotationSignal);
  const annotations: Annotation[] = [];
  let first = 0;
  const batch = Math.max(1, Math.floor(CHUNK_BYTES / Math.max(1, header.recordBytes)));

  const takeRecord = (record: Uint8Array, index: number): void => {
    let stamp: number | null = null;
    for (const each of annotationSignals) {
      const lists = readRecordLists(record.subarray(each.offset, each.offset + each.bytes), index, name);
      stamp ??= lists.stamp;
      annotations.push(...lists.annotations);
      refuseMany(annotations.length, name);
    }
    if (index === 0) first = Math.min(1, Math.max(0, stamp ?? 0));
    if (header.discontinuous && stamp === null && channels.length > 0) throw new Fault(`data record ${index + 1} does not say when it begins`, name, 'export the file again');
    timeline.record(record, header.discontinuous ? Math.max(0, stamp ?? 0) : first + index * header.recordSeconds, header.recordSeconds);
  };

  for (let index = 0; index < header.records && header.recordBytes > 0; index += batch) {
    signal?.throwIfAborted();
    const count = Math.min(batch, header.records - index);
    const bytes = await source.read(header.headerBytes + index * header.recordBytes, count * header.recordBytes);
    if (bytes.length < count * header.recordBytes) throw new Fault('the file became shorter while it was read', name, 'wait until it is whole, then choose it again');
    for (let i = 0; i < count; i += 1) takeRecord(bytes.subarray(i * header.recordBytes, (i + 1) * header.recordBytes), index + i);
    onProgress?.((index + count) / header.records);
  }

  const hypnogram = hypnogramOf(annotations, timeline.stages, header, name);
  const series = seriesOf(channels, timeline);
  if (hypnogram === null && series === null) {
    throw new Fault('there are neither sleep stages nor usable signals in this file', name, 'choose a hypnogram with "Sleep stage ..." annotations, or a recording with EEG, ECG or breath');
  }
  const cut = header.missing === 0 ? [] : [`cut short: ${header.records} of ${header.records + header.missing} data records are there`];
  return { hypnogram, series, source: hypnogram?.source ?? `${name} (EDF signals)`, notes: [...usedInWords(channels), ...cut] };
};
