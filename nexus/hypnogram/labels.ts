import { Fault } from '../../core/fault.ts';
import type { Stage } from '../../core/signal/stages.ts';

/** Stage codes of one family of files; what is absent is unknown, null is a code for "not scored". */
export type CodeSet = ReadonlyMap<string, Stage | null>;

const codes = (entries: Readonly<Record<string, Stage | null>>): CodeSet => new Map(Object.entries(entries));

/** EDF+ standard texts (AASM and R&K); "Sleep stage" is cut off. R&K 3 and 4 are both N3. */
export const EDF_LABELS = codes({ W: 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'N3', R: 'R', N1: 'N1', N2: 'N2', N3: 'N3', N: null, '?': null });

/** A signal named Hypnogram in EDF, by Kemp's convention (edfplus.info): 6 movement, 9 unscored. */
export const EDF_SIGNAL_CODES = codes({ '0': 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'N3', '5': 'R', '6': null, '9': null });

/** Text labels in tables: AASM or R&K. Digits alone are never taken for these. */
export const TEXT_LABELS = codes({
  W: 'W', WAKE: 'W', N1: 'N1', N2: 'N2', N3: 'N3', R: 'R', REM: 'R', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'N3',
  '?': null, M: null, UNSCORED: null, UNSCORABLE: null,
});

/** Dreem Open Datasets. */
export const DREEM_CODES = codes({ '-1': null, '0': 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'R' });

/** Bitbrain Open Access Sleep (columns stage_hum, stage_ai): 8 disconnected, -2 artefact. */
export const BOAS_CODES = codes({ '-2': null, '8': null, '0': 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'R' });

/** EESM17 and Surrey cEEGrid (column staging): 6 to 9 are movement, artefact and unscored. */
export const CEEGRID_CODES = codes({ '1': 'W', '2': 'R', '3': 'N1', '4': 'N2', '5': 'N3', '6': null, '7': null, '8': null, '9': null });

/** Apple Watch sleep (column psg_stage): R&K 4 is N3, REM is 5. */
export const WALCH_CODES = codes({ '-1': null, '0': 'W', '1': 'N1', '2': 'N2', '3': 'N3', '4': 'N3', '5': 'R' });

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);

/** The stage of a code; throws a Fault that names the code and the place where it is unknown. */
export const stageOf = (set: CodeSet, code: string, place: string): Stage | null => {
  const stage = set.get(code);
  if (stage === undefined) {
    throw new Fault(`the sleep stage ${quoted(code)} is unknown`, place, `this form of file knows ${[...set.keys()].join(' ')}`);
  }
  return stage;
};

/** Longer than any label there is. */
const LONGEST_LABEL = 80;

/** A label such as "2 (uncertain)" or "2 or 3 (unscorable)": uncertain counts, unscorable does not. */
export const plainLabel = (label: string): string => {
  if (label.length > LONGEST_LABEL) return label;
  const text = label.trim().toUpperCase();
  if (text.includes('UNSCORABLE')) return 'UNSCORABLE';
  return text.replace(/\s*\(UNCERTAIN\)$/, '');
};
