import { CsvError, parse } from 'csv-parse/sync';
import { Fault } from '../../core/fault.ts';

/** One line of a table. */
export interface TableRow {
  readonly cells: readonly string[];
  /** Counted from 1, the header's own. */
  readonly line: number;
}

/** A table with its columns' names. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** Longer lines hold no row of a night. */
const LONGEST_LINE = 20_000;

/**
 * A table's cells, trimmed, by csv-parse. Tabs, semicolons or commas part them, whichever the first line has; lines may end in CR CR LF, as
 * some do. Lines of another length than the header are kept, for whoever reads them to judge. @throws Fault where quotes do not close
 */
export const readRows = (text: string, name: string): Table => {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const delimiter = ['\t', ';', ','].find((each) => first.includes(each)) ?? ',';
  const records: TableRow[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_LINE,
      record_delimiter: ['\r\r\n', '\r\n', '\n', '\r'],
      // Kept here, where its line is known, and not by the parser.
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Fault('the table cannot be read', `${name}, line ${'lines' in error ? String(error.lines) : '?'}`, 'export the table again, as CSV or TSV', { cause: error });
  }
  const [header, ...rows] = records;
  return { header: header?.cells ?? [], rows };
};
