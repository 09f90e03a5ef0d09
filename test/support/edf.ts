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
