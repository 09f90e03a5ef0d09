import { Fault } from '../../core/fault.ts';
import { EPOCH_SECONDS, type Stage } from '../../core/signal/stages.ts';
import { epochsOfSpans, type ScoredSpan } from './epochs.ts';
import { BOAS_CODES, CEEGRID_CODES, TEXT_LABELS, WALCH_CODES, plainLabel, stageOf, type CodeSet } from './labels.ts';
import type { Table } from './rows.ts';

/** How one family of tables is known by its columns, and read. */
interface TableForm {
  readonly onset: string;
  /** Onset column's unit in seconds. */
  readonly unit: number;
  /** Stage columns, the best first. */
  readonly stages: readonly string[];
  readonly codes: CodeSet;
  /** Column whose change restarts the onset at 0 (scanner sessions); they are put one after the other. */
  readonly session?: string;
}

const FORMS: readonly TableForm[] = [
  { onset: 'onset', unit: 1, stages: ['stage_hum', 'stage_ai'], codes: BOAS_CODES },
  { onset: 'onset', unit: 1, stages: ['staging'], codes: CEEGRID_CODES },
  { onset: 'time_h', unit: 3_600, stages: ['psg_stage'], codes: WALCH_CODES },
  { onset: 'epoch_start_time_sec', unit: 1, stages: ['30-sec_epoch_sleep_stage'], codes: TEXT_LABELS, session: 'session' },
  { onset: 'onset_s', unit: 1, stages: ['stage'], codes: TEXT_LABELS },
  { onset: 'onset', unit: 1, stages: ['stage'], codes: TEXT_LABELS },
];

const KNOWN = FORMS.map(({ onset, stages }) => `${onset} with ${stages.join(' or ')}`).join(', ');

/** Rows that may be damaged before the whole table is refused: 2 of a hundred, and always 2. */
export const toleratedDamage = (rows: number): number => Math.max(2, Math.floor(rows / 50));

/** Digits alone could be any of several code sets: W or R (or N1, REM ...) must be among text labels. */
const refuseBareDigits = (labels: readonly string[], column: string, name: string): void => {
  if (labels.every((label) => /^-?\d*$/.test(label))) {
    throw new Fault('the stage codes are ambiguous', `${name}, column ${column}`, 'write stages as W N1 N2 N3 R, or name the column after its code set: stage_hum (0-4, Bitbrain), staging (1-5, cEEGrid), psg_stage (0-5, Walch)');
  }
};

interface Row {
  /** Seconds, or null where the row is damaged. */
  readonly onset: number | null;
  readonly label: string;
  readonly session: string;
  readonly line: number;
}

const scoredRows = ({ header, rows }: Table, form: TableForm, column: string): Row[] => {
  const at = (name: string): number => header.indexOf(name);
  const [onsetAt, stageAt, sessionAt] = [at(form.onset), at(column), form.session === undefined ? -1 : at(form.session)];
  return rows.map(({ cells, line }) => {
    const onset = cells.length === header.length && /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cells[onsetAt] ?? '') ? Number(cells[onsetAt]) * form.unit : null;
    return { onset, label: plainLabel(cells[stageAt] ?? ''), session: sessionAt < 0 ? '' : (cells[sessionAt] ?? ''), line };
  });
};

/** Rows as spans. A new session starts on the next whole epoch after the one before. */
const spansOf = (rows: readonly Row[], form: TableForm, name: string): ScoredSpan[] => {
  const spans: ScoredSpan[] = [];
  let start = 0;
  let session = rows[0]?.session ?? '';
  let end = 0;
  for (const { onset, label, session: own, line } of rows) {
    if (own !== session) {
      session = own;
      start = end;
    }
    if (onset === null) continue;
    const from = start + onset;
    if (Math.abs(onset / EPOCH_SECONDS - Math.round(onset / EPOCH_SECONDS)) > 0.1) {
      throw new Fault('the epochs are not 30 s long', `${name}, line ${line}`, 'export the scoring in 30 s epochs');
    }
    if (from + EPOCH_SECONDS <= end && form.session === undefined) {
      throw new Fault('the epochs are not in order of time', `${name}, line ${line}`, 'sort the rows by onset, one night a file');
    }
    spans.push({ from, to: from + EPOCH_SECONDS, stage: stageOf(form.codes, label, `${name}, line ${line}`) });
    end = Math.max(end, Math.round(from / EPOCH_SECONDS) * EPOCH_SECONDS + EPOCH_SECONDS);
  }
  return spans;
};

/** The form that a table's columns have, or null. A code set of its own (a sidecar's levels) goes before all others. */
const formOf = (header: readonly string[], own: OwnCodes | null): { readonly form: TableForm; readonly column: string } | null => {
  const onset = header.includes('onset') ? 'onset' : 'onset_s';
  const forms = own === null ? FORMS : [{ onset, unit: 1, stages: [own.column], codes: own.codes }, ...FORMS];
  for (const form of forms) {
    const column = form.stages.find((stage) => header.includes(stage));
    if (header.includes(form.onset) && column !== undefined) return { form, column };
  }
  return null;
};

/** What a file beside the table says of a column's codes. */
export interface OwnCodes {
  readonly column: string;
  readonly codes: CodeSet;
}

/** True where the columns are those of a hypnogram. */
export const isHypnogramTable = (header: readonly string[], own: OwnCodes | null): boolean => formOf(header, own) !== null;

/**
 * A table of one row an epoch, its code set known by the names of its columns (or by `own`) and by nothing else. Throws a Fault
 * where no known columns are there, where bare digits could mean several things, and where more than a few rows are damaged
 * (fewer count as not scored).
 */
export const readTable = (table: Table, name: string, own: OwnCodes | null = null): { epochs: (Stage | null)[]; column: string } => {
  const found = formOf(table.header, own);
  if (found === null) throw new Fault('the columns of this table are not those of a hypnogram', name, `columns must be one of: ${KNOWN}`);
  const { form, column } = found;
  const rows = scoredRows(table, form, column);
  const damaged = rows.filter(({ onset }) => onset === null);
  const whole = rows.filter(({ onset }) => onset !== null);
  if (damaged.length > toleratedDamage(rows.length)) {
    throw new Fault(`${damaged.length} of ${rows.length} rows are damaged`, `${name}, line ${damaged[0]?.line ?? 2}`, 'export the table again');
  }
  if (whole.length === 0) throw new Fault('the table has no epochs', name, 'choose a table with one row for each 30 s epoch');
  if (form.codes === TEXT_LABELS) refuseBareDigits(whole.map(({ label }) => label), column, name);
  return { epochs: epochsOfSpans(spansOf(rows, form, name), name), column };
};
