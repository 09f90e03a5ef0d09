/** A hypnogram in EDF+C with one annotation signal and one record, as Sleep-EDF's; the body is the record's text. */
export const edfHypnogram = (body: string, header: Partial<Record<'version' | 'headerBytes' | 'records' | 'signals' | 'label' | 'samples' | 'date', string>> = {}): Uint8Array => {
  const bytes = new TextEncoder().encode(body);
  const samples = Math.ceil(bytes.length / 2) + 1;
  const field = (text: string, length: number): string => text.padEnd(length).slice(0, length);
  const head = [
    field(header.version ?? '0', 8), field('X X X X', 80), field('Startdate 24-APR-1989 X X X', 80), field(header.date ?? '24.04.89', 8), field('16.13.00', 8),
    field(header.headerBytes ?? '512', 8), field('EDF+C', 44), field(header.records ?? '1', 8), field('0', 8), field(header.signals ?? '1', 4),
    field(header.label ?? 'EDF Annotations', 16), field('', 80), field('', 8), field('-1', 8), field('1', 8), field('-32768', 8), field('32767', 8), field('', 80), field(header.samples ?? String(samples), 8), field('', 32),
  ].join('');
  const file = new Uint8Array(512 + samples * 2);
  file.set(new TextEncoder().encode(head));
  file.set(bytes, 512);
  return file;
};

/** One time-stamped annotation list. */
export const tal = (onset: number, duration: number | null, text: string): string => `+${onset}${duration === null ? '' : `\u0015${duration}`}\u0014${text}\u0014\u0000`;

export interface TestSignal {
  readonly label: string;
  readonly unit?: string;
  /** Samples a second. */
  readonly rate: number;
  /** The signal at a time in seconds, in its unit. */
  readonly at: (t: number) => number;
  /** Physical ends; the digital ones are those of 16 (24) bits. A range that runs backwards turns the signal over. */
  readonly range?: readonly [number, number];
}

export interface TestRecording {
  readonly signals: readonly TestSignal[];
  readonly records: number;
  readonly recordSeconds: number;
  readonly bdf?: boolean;
  /** When each record begins, where there are gaps (EDF+D). */
  readonly starts?: readonly number[];
  /** TALs of the first record, after its stamp. */
  readonly annotations?: string;
  /** The number of records that the header says. */
  readonly said?: number;
}

/** An EDF+ (or BDF+) recording of made signals. */
export const edfRecording = ({ signals, records, recordSeconds, bdf = false, starts, annotations = '', said }: TestRecording): Uint8Array => {
  const sampleBytes = bdf ? 3 : 2;
  const top = bdf ? 8_388_607 : 32_767;
  const annotationBytes = sampleBytes * Math.ceil((annotations.length + 40) / sampleBytes);
  const counts = signals.map(({ rate }) => Math.round(rate * recordSeconds));
  const all = [
    ...signals.map((signal, i) => ({ label: signal.label, unit: signal.unit ?? 'uV', low: signal.range?.[0] ?? -500, high: signal.range?.[1] ?? 500, samples: counts[i] ?? 0 })),
    { label: bdf ? 'BDF Annotations' : 'EDF Annotations', unit: '', low: -1, high: 1, samples: annotationBytes / sampleBytes },
  ];
  const field = (value: string | number, length: number): string => String(value).padEnd(length).slice(0, length);
  const each = (make: (signal: (typeof all)[number]) => string): string => all.map(make).join('');
  const head = [
    field(bdf ? '\u00ffBIOSEMI' : '0', 8), field('X X X X', 80), field('Startdate 24-APR-1989 X X X', 80), '24.04.89', '16.13.00', field(256 * (all.length + 1), 8),
    field(`${bdf ? 'BDF' : 'EDF'}+${starts === undefined ? 'C' : 'D'}`, 44), field(said ?? records, 8), field(recordSeconds, 8), field(all.length, 4),
    each(({ label }) => field(label, 16)), each(() => field('', 80)), each(({ unit }) => field(unit, 8)), each(({ low }) => field(low, 8)), each(({ high }) => field(high, 8)),
    each(() => field(-top - 1, 8)), each(() => field(top, 8)), each(() => field('', 80)), each(({ samples }) => field(samples, 8)), each(() => field('', 32)),
  ].join('');
  const recordBytes = all.reduce((sum, { samples }) => sum + samples * sampleBytes, 0);
  const file = new Uint8Array(head.length + records * recordBytes);
  file.set(Uint8Array.from(head, (letter) => letter.charCodeAt(0)));
  for (let record = 0; record < records; record += 1) {
    let at = head.length + record * recordBytes;
    const start = starts?.[record] ?? record * recordSeconds;
    signals.forEach(({ rate, at: value, range: [low, high] = [-500, 500] }, i) => {
      for (let k = 0; k < (counts[i] ?? 0); k += 1) {
        const digital = Math.max(-top - 1, Math.min(top, Math.round(((value(start + k / rate) - low) / (high - low)) * (2 * top + 1) - top - 1)));
        for (let byte = 0; byte < sampleBytes; byte += 1) file[at++] = (digital >> (8 * byte)) & 255;
      }
    });
    file.set(new TextEncoder().encode(`+${start}\u0014\u0014\u0000${record === 0 ? annotations : ''}`), at);
  }
  return file;
};
